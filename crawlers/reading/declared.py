"""What a page declares about itself: schema.org JobPosting (JSON-LD, microdata), Open Graph, links to more."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from parsel import Selector

from crawlers.reading.addresses import permalink, web_address
from crawlers.reading.engines.fields import sequence, words_of
from crawlers.reading.found import Found
from crawlers.reading.page import Page
from crawlers.reading.visible import clean, visible_text

_MOST_NODES = 50_000
_MOST_ITEMS = 500
_DEEPEST_ITEM = 8
_JOB = "JobPosting"
# Sections of an advert that schema.org knows beside its description.
_SECTIONS = (
    *("responsibilities", "qualifications", "skills", "experienceRequirements", "educationRequirements"),
    *("jobBenefits", "incentiveCompensation", "benefits", "incentives"),
)


def declared_jobs(page: Page) -> list[Found]:
    """The job adverts that a page declares, by JSON-LD, else by microdata."""
    items = [item for item in json_ld(page) if _JOB in types_of(item)]
    if not items and "itemtype" in page.html:
        items = [item for item in _microdata(page) if _JOB in types_of(item)]
    jobs = [_job(item, page) for item in items]
    if len(jobs) == 1 and jobs[0].url is None:
        return [replace(jobs[0], url=permalink(page.url))]
    return jobs


def declared_links(page: Page) -> list[str]:
    """The pages that a listing declares (schema.org ItemList)."""
    urls: list[str] = []
    for item in json_ld(page):
        if "ItemList" in types_of(item):
            for element in sequence(item.get("itemListElement")):
                inner = element.get("item", element) if isinstance(element, dict) else element
                urls.append(str(inner.get("url") or inner.get("@id") or "") if isinstance(inner, dict) else str(inner))
    return list(dict.fromkeys(address for url in urls if (address := web_address(page.url, url))))


def open_graph(page: Page) -> Found:
    """What a page tells those who share it: title, description, address, author, time."""
    address = web_address(page.url, _meta(page, "og:url"))
    return Found(
        text=clean(_meta(page, "og:description") or ""),
        title=_meta(page, "og:title"),
        url=permalink(address) if address else None,
        author=_meta(page, "article:author") or _meta(page, "author"),
        published_words=_meta(page, "article:published_time") or _meta(page, "og:published_time"),
    )


def next_page(page: Page) -> str | None:
    """The page after this one, where it says so by rel=next."""
    links = page.root.xpath('(//link[@rel="next"]|//a[contains(concat(" ",@rel," ")," next ")])/@href').getall()
    return next((address for link in links if (address := web_address(page.url, link))), None)


def _meta(page: Page, name: str) -> str | None:
    found = page.root.xpath("//meta[@property=$name or @name=$name]/@content", name=name).get()
    return clean(found or "") or None


def json_ld(page: Page) -> Iterator[Mapping[str, Any]]:
    """Every JSON-LD object of a page, nested ones too; what is no JSON tells nothing."""
    for script in page.root.xpath('//script[@type="application/ld+json"]/text()').getall():
        stack: list[Any] = [_json(script)]
        seen = 0
        while stack and seen < _MOST_NODES:
            node = stack.pop()
            seen += 1
            if isinstance(node, dict):
                yield node
                stack.extend(reversed(list(node.values())))
            elif isinstance(node, list):
                stack.extend(reversed(node))


def _json(text: str) -> Any:
    bare = (
        text.strip().removeprefix("<!--").removesuffix("-->").strip().removeprefix("//<![CDATA[").removesuffix("//]]>")
    )
    try:
        return json.loads(bare.strip().rstrip(";"), strict=False)
    except (ValueError, RecursionError):
        return None


def _microdata(page: Page) -> Iterator[Mapping[str, Any]]:
    from extruct.w3cmicrodata import MicrodataExtractor

    # Things inside things cost extruct time without end; no honest page holds so many, or so deep.
    many = float(page.root.xpath("count(//*[@itemscope])").get() or 0) > _MOST_ITEMS
    if many or page.root.xpath(f"//*[@itemscope][count(ancestor::*[@itemscope]) > {_DEEPEST_ITEM}]"):
        return
    try:
        items = MicrodataExtractor(add_html_node=True).extract_items(page.root.root, base_url=page.url)
    except (ValueError, RecursionError, TypeError):
        return
    stack = list(items)
    while stack:
        item = stack.pop(0)
        if not isinstance(item, dict):
            continue
        node = item.get("htmlNode")
        flat = {"@type": str(item.get("type", "")).rsplit("/", 1)[-1], **_plain(item.get("properties", {}))}
        if node is not None and (described := _described(node, flat)):
            flat["description"] = described
        yield flat
        stack.extend(v for v in item.get("properties", {}).values() if isinstance(v, dict))


def _described(node: Any, told: Mapping[str, Any]) -> str:
    """The visible words of an advert, with their lines; one that marks its sections singly is meant as a whole."""
    advert = Selector(root=node, type="html")
    if node.tag not in ("html", "body") and sum(section in told for section in _SECTIONS) > 1:
        return visible_text(advert, "nav, header nav, footer, form, button", contacts=True)
    parts = advert.css(", ".join(f'[itemprop~="{name}"]' for name in ("description", *_SECTIONS)))
    return "\n".join(visible_text(part, contacts=True) for part in parts)


def _plain(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: (
            {"@type": "", **_plain(value["properties"])} if isinstance(value, dict) and "properties" in value else value
        )
        for key, value in properties.items()
    }


def _job(item: Mapping[str, Any], page: Page) -> Found:
    organization = _first(item.get("hiringOrganization"))
    author = _name(organization)
    address = web_address(page.url, words_of(item.get("url")))
    facts = [author, *map(_place, sequence(item.get("jobLocation"))), _pay(_first(item.get("baseSalary")))]
    description = _html_text(words_of(item.get("description")) or "")
    # What the page declares beside the description is part of what it offers: where, for whom, for how much.
    missing = [fact for fact in dict.fromkeys(facts) if fact and fact.casefold() not in description.casefold()]
    site = organization.get("sameAs") or organization.get("url") if isinstance(organization, dict) else None
    return Found(
        text="\n".join([description, *missing]).strip(),
        url=permalink(address) if address else None,
        title=_html_text(words_of(item.get("title")) or "") or None,
        author=author,
        author_url=web_address(page.url, words_of(_first(site))),
        published_words=words_of(_first(item.get("datePosted"))),
    )


def _html_text(markup: str) -> str:
    """The visible text of markup inside JSON, which some sites escape twice."""
    if "<" not in markup and "&" not in markup:
        return clean(markup)
    if "<" not in markup and "&lt;" in markup:
        markup = Selector(text=f"<p>{markup}</p>").xpath("string(.)").get() or ""
    if "<" not in markup:  # plain words with entities: their line feeds mean something
        return clean(Selector(text=f"<pre>{markup}</pre>").xpath("string(.)").get() or "")
    return visible_text(Selector(text=f"<div>{markup}</div>"), contacts=True)


def _place(place: Any) -> str | None:
    if not isinstance(place, dict):
        return words_of(place)
    address = place.get("address", place)
    if not isinstance(address, dict):
        return words_of(address)
    parts = ("streetAddress", "addressLocality", "addressRegion", "addressCountry")
    words = [_name(_first(address.get(part))) for part in parts]
    return ", ".join(dict.fromkeys(word for word in words if word)) or _name(place)


def _pay(pay: Any) -> str | None:
    if not isinstance(pay, dict):
        return words_of(pay)
    value = _first(pay.get("value"))
    amounts = value if isinstance(value, dict) else {"value": value}
    numbers = [words_of(amounts.get(key)) for key in ("value", "minValue", "maxValue")]
    span = " - ".join(number for number in numbers if number)
    unit = words_of(amounts.get("unitText") or pay.get("unitText"))
    currency = words_of(pay.get("currency") or amounts.get("currency"))
    return (
        " ".join(word for word in (currency, span, f"per {unit.lower()}" if unit else None) if word) if span else None
    )


def types_of(item: Mapping[str, Any]) -> list[str]:
    """The types of a JSON-LD object by their bare names: `schema:Question` and `https://schema.org/Question` are one."""
    return [str(kind).rsplit("/", 1)[-1].rsplit(":", 1)[-1] for kind in sequence(item.get("@type"))]


def _name(thing: Any) -> str | None:
    return words_of(_first(thing.get("name"))) if isinstance(thing, dict) else words_of(thing)


def _first(value: Any) -> Any:
    return value[0] if isinstance(value, list) and value else None if isinstance(value, list) else value
