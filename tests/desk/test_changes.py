from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from desk.cli import main
from tests.crawlers import pages
from tests.crawlers.site import Site, crawl, make_case, write_source


@pytest.fixture
def edited(tmp_path: Path) -> Iterator[Path]:
    """A case in which one post was edited and one taken down."""
    case = make_case(tmp_path / "case")
    with Site() as site:
        pages.cards(site, {1: "Gaji 9 juta per bulan, berangkat besok", 2: "Operator ke Batam", 3: "Sopir ke Medan"})
        name = write_source(case, "xx_cards", f"{site.url}/cards", "board", pages.CARDS)
        crawl(case, name)
        pages.cards(site, {1: "Gaji 15 juta per bulan, berangkat besok", 3: "Sopir ke Medan"})
        crawl(case, name)
        yield case


def test_an_edit_is_shown_as_a_difference_between_captures(edited: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main_ends(["changes", str(edited)])
    out = capsys.readouterr().out
    assert "Gaji [-9-]{+15+} juta per bulan" in out
    assert "Sopir" not in out


def test_every_version_names_its_evidence(edited: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main_ends(["changes", str(edited), "1", "--json"])
    told = json.loads(capsys.readouterr().out)
    assert [version["text"] for version in told["versions"]] == [
        "Gaji 9 juta per bulan, berangkat besok",
        "Gaji 15 juta per bulan, berangkat besok",
    ]
    assert all(version["record_id"].startswith("<urn:uuid:") for version in told["versions"])
    assert [piece["text"] for piece in told["edits"][0]["text"] if piece["change"] != "same"] == ["9", "15"]


def main_ends(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code in (0, None)
