"""Words that want to act, in every field of a case, on every way that leads out of it: nothing acts."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree
from xml.parsers import expat

import openpyxl
import pytest

from casefile.case import Case
from casefile.errors import QueryError
from casefile.search.engines import engine_of
from casefile.settings import CaseSettings
from desk.cli import main
from desk.kibana.bundle import bundle
from desk.kibana.names import Names
from desk.kibana.objects import as_ndjson
from tests.desk.page.conftest import entered
from tests.threats.words import WORDS, write_posts

_OF_TERMINALS = {chr(code) for code in (*range(32), *range(0x7F, 0xA0), 0x200F, 0x202E, 0x2066, 0x061C)} - {"\n"}
_ACTING = ("javascript:", "vbscript:", "file:", "data:text", "//", "http://evil", "https://evil")
_COMMANDS = (
    ("stats",), ("sources",), ("search", "lowongan"), ("search", ""), ("actors",), ("campaigns",), ("links",), ("network",), ("routes",),
    ("key",), ("rhythm",), ("timeline",), ("changes",), ("judgements",), ("alerts",), ("audit",), ("verify",), ("schedule",),
    ("new-since", "2000-01-01"), ("digest", "--since", "2000-01-01"), ("doctor",), ("show", "POST"), ("show", "ACTOR"), ("actor", "ACTOR"),
    ("ego", "ACTOR"),
)  # fmt: skip


def _run(*words: object) -> int:
    with pytest.raises(SystemExit) as leaving:
        main([str(word) for word in words])
    return int(leaving.value.code or 0)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case of nothing but such words, read and connected."""
    folder = tmp_path_factory.mktemp("words")
    title = " ".join(word for name, word in WORDS.items() if name not in ("long", "surrogates", "nul"))[:2_000]
    Case.create(
        folder / "case", CaseSettings(title=title, purpose=title, legal_basis=title, contact=title[:200])
    ).close()
    assert _run("import", folder / "case", write_posts(folder / "posts.jsonl"), "--source", "words") == 0
    assert _run("process", folder / "case", "--workers", 1) == 0
    with Case.open(folder / "case") as case:
        assert len(list(case.store.posts())) == 2 * len(WORDS)
        assert case.store.connections().actors
    return folder / "case"


@pytest.mark.parametrize("as_json", [False, True], ids=["words", "json"])
@pytest.mark.parametrize("command", _COMMANDS, ids=" ".join)
def test_no_command_steers_the_terminal(
    hostile: Path, command: tuple[str, ...], as_json: bool, capfd: pytest.CaptureFixture[str]
) -> None:
    with Case.open(hostile) as case:
        named = {"POST": next(case.store.posts()).id, "ACTOR": case.store.connections().actors[0].id}
    words = [named.get(word, word) for word in command]
    _run(words[0], hostile, *words[1:], *(["--json"] if as_json else []))
    shown = capfd.readouterr()
    assert not _OF_TERMINALS & set(shown.out + shown.err)
    assert "Traceback" not in shown.err and "made a mistake" not in shown.err
    if as_json:
        assert all(json.loads(line) for line in shown.out.splitlines())


