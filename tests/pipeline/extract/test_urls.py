"""Web addresses are found and refanged; ends of sentences are none."""

from __future__ import annotations

import pytest

from pipeline.extract.urls import urls
from tests.pipeline.extract.reading import read, values


@pytest.mark.parametrize(
    ("text", "surface", "url"),
    [
        ("see https://Demo.Example/A?b=1.", "https://Demo.Example/A?b=1", "https://demo.example/A?b=1"),
        ("(www.demo.com/a_(b))", "www.demo.com/a_(b)", "https://www.demo.com/a_(b)"),
        ("https://demo.com/", "https://demo.com/", "https://demo.com"),
        ("hxxp://demo[.]com/a", "hxxp://demo[.]com/a", "http://demo.com/a"),
        ("hxxps[:]//demo[.]com", "hxxps[:]//demo[.]com", "https://demo.com"),
        ("demo(dot)com/job", "demo(dot)com/job", "https://demo.com/job"),
        ("平台demojobs.com旗下", "demojobs.com", "https://demojobs.com"),
        ("งาน bit.ly/3Demo9 ค่ะ", "bit.ly/3Demo9", "https://bit.ly/3Demo9"),
        ("WWW.DEMO99.COM", "WWW.DEMO99.COM", "https://www.demo99.com"),
        ("https//wa.me//6281200001101", "https//wa.me//6281200001101", "https://wa.me//6281200001101"),
        ("bit . ly / demo12", "bit . ly / demo12", "https://bit.ly/demo12"),
        ("zalo chấm me/0900003301", "zalo chấm me/0900003301", "https://zalo.me/0900003301"),
        ("t。me/hr_demo", "t。me/hr_demo", "https://t.me/hr_demo"),
        ("visit demo . com", "demo . com", "https://demo.com"),
        ("demo.co.id", "demo.co.id", "https://demo.co.id"),
        ("visit demo.com.Call now", "demo.com", "https://demo.com"),
        ("https://demo.com/xงาน", "https://demo.com/x", "https://demo.com/x"),
        ("https://例え.jp/x", "https://例え.jp/x", "https://例え.jp/x"),
        ("[here](https://demo.com/x)", "https://demo.com/x", "https://demo.com/x"),
    ],
)
def test_an_address_is_found_and_refanged(text: str, surface: str, url: str) -> None:
    (mention,) = read(urls, text)
    assert (mention.surface, mention.value) == (surface, url)


@pytest.mark.parametrize(
    "text",
    [
        "kerja.Di sini",
        "the end.So it goes",
        "ASP.NET developer, Node.js",
        "Rp.5.000.000/bulan",
        "hr@demo.com",
        "version 1.2.3",
        "No.12 St.5",
        "IG: loker.demo.id",
        "team.in",
    ],
)
def test_what_is_no_address_is_left_alone(text: str) -> None:
    assert values(urls, text) == []


def test_two_links_run_together_are_two() -> None:
    assert values(urls, "https://demo.com/ahttps://demo.net/b") == ["https://demo.com/a", "https://demo.net/b"]
