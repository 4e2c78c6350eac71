import base64
import hashlib
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from html.parser import HTMLParser
from pathlib import Path

import pytest

from casefile.case import Case
from casefile.errors import EvidenceError
from casefile.settings import Handling
from desk.report.write import write_report
from tests.desk.report.sample import PLEA, SETTINGS, VICTIM, VICTIM_PHONE, empty_case, hostile_case, sample_case


class Page(HTMLParser):
    """The tags of a page with their attributes, and the text of its scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inside: list[tuple[str, str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if (
            self.tags
            and self.tags[-1][0] in ("script", "style")
            and self.tags[-1][1].get("type") is None
            and data.strip()
        ):
            self.inside.append((self.tags[-1][0], data))


def written(case: Case, folder: Path) -> str:
    return write_report(case, folder / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("make", [sample_case, hostile_case])
def test_nothing_in_the_page_points_outside_it(
    make: Callable[[Path], AbstractContextManager[Case]], tmp_path: Path
) -> None:
    with make(tmp_path) as case:
        page = Page(written(case, tmp_path))
    for tag, attributes in page.tags:
        assert tag not in ("img", "iframe", "object", "embed", "link", "base", "form", "video", "audio")
        assert not attributes.keys() & {"src", "srcset", "action", "formaction", "xlink:href", "data", "style"}
        assert (attributes.get("href") or "#").startswith("#")
        assert not any(name.startswith("on") for name in attributes)


def test_only_the_scripts_and_the_style_of_the_report_may_run(case: Case, tmp_path: Path) -> None:
    page = Page(written(case, tmp_path))
    policy = next(a["content"] for tag, a in page.tags if a.get("http-equiv") == "Content-Security-Policy") or ""
    assert policy.startswith("default-src 'none'") and "unsafe" not in policy
    hashes = {
        name: re.findall(r"'sha256-([^']+)'", part)
        for name, _, part in (p.strip().partition(" ") for p in policy.split(";"))
    }
    for tag, text in page.inside:
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert digest in hashes[f"{tag}-src"]


def test_the_marking_stands_on_top_at_the_bottom_and_on_every_printed_page(case: Case, tmp_path: Path) -> None:
    page = written(case, tmp_path)
    body = page[page.index("<body>") :]
    assert 0 < body.index("TLP:AMBER+STRICT") < body.index("<h1>") and body.rindex("TLP:AMBER+STRICT") > body.index(
        "<footer>"
    )
    assert (
        '@top-center { content: "TLP:AMBER+STRICT"' in page and '@bottom-center { content: "TLP:AMBER+STRICT"' in page
    )


@pytest.mark.parametrize("handling", Handling)
def test_every_handling_has_its_marking(handling: Handling, tmp_path: Path) -> None:
    with empty_case(tmp_path, SETTINGS.model_copy(update={"handling": handling})) as case:
        assert f"TLP:{handling.value.upper()}" in written(case, tmp_path)


def test_those_who_ask_for_help_are_not_in_the_file_at_all(case: Case, tmp_path: Path) -> None:
    page = written(case, tmp_path)
    for hidden in (VICTIM[1], VICTIM_PHONE[1], VICTIM_PHONE[2], "ibu_sekar", "Sekar", "warga_peduli", "0800-000-555"):
        assert hidden in PLEA + "warga_peduli0800-000-555+6281300009999ibu_sekar" and hidden not in page
    assert "text withheld" in page and "This is a plea for help" in page


def test_hostile_words_stay_words(tmp_path: Path) -> None:
    with hostile_case(tmp_path) as case:
        page = written(case, tmp_path)
    assert "alert(1)" in page
    for act in ("<img", "<script>alert", "</title><script", "onerror=alert(1)>", "\u202e", "\x1b", "\x00"):
        assert act not in page
    tags = {tag for tag, _ in Page(page).tags}
    assert "img" not in tags and "marquee" not in tags


def test_the_old_report_stays_when_the_new_one_cannot_be_written(tmp_path: Path) -> None:
    with empty_case(tmp_path) as case:
        (tmp_path / "report.html").mkdir()
        with pytest.raises(EvidenceError):
            write_report(case, tmp_path / "report.html")
    assert not list(tmp_path.glob(".report.html.*"))


def test_writing_is_noted_in_the_journal_with_the_hash_of_the_file(case: Case, tmp_path: Path) -> None:
    path = write_report(case, tmp_path / "report.html")
    last = list(case.journal.entries())[-1]
    assert last["action"] == "report"
    assert last["details"]["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_same_case_gives_the_same_report_but_for_the_time(case: Case, tmp_path: Path) -> None:
    moment = re.compile(r"\d+ \w{3} \d{4}, \d\d:\d\d UTC")
    first, second = (moment.sub("", written(case, tmp_path)) for _ in range(2))
    assert first == second
