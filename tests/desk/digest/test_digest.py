"""The digest tells what is new, and names nobody who asks for help or warns."""

from __future__ import annotations

import html
import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from casefile.case import Case
from casefile.records import PostKind
from desk.cli import main
from desk.digest.daily import tell_digest
from desk.report.shield import told_kind
from tests.desk.servers import web_server

SINCE = "2000-01-01"
_CARED_FOR = {PostKind.PLEA, PostKind.WARNING}


def said(capsys: pytest.CaptureFixture[str], *words: object) -> str:
    with pytest.raises(SystemExit) as leaving:
        main(["digest", *map(str, words)])
    assert leaving.value.code == 0
    return capsys.readouterr().out


def names_and_texts(folder: Path) -> tuple[set[str], set[str]]:
    """Who wrote pleas and warnings, and contacts that stand in no other posts; and what they wrote."""
    with Case.open(folder) as case:
        reads = list(case.store.read_posts([post.id for post in case.store.posts()]))
    cared = [read for read in reads if told_kind(read) in _CARED_FOR]
    others = [read for read in reads if told_kind(read) not in _CARED_FOR]
    assert cared
    elsewhere = {mention.value for read in others for mention in read.reading.mentions}
    contacts = {m.value for read in cared for m in read.reading.mentions if any(c.isdigit() for c in m.value)}
    alone = {contact for contact in contacts - elsewhere if len(contact) > 6}
    authors = {read.post.author for read in cared if read.post.author} - {read.post.author for read in others}
    return {name for name in alone | authors if name}, {read.post.text for read in cared}


@pytest.mark.parametrize("form", ["words", "json", "page"])
def test_no_form_of_it_names_who_asks_for_help_or_warns(
    demo_case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    page = tmp_path / "digest.html"
    more: dict[str, list[object]] = {"words": [], "json": ["--json"], "page": ["--html", page]}
    told = said(capsys, demo_case, "--since", SINCE, *more[form])
    told = page.read_text(encoding="utf-8") if form == "page" else told
    names, texts = names_and_texts(demo_case)
    assert names
    assert [name for name in names if name in told] == []
    assert [text for text in texts if text[:60] in told] == []


def test_it_counts_what_is_new(demo_case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = json.loads(said(capsys, demo_case, "--since", SINCE, "--json"))
    with Case.open(demo_case) as case:
        assert told["new_posts"] == sum(1 for _ in case.store.posts())
        assert told["networks"] and len(told["networks"]) <= len(case.store.connections().networks)
    assert told["kinds"]["plea"] > 0


def test_nothing_is_new_in_days_to_come(demo_case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert json.loads(said(capsys, demo_case, "--since", "2100-01-01", "--json"))["new_posts"] == 0


def test_a_page_says_how_many_it_leaves_out(
    demo_case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    offers = json.loads(said(capsys, demo_case, "--since", SINCE, "--json"))["offers"]
    said(capsys, demo_case, "--since", SINCE, "--html", tmp_path / "digest.html")
    page = (tmp_path / "digest.html").read_text(encoding="utf-8")
    cut = [(one[key], most) for one in offers for key, most in (("places", 3), ("contacts", 3), ("signs", 5))]
    left_out = [len(names) - most for names, most in cut if len(names) > most]
    assert left_out
    for count in set(left_out):
        assert page.count(f" and {count} more") == left_out.count(count)


def test_a_page_lets_nothing_run_and_asks_nothing_of_the_network(demo_case: Path, tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        main(["digest", str(demo_case), "--since", SINCE, "--html", str(tmp_path / "digest.html")])
    page = html.unescape((tmp_path / "digest.html").read_text(encoding="utf-8"))
    assert "default-src 'none'" in page
    assert "<script" not in page
    assert "http" not in page.replace("http-equiv", "")


def test_what_was_told_is_kept_as_a_page_and_the_next_one_begins_there(demo_case: Path, tmp_path: Path) -> None:
    folder = tmp_path / "case"
    shutil.copytree(demo_case, folder)
    now = datetime.now(UTC)
    with Case.open(folder) as case:
        assert tell_digest(case, now)
        page = folder / "exports" / "digests" / f"{now:%Y-%m-%d}.html"
        assert "new posts" in page.read_text(encoding="utf-8")
        assert tell_digest(case, now + timedelta(minutes=1))
        assert "0 new posts" in page.read_text(encoding="utf-8")


def test_a_way_out_that_failed_is_told_all_that_it_missed(
    demo_case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, channels = tmp_path / "case", tmp_path / "alerts.yml"
    shutil.copytree(demo_case, folder)
    monkeypatch.setenv("JEJAK_ALERTS", str(channels))
    now = datetime.now(UTC)
    with web_server(500, 200, 200) as given, Case.open(folder) as case:
        channels.write_text(f"webhook: {{url: 'http://127.0.0.1:{given.port}/'}}\n", encoding="utf-8")
        assert not tell_digest(case, now)
        assert tell_digest(case, now + timedelta(minutes=1))
        assert tell_digest(case, now + timedelta(minutes=2))
        posts = sum(1 for _ in case.store.posts())
    assert [json.loads(body)["digest"]["new_posts"] for body in given.bodies] == [posts, 0]
