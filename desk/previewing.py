"""Showing what an import would make of files, before anything is kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casefile.case import Case
from casefile.records import Precision
from crawlers.importing.model import ImportKind
from desk import terminal

if TYPE_CHECKING:
    from crawlers.importing.preview import Preview

_WORDS = 100


def preview_files(
    folder: Path,
    files: Sequence[Path],
    kind: ImportKind | None,
    columns: Sequence[str],
    told: dict[str, Any],
    *,
    as_json: bool,
) -> bool:
    """Show what an import into the case in `folder` would make of files; whether a post was found in any.

    `told` is what was said of the files: source, timezone, region, lang and date_order.
    """
    from crawlers.importing.options import columns_told, make_options
    from crawlers.importing.preview import preview

    with Case.open(folder) as case:
        region = told["region"] or case.settings.region
    said: dict[str, Any] = {**told, "region": region, "columns": columns_told(columns)}
    return show((shown for file in files for shown in preview(file, make_options(file, **said), kind)), as_json=as_json)


def show(previews: Iterable[Preview], *, as_json: bool) -> bool:
    """Show previews one after the other; whether a post was found in any."""
    found = False
    for preview in previews:
        found = found or bool(preview.posts)
        terminal.say_json({"preview": asdict(preview)}) if as_json else _show(preview)
    if not as_json:
        terminal.say()
        terminal.say("Nothing was kept. Run the command again without --preview to import.", "bold")
        terminal.say("If a column is taken for something else than it is, say so: --column text=HEADING", "dim")
    return found


def _show(preview: Preview) -> None:
    kind = f"{preview.kind.value} ({preview.sure:.0%} sure)" if preview.kind else "not known"
    terminal.say()
    terminal.say(f"{preview.path.name}: {kind}", "bold")
    if preview.columns:
        rows = [(guess.name, guess.field or "not used", guess.example[:_WORDS]) for guess in preview.columns]
        terminal.table(("column", "read as", "for example"), rows)
    if preview.posts:
        terminal.table(("published", "author", "first words"), map(_row, preview.posts))
    for note in preview.notes:
        terminal.say(note, "dim")
    if preview.trouble:
        terminal.note(preview.trouble, "red")
        terminal.note(f"→ {preview.remedy}", "")


def _row(post: Any) -> tuple[str, str, str]:
    exact = post.published_precision in (Precision.SECOND, Precision.MINUTE)
    moment = f"{post.published:%Y-%m-%d %H:%M}" if exact else f"{post.published:%Y-%m-%d}" if post.published else ""
    return (
        moment or f"? ({post.published_words or 'not told'})",
        post.author or "",
        " ".join(post.text.split())[:_WORDS],
    )
