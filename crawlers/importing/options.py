"""What an investigator says about a file, checked; and what a file's posts are called when he says nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from casefile.errors import ImportRefused
from casefile.identity import sha256_hex
from crawlers.importing.model import DateOrder, Given, Options

_SOURCE = re.compile(r"[\w.:-]{1,60}")
# Names that programs give; the folder tells more.
_SAY_NOTHING = {"result", "_chat", "chat", "messages", "export", "index", "posts", "data", "output", "results", "file"}


def make_options(
    path: Path,
    *,
    source: str | None,
    columns: Mapping[str, str],
    timezone: str | None,
    region: str | None,
    lang: str | None,
    date_order: DateOrder | None,
) -> Options:
    """Everything that was said about a file. Raises ImportRefused for a name, zone or code that cannot be."""
    return Options(
        source=_checked_source(source) if source else source_of(path),
        source_is_told=source is not None,
        columns=dict(columns),
        zone=_zone(timezone),
        zone_is_told=timezone is not None,
        date_order=date_order,
        region=_code(region, "country"),
        lang=_code(lang, "language"),
    )


def columns_told(told: Sequence[str]) -> dict[str, str]:
    """`FIELD=HEADING` as pairs. Raises ImportRefused for what is none."""
    pairs = {}
    for column in told:
        field, sign, heading = column.partition("=")
        if not sign or not field or not heading:
            raise ImportRefused(f"“{column}” is no column.", "Write FIELD=HEADING, for example --column text=Isi")
        pairs[field] = heading
    return pairs


def source_of(path: Path) -> str:
    """A short, stable name for the posts of a file: `file_` and its name (or its folder's, where that says more)."""
    path = path.absolute()
    stem = path.name if path.is_dir() else path.name.removesuffix(".gz").rpartition(".")[0] or path.name
    if stem.casefold() in _SAY_NOTHING and path.parent.name:
        stem = f"{path.parent.name}_{stem}"
    return f"file_{slug(stem)}"


def source_of_part(options: Options, given: Given) -> Options:
    """Options for one of several tables: the ids in them count for each file alone, unless a common source was told."""
    if options.source_is_told:
        return options
    return replace(options, source=f"{options.source}_{slug(given.stem)}")


def slug(name: str) -> str:
    """Letters and digits of any script, in lower case, joined by `_`; up to 40 of them."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    letters = "".join(c if c.isalnum() or unicodedata.category(c).startswith("M") else "_" for c in folded)
    short = re.sub(r"_+", "_", letters).strip("_")
    if 0 < len(short) <= 40:
        return short
    digest = sha256_hex(name.encode("utf-8", "surrogateescape"))[:8]
    return f"{short[:31]}_{digest}" if short else digest


def _checked_source(source: str) -> str:
    if not _SOURCE.fullmatch(source):
        raise ImportRefused(
            f"{source[:80]!r} cannot be the name of a source", "Use up to 60 letters, digits, '_', '-', '.' or ':'."
        )
    return source


def _zone(name: str | None) -> tzinfo:
    try:
        return ZoneInfo(name) if name else UTC
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ImportRefused(
            f"there is no time zone {name!r}", "Name it like Asia/Jakarta, Asia/Phnom_Penh or UTC."
        ) from error


def _code(word: str | None, what: str) -> str | None:
    if word and not re.fullmatch(r"[A-Za-z]{2,3}", word):
        raise ImportRefused(f"{word!r} is no code of a {what}", "Use the two letters of ISO, for example id.")
    return word.lower() if word else None