class _Elements(HTMLParser):
    """What a page is made of, as a browser reads it."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def _check_page(page: str) -> None:
    """No element, no handler and no address of it comes from a stranger."""
    elements = _Elements(page).found
    assert elements
    for tag, attributes in elements:
        assert tag not in ("iframe", "object", "embed", "base", "marquee", "math", "mglyph", "foreignobject")
        assert not [name for name in attributes if name.startswith("on") and name != "on"]
        for name in ("href", "src", "action", "xlink:href", "formaction"):
            address = (attributes.get(name) or "").strip().lower()
            assert not address.startswith(_ACTING)
    words = re.sub(r"(?s)<script\b.*?</script>", "", page)  # the drawing library is our own
    assert not _OF_TERMINALS - set("\t\r") & set(words)


def test_the_report_is_made_of_our_own_elements(hostile: Path, tmp_path: Path) -> None:
    assert _run("report", hostile, "--to", tmp_path / "report.html") == 0
    _check_page((tmp_path / "report.html").read_text(encoding="utf-8"))


def test_the_digest_is_made_of_our_own_elements(hostile: Path, tmp_path: Path) -> None:
    assert _run("digest", hostile, "--since", "2000-01-01", "--html", tmp_path / "digest.html") == 0
    _check_page((tmp_path / "digest.html").read_text(encoding="utf-8"))


def test_every_screen_of_the_page_is_made_of_our_own_elements(hostile: Path) -> None:
    with Case.open(hostile) as case, entered(case) as desk:
        ties = case.store.connections()
        screens = ["/", "/search?q=lowongan", "/networks", "/sources", "/review", "/path", "/routes", "/doing"]
        screens += [f"/post/{post.id}" for post in case.store.posts()]
        screens += [f"/network/{network.id}" for network in ties.networks[:20]]
        for address in screens:
            answer = desk.client.get(address)
            assert answer.status_code == 200, address
            _check_page(answer.text)
        for network in ties.networks[:20]:
            drawn = desk.client.get(f"/network/{network.id}/drawing")
            assert drawn.headers["content-type"] == "application/json"


@pytest.mark.parametrize("name", WORDS)
def test_words_typed_into_a_search_are_words(hostile: Path, name: str) -> None:
    with Case.open(hostile) as case, entered(case) as desk:
        for typed in (WORDS[name], f'"{WORDS[name]}"', f"source:{WORDS[name]}", f"-{WORDS[name]}*"):
            try:
                engine_of(case).search(typed, limit=5)
            except QueryError as refusal:
                assert refusal.remedy
            answer = desk.client.get("/search", params={"q": typed.encode("utf-8", "replace").decode()})
            assert answer.status_code in (200, 400)
            _check_page(answer.text)
        assert len(list(case.store.posts())) == 2 * len(WORDS)


def test_no_export_acts_in_the_program_that_opens_it(hostile: Path, tmp_path: Path) -> None:
    assert _run("export", hostile, "--to", tmp_path / "given") == 0
    files = [path for path in (tmp_path / "given").rglob("*") if path.is_file()]
    assert len(files) > 3
    for path in files:
        _CHECKS.get(path.suffix, _check_bytes)(path.read_bytes())
        assert path.resolve().is_relative_to(tmp_path.resolve())


def _check_csv(data: bytes) -> None:
    for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")):
        for cell in row:
            is_number = cell[1:].replace(".", "").replace("e-", "").isdecimal()
            assert is_number or not cell.lstrip(" \n").startswith(tuple("=+-@\t\r＝＋－＠")), cell


def _check_xml(data: bytes) -> None:
    parser = expat.ParserCreate()

    def refuse(*_: object) -> None:
        raise AssertionError("a document type")

    parser.StartDoctypeDeclHandler = refuse
    parser.Parse(data, True)
    tags = {str(element.tag).rpartition("}")[2].lower() for element in ElementTree.fromstring(data).iter()}
    assert not tags & {"script", "iframe", "img", "object"}


def _check_workbook(data: bytes) -> None:
    for sheet in openpyxl.load_workbook(io.BytesIO(data)):
        assert not [cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "f" or cell.hyperlink]


def _check_json(data: bytes) -> None:
    for line in data.splitlines() if data.count(b"\n{") else [data]:
        json.loads(line)


def _check_bytes(data: bytes) -> None:
    assert b"\x1b]0;" not in data


_CHECKS = {
    ".csv": _check_csv, ".graphml": _check_xml, ".gexf": _check_xml, ".kml": _check_xml, ".xlsx": _check_workbook, ".json": _check_json,
    ".jsonl": _check_json, ".geojson": _check_json,
}  # fmt: skip


def test_no_object_of_kibana_holds_what_strangers_wrote(hostile: Path) -> None:
    with Case.open(hostile) as case:
        told = as_ndjson(bundle(Names(case.folder.name)))
    assert not [name for name, word in WORDS.items() if json.dumps(word)[1:-1] in told]
