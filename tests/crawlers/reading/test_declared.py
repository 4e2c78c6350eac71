import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.reading.declared import declared_jobs, declared_links, next_page, open_graph
from crawlers.reading.page import Page, read_page

JOB = {
    "@type": "JobPosting",
    "title": "Customer service",
    "description": "<p>Typing &amp; chat.</p><p>Free ticket</p>",
    "datePosted": "2026-10-01",
    "hiringOrganization": {"@type": "Organization", "name": "PT Contoh Rekaan", "sameAs": "https://contoh.example/"},
    "jobLocation": {"address": {"addressLocality": "Poipet", "addressCountry": "KH"}},
    "baseSalary": {"currency": "USD", "value": {"minValue": 800, "maxValue": 1200, "unitText": "MONTH"}},
}


def page(markup: str) -> Page:
    return read_page(markup.encode(), "https://board.example/job/1?utm_source=a", "text/html; charset=utf-8")


def script(*things: Any) -> str:
    return "".join(f'<script type="application/ld+json">{json.dumps(thing)}</script>' for thing in things)


@pytest.mark.parametrize(
    "thing",
    [JOB, [JOB], {"@graph": [{"@type": "WebPage"}, JOB]}, {"mainEntity": {**JOB, "@type": ["X", "JobPosting"]}}],
)
def test_a_job_is_found_wherever_json_ld_holds_it(thing: Any) -> None:
    (job,) = declared_jobs(page(script(thing)))
    assert job.text == "Typing & chat.\nFree ticket\nPT Contoh Rekaan\nPoipet, KH\nUSD 800 - 1200 per month"
    assert (job.title, job.author, job.published_words) == ("Customer service", "PT Contoh Rekaan", "2026-10-01")
    assert job.url == "https://board.example/job/1"


def test_broken_json_hides_no_other_job() -> None:
    assert len(declared_jobs(page('<script type="application/ld+json">{"a":</script>' + script(JOB)))) == 1


def test_json_of_any_depth_raises_nothing() -> None:
    assert declared_jobs(page('<script type="application/ld+json">' + "[" * 100_000 + "</script>")) == []


def test_a_description_that_was_escaped_twice_is_read() -> None:
    (job,) = declared_jobs(page(script({**JOB, "description": "&lt;p&gt;Chat&lt;/p&gt;&lt;p&gt;Ticket&lt;/p&gt;"})))
    assert job.text.startswith("Chat\nTicket")


def test_microdata_is_read_where_there_is_no_json_ld() -> None:
    (job,) = declared_jobs(
        page(
            """<div itemscope itemtype="https://schema.org/JobPosting"><h1 itemprop=title>Driver</h1>
            <div itemprop=description>Drive.<br>Eat.</div>
            <span itemprop=hiringOrganization itemscope itemtype="https://schema.org/Organization">
            <b itemprop=name>Rekaan Sdn Bhd</b></span></div>"""
        )
    )
    assert (job.title, job.author) == ("Driver", "Rekaan Sdn Bhd")
    assert job.text == "Drive.\nEat.\nRekaan Sdn Bhd"


def test_a_declared_list_leads_to_its_pages() -> None:
    items = {"@type": "ItemList", "itemListElement": [{"url": "/job/1"}, {"item": {"@id": "/job/2"}}, "javascript:x"]}
    assert declared_links(page(script(items))) == ["https://board.example/job/1", "https://board.example/job/2"]


@pytest.mark.parametrize("markup", ['<link rel=next href="?p=2">', '<a rel="nofollow next" href="?p=2">more</a>'])
def test_the_next_page_is_declared_by_rel(markup: str) -> None:
    assert next_page(page(markup)) == "https://board.example/job/1?p=2"


def test_open_graph_tells_title_and_time() -> None:
    told = open_graph(
        page('<meta property="og:title" content="A"><meta property="article:published_time" content="2026-01-02">')
    )
    assert (told.title, told.published_words) == ("A", "2026-01-02")


json_values = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["@type", *JOB, "name", "value", "address", "url"]), inner, max_size=5)
    ),
    max_leaves=15,
)


@settings(deadline=None)  # the machine may be busy
@given(json_values)
def test_a_job_with_values_of_any_shape_raises_nothing(value: Any) -> None:
    things = [{**JOB, key: value} for key in JOB if key != "@type"]
    assert len(declared_jobs(page(script(*things).replace("</script>", "</script>\n")))) <= 100


def test_things_inside_things_without_end_are_left_alone() -> None:
    nested = '<div itemscope itemtype="https://schema.org/JobPosting"><b itemprop=title>x</b>' * 2_000
    assert declared_jobs(page(nested)) == []


def test_an_advert_that_marks_its_sections_singly_is_read_as_a_whole() -> None:
    (job,) = declared_jobs(
        page(
            """<nav>Home</nav><div itemscope itemtype="http://schema.org/JobPosting"><h2 itemprop="title">Cook</h2>
            <p itemprop="description">For a ship.</p><p>Duties:</p><ul itemprop="responsibilities"><li>Cooking</li></ul>
            <p>We ask:</p><ul itemprop="qualifications"><li>A passport</li></ul><p>Write to the harbour office.</p></div>"""
        )
    )
    assert job.text == "Cook\nFor a ship.\nDuties:\nCooking\nWe ask:\nA passport\nWrite to the harbour office."
