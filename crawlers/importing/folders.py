"""Which files of a folder hold posts, and which are only parts of a page or another copy of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from crawlers.importing.readers import holds_no_posts
from crawlers.importing.words import words

_PAGES = (".html", ".htm", ".xhtml", ".mhtml", ".mht")
# ArchiveBox keeps a page in many forms side by side; the first of these that is there tells most.
_FORMS_OF_ARCHIVEBOX = ("warc/*.warc.gz", "warc/*.warc", "singlefile.html", "dom.html", "output.html")


def files_to_read(folder: Path) -> tuple[list[Path], Mapping[str, int]]:
    """The files in a folder that may hold posts, in order, and how many were passed over, by why."""
    passed: Counter[str] = Counter()
    files: list[Path] = []
    inside = _inside_pages(folder)
    snapshots = {snapshot: _forms(snapshot) for snapshot in _snapshots(folder)}
    collections = {snapshot.parent.parent for snapshot in snapshots}
    for file in _files(folder):
        snapshot = next((parent for parent in file.parents if parent in snapshots), None)
        is_other_form = snapshot is not None and file not in snapshots[snapshot]
        if is_other_form or (file.parent in collections and file.name.startswith(("index.", "ArchiveBox."))):
            passed["other forms of pages that ArchiveBox kept"] += 1
        elif any(parent in inside for parent in file.parents):
            passed["parts of saved pages"] += 1
        elif holds_no_posts(file.name):
            passed[file.suffix.lower() or "files without ending"] += 1
        else:
            files.append(file)
    return files, passed


def _files(folder: Path) -> Iterator[Path]:
    for file in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
        if not hidden and not file.is_symlink() and file.is_file():
            yield file


def _inside_pages(folder: Path) -> set[Path]:
    """The folders that a browser put beside a page that it saved (`Page.html` and `Page_files/`)."""
    found: set[Path] = set()
    for page in folder.rglob("*"):
        if page.suffix.lower() in _PAGES and page.is_file():
            beside = (page.with_name(page.stem + ending) for ending in _endings())
            found.update(path for path in beside if path.is_dir())
    return found


def _endings() -> Iterable[str]:
    for ending in words().page_folders:
        yield from {ending, ending.title(), ending[0] + ending[1:].capitalize()}


def _snapshots(folder: Path) -> list[Path]:
    """The folders in which ArchiveBox keeps one page each: `archive/<time>/`, with an index of what it holds."""
    indexes = folder.rglob("index.json")
    return [index.parent for index in indexes if index.parent.name.replace(".", "").isdigit()]


def _forms(snapshot: Path) -> set[Path]:
    """The files that hold the page in the form that tells most."""
    for form in _FORMS_OF_ARCHIVEBOX:
        if found := {path for path in snapshot.glob(form) if path.is_file()}:
            return found
    pages = {path for path in snapshot.rglob("*.html") if path.name != "index.html" and path.parent != snapshot}
    return pages or {snapshot / "index.html"}
