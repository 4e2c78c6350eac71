"""`forget`, `hold`, `release`, `retain` as they are used."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

from casefile.case import Case
from tests.desk.commands.conftest import Jejak


def test_without_yes_the_price_is_shown_and_nothing_is_changed(filled: Path, jejak: Jejak) -> None:
    before = (filled / "evidence" / "manifest.jsonl").read_bytes()
    answer = jejak("forget", filled, "Ibu Contoh", "--because", "letter 14")
    assert answer.code == 0, answer
    assert "To be forgotten: 1 post." in answer.out and "1 given file (posts.jsonl)" in answer.out
    assert "5 other posts were read there too" in answer.out and "Nothing was changed" in answer.out
    assert (filled / "evidence" / "manifest.jsonl").read_bytes() == before


def test_what_was_forgotten_is_in_no_answer_report_or_export(filled: Path, jejak: Jejak) -> None:
    assert jejak("report", filled).code == 0
    (filled / "exports" / "other.txt").write_text("nothing of her")
    answer = jejak("forget", filled, "p1", "--as", "post", "-b", "letter 14", "--yes", "--json")
    assert answer.code == 0, answer
    told = json.loads(answer.out)
    assert told["done"] and told["files"] == ["posts.jsonl"] and told["other_posts"] == 5
    assert (filled / "exports" / "other.txt").exists()
    assert "0 posts" in jejak("search", filled, "tebusan").out
    assert jejak("report", filled).code == 0
    assert "tebusan" not in (filled / "exports" / "report.html").read_text("utf-8")
    with Case.open(filled) as case:
        assert case.store.connections().actors  # it was connected again


def test_verify_says_what_was_forgotten_and_finds_no_damage(filled: Path, jejak: Jejak) -> None:
    assert jejak("forget", filled, "0813-0000-9909", "-b", "letter 14", "--yes").code == 0
    answer = jejak("verify", filled)
    assert answer.code == 0 and "everything is as it was kept" in answer.out
    assert "1 post" in answer.out and "(letter 14)" in answer.out
    [told] = json.loads(jejak("verify", filled, "--json").out)["forgotten"]
    assert told["because"] == "letter 14" and told["posts"] == 1
    assert "forget" in jejak("audit", filled, "--action", "forget").out


def test_copies_that_hold_a_contact_go_with_it(filled: Path, jejak: Jejak) -> None:
    with zipfile.ZipFile(filled / "exports" / "given.zip", "w") as archive:
        archive.writestr("page.txt", "from +6281300009909")
    answer = jejak("forget", filled, "+6281300009909", "-b", "letter 14", "--yes")
    assert "exports/given.zip" in answer.out and not (filled / "exports" / "given.zip").exists()


def test_a_hold_is_listed_obeyed_and_released(filled: Path, jejak: Jejak) -> None:
    assert "Nothing is on hold" in jejak("hold", filled).out
    assert jejak("hold", filled, "HR Senja", "-b", "order 12/2026").code == 0
    number = json.loads(jejak("hold", filled, "--json").out)["number"]
    refused = jejak("forget", filled, "a1", "-b", "letter 14", "--yes")
    assert refused.code == 1 and f"Hold {number}" in refused.err and "order 12/2026" in refused.err
    assert jejak("release", filled, number, "-b", "over").code == 0
    assert jejak("forget", filled, "a1", "-b", "letter 14", "--yes").code == 0


def test_nothing_young_is_removed(filled: Path, jejak: Jejak) -> None:
    assert "No post is older" in jejak("retain", filled, "--yes").out
