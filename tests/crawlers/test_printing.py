import io
from pathlib import Path

import pytest
from pypdf import PdfReader

from casefile.errors import MissingProgram
from crawlers.browser import find_browser
from crawlers.printing import print_pdf


def has_browser() -> bool:
    try:
        return bool(find_browser())
    except MissingProgram:
        return False


needs_browser = pytest.mark.skipif(not has_browser(), reason="no Chromium on this machine")
_PAGE = (
    '<!doctype html><html lang="id"><head><title>Judul contoh</title><style>@page {{ size: A4 }}</style></head>'
    '<body><h1>Satu</h1><p id="said">as it was written</p><img src="{there}" alt="">'
    '<script>document.getElementById("said").textContent = "changed by a script"</script></body></html>'
)
PAGE = _PAGE.format(there="https://nowhere.example/picture.svg")


@needs_browser
def test_a_printed_page_is_tagged_titled_and_tells_its_language() -> None:
    reader = PdfReader(io.BytesIO(print_pdf(PAGE)))
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "id"
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.outline


@needs_browser
def test_a_printed_page_tells_nothing_of_the_machine_and_is_the_same_again() -> None:
    printed = print_pdf(PAGE)
    assert dict(PdfReader(io.BytesIO(printed)).metadata or {}) == {"/Title": "Judul contoh"}
    assert printed == print_pdf(PAGE)


@needs_browser
def test_nothing_runs_and_nothing_is_fetched_in_a_page_that_is_printed(tmp_path: Path) -> None:
    secret = tmp_path / "picture.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg"><text y="20">hidden</text></svg>', encoding="utf-8")
    [page] = PdfReader(io.BytesIO(print_pdf(_PAGE.format(there=secret.as_uri())))).pages
    assert "as it was written" in page.extract_text()
    assert "hidden" not in page.extract_text()


def test_a_browser_that_is_no_browser_is_told_with_a_way_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "chromium"
    broken.write_text("#!/bin/sh\nexit 3\n", encoding="utf-8")
    broken.chmod(0o755)
    monkeypatch.setenv("JEJAK_CHROMIUM", str(broken))
    with pytest.raises(MissingProgram) as refused:
        print_pdf(PAGE)
    assert "--form html" in refused.value.remedy
