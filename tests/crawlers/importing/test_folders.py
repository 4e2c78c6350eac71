import json
from pathlib import Path

import pytest

from crawlers.importing.folders import files_to_read


def _make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")


def _names(folder: Path) -> list[str]:
    return [file.relative_to(folder).as_posix() for file in files_to_read(folder)[0]]


@pytest.mark.parametrize("ending", ["_files", "-Dateien", ".files", "_archivos", "_berkas"])
def test_the_parts_of_a_saved_page_are_no_pages(tmp_path: Path, ending: str) -> None:
    _make(tmp_path, "Loker.html", f"Loker{ending}/frame.html", f"Loker{ending}/a.js", "Other_files/kept.html")
    assert _names(tmp_path) == ["Loker.html", "Other_files/kept.html"]
    assert files_to_read(tmp_path)[1]["parts of saved pages"] == 2


SNAPSHOT = "archive/1783895710.123"


@pytest.mark.parametrize(
    ("forms", "read"),
    [
        (("warc/1783895710.warc.gz", "singlefile.html", "output.html"), "warc/1783895710.warc.gz"),
        (("singlefile.html", "output.html", "news.example/index.html"), "singlefile.html"),
        (("output.html", "readability/content.html"), "output.html"),
        (("news.example/berita/12.html",), "news.example/berita/12.html"),
    ],
)
def test_a_page_that_archivebox_kept_in_many_forms_is_read_once(
    tmp_path: Path, forms: tuple[str, ...], read: str
) -> None:
    _make(tmp_path, *(f"{SNAPSHOT}/{form}" for form in (*forms, "index.html", "headers.json", "mercury/article.json")))
    _make(tmp_path, "index.html", "index.sqlite3", "ArchiveBox.conf")
    (tmp_path / SNAPSHOT / "index.json").write_text(json.dumps({"url": "https://news.example/"}), encoding="utf-8")
    assert _names(tmp_path) == [f"{SNAPSHOT}/{read}"]


def test_hidden_files_and_links_are_passed_over(tmp_path: Path) -> None:
    _make(tmp_path, "a.html", ".git/b.html", "photo.jpg")
    (tmp_path / "link.html").symlink_to("/etc/passwd")
    assert _names(tmp_path) == ["a.html"]
    assert files_to_read(tmp_path)[1] == {".jpg": 1}
