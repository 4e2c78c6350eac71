from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.settings_files import read_source_file
from crawlers.probing.draft import Guesses, country_of_address, draft_source, family_of, source_name
from crawlers.probing.probed import Probed


def probed(**more: object) -> Probed:
    return Probed(**{"type": "forum", "engine": "phpBB", "sure": 1.0, "url": "https://forum.example/f", **more})  # type: ignore[arg-type]


GUESSES = Guesses(country="id", country_because="by its language (id)", languages=("id", "en"))


@pytest.mark.parametrize(
    ("url", "country", "name"),
    [
        ("https://www.contoh-kerja.co.id/lowongan?p=2", "id", "id_contoh_kerja_lowongan_p_2"),
        ("https://m.diendan.vn/", "vn", "vn_diendan"),
        ("https://t.me/s/kerja_demo", "xx", "xx_t_s_kerja_demo"),
        ("http://127.0.0.1:80/a", "xx", "xx_127_0_0_1_a"),
        ("https://กระทู้.example/งาน", "th", "th_site"),
    ],
)
def test_a_source_is_named_after_its_country_and_site(url: str, country: str, name: str) -> None:
    assert source_name(url, country) == name


def test_endings_that_are_sold_to_everybody_tell_no_country() -> None:
    addresses = ["https://a.co.th/x", "https://t.me/s/a", "https://b.io", "https://c.example", "http://127.0.0.1/"]
    assert [country_of_address(address) for address in addresses] == ["th", None, None, None, None]


@pytest.mark.parametrize(
    ("kind", "more", "family"),
    [
        ("forum", {}, "forum"),
        ("listing", {}, "board"),
        ("listing", {"threads": ("https://forum.example/t/1",)}, "forum"),
        ("article", {}, "board"),
        ("feed", {}, "feed"),
        ("telegram", {}, "telegram"),
        ("whatsapp", {}, None),
        ("forum", {"wall": "it asks for a login"}, None),
        ("forum", {"url": None}, None),
    ],
)
def test_what_a_page_is_tells_how_it_is_crawled(kind: str, more: dict[str, object], family: str | None) -> None:
    assert family_of(probed(type=kind, **more)) == family


@given(title=st.text(max_size=100), robots=st.text(max_size=100))
def test_whatever_a_page_is_called_its_source_can_be_read_back(
    title: str, robots: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path: Path = tmp_path_factory.mktemp("source") / "id_forum.yml"
    path.write_text(draft_source(probed(title=title, robots=robots), GUESSES), encoding="utf-8")
    source = read_source_file(path)
    assert (source.family, source.country, source.languages) == ("forum", "id", ("id", "en"))
    assert source.url == "https://forum.example/f"


def test_a_page_that_needs_javascript_becomes_a_source_that_is_drawn_by_a_browser(tmp_path: Path) -> None:
    path = tmp_path / "id_forum.yml"
    path.write_text(draft_source(probed(javascript=True), GUESSES), encoding="utf-8")
    source = read_source_file(path)
    assert (source.family, source.reads) == ("rendered", "forum")
