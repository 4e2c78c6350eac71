"""A document for people, as HTML or PDF: written once, never over another, for its owner's eyes only."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from casefile.atomic import replacing
from casefile.chain import storage_error
from casefile.errors import ExportRefused


class Form(StrEnum):
    """What a document is written as."""

    PDF = "pdf"
    HTML = "html"


def refuse_existing(path: Path) -> None:
    """Raises ExportRefused where something stands already."""
    if path.exists():
        raise ExportRefused(f"{path}: is there already", "Give another name; nothing is written over.")


def made(page: str, form: Form) -> bytes:
    """A page of HTML in the form that was asked for; raises MissingProgram where no browser can print it."""
    if form is Form.HTML:
        return page.encode("utf-8")
    from crawlers.printing import print_pdf  # the browser's driver is loaded only to print

    return print_pdf(page)


def put(path: Path, content: bytes) -> None:
    """Write a new file, of mode 600 from its first byte on; raises ExportRefused where something stands already."""
    refuse_existing(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise storage_error(error, path) from error
    with replacing(path) as file:
        file.write(content)
