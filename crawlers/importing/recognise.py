"""What a given file is, by its content first and its name second."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from casefile.errors import ImportRefused
from crawlers.importing.archives import gzipped, zip_names
from crawlers.importing.jsonl import LISTS
from crawlers.importing.lines import encoding_of
from crawlers.importing.model import Given, ImportKind, Options
from crawlers.importing.rows import columns_of
from crawlers.importing.whatsapp import is_head

_SAMPLE = 200_000
_TABLE_NAMES = (".csv", ".tsv", ".tab")
_PAGE_NAMES = (".html", ".htm", ".xhtml")
_KNOWN = (
    "JSON, JSON lines, Excel (.xlsx), CSV, Telegram (result.json, messages.html), WhatsApp (.txt or .zip)"
    ", downloads of Facebook and Instagram, saved pages (HTML, MHTML), feeds, WARC and WACZ"
)
_TELEGRAM_CHAT = re.compile(
    r'"type"\s{0,9}:\s{0,9}"(?:personal_chat|saved_messages|bot_chat|(?:private|public)_(?:group|supergroup|channel)|verify_codes|replies)"'
)
_TELEGRAM_ACCOUNT = re.compile(r'"(?:left_)?chats"\s{0,9}:\s{0,9}\{\s{0,9}"(?:about|list)"')
# Facebook's and Instagram's downloads, by names that only they use, or by the shape of their posts.
_DOWNLOAD = re.compile(
    r'"(?:sender_name|group_posts(?:_v2)?|group_comments(?:_v2)?|comments_v2|comments_(?:media|reels)_comments'
    r'|ig_(?:stories|reels_media|archived_post_media|igtv_media|profile_picture)|other_photos_v2|string_map_data)"\s{0,9}:'
)
_DOWNLOADED_POST = re.compile(r'"(?:creation_)?timestamp"\s{0,9}:\s{0,9}\d{9,10}\b')
_DOWNLOADED_PART = re.compile(
    r'"data"\s{0,9}:\s{0,9}\[\s{0,99}\{\s{0,99}"(?:post|comment|media|external_context|place)"|"uri"\s{0,9}:'
)
_JSON = re.compile(r"\{|\[\s{0,99}[\[{\]]")
_WRAPPED = re.compile(rf'"(?:{"|".join(LISTS)})"\s{{0,9}}:\s{{0,9}}\[')
_FEED = re.compile(r"<(?:rss|feed|rdf:RDF)[\s>]")
_MARKUP = re.compile(
    r"<(?:!doctype|html|head|body|div|p|table|meta|title|article|span|a|br|h1|script|style)\b", re.IGNORECASE
)
# What people send and we cannot read, by the first bytes, with the way out.
_FOREIGN = (
    (b"%PDF", "a PDF", "Copy its text into a text file or a table, one post a row."),
    (b"\xff\xd8\xff", "a picture", "Type the text that it shows into a table."),
    (b"\x89PNG", "a picture", "Type the text that it shows into a table."),
    (b"SQLite format 3", "a database", "Export the table that holds the messages as CSV."),
    (b"\xd0\xcf\x11\xe0", "an old Office file", "Save it as Excel or CSV (a table), or as plain text."),
    (b"Rar!", "a RAR archive", "Unpack it and import what is inside."),
    (b"7z\xbc\xaf", "a 7-Zip archive", "Unpack it and import what is inside."),
    (b"OggS", "a sound file", "Import the chat that it belongs to."),
)


_NOTHING_TOLD = Options(source="")


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a file is held to be, how sure that is (0 to 1), and the file to read (inside a gzip file, if it was one)."""

    kind: ImportKind
    sure: float
    given: Given


def recognise(given: Given) -> Recognised:
    """What a file is. Raises ImportRefused, saying what it seems to be and what to do, when we cannot read such files."""
    with given.open() as stream:
        head = stream.read(_SAMPLE)
    if not head:
        raise ImportRefused(f"{given.name}: the file is empty", "Get the file again.")
    if head.startswith(b"\x1f\x8b"):
        return _in_gzip(given)
    if head.startswith(b"WARC/"):
        return Recognised(ImportKind.WARC, 1.0, given)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Recognised(_zip_kind(given), 1.0, given)
    for mark, what, remedy in _FOREIGN:
        if head.startswith(mark):
            raise ImportRefused(f"{given.name}: is {what}, which cannot be imported", remedy)
    kind, sure = _text_kind(head.decode(encoding_of(head), "replace"), given.name)
    return Recognised(kind, sure, given)


def _in_gzip(given: Given) -> Recognised:
    inner = gzipped(given)
    with inner.open() as stream:
        start = stream.read(5)
    for fault in inner.faults.values() if not start else ():
        raise ImportRefused(fault.reason, fault.remedy)
    if start == b"WARC/":
        return Recognised(ImportKind.WARC, 1.0, given)  # gzip by the record, which the WARC reader itself undoes
    if start.startswith(b"\x1f\x8b"):
        raise ImportRefused(f"{given.name}: is packed more than once", "Unpack it and import what is inside.")
    return recognise(inner)


def _zip_kind(given: Given) -> ImportKind:
    names = zip_names(given)
    if any(name.startswith("xl/") for name in names):
        return ImportKind.EXCEL
    for folder, what in (
        ("word/", "a Word file"),
        ("ppt/", "a PowerPoint file"),
        ("content.xml", "an OpenDocument file"),
    ):
        if any(name.startswith(folder) for name in names):
            raise ImportRefused(f"{given.name}: is {what}", "Save it as Excel or CSV (a table), or as plain text.")
    is_wacz = any(name.startswith("archive/") and ".warc" in name for name in names)
    return ImportKind.WACZ if is_wacz else ImportKind.ZIP


def _text_kind(text: str, name: str) -> tuple[ImportKind, float]:
    start, ending = text.lstrip("\ufeff \t\r\n\0"), name.lower()
    if _JSON.match(start):
        return _json_kind(start)
    if _is_mhtml(start, ending):
        return ImportKind.MHTML, 0.95
    lines = [line for line in start.splitlines()[:200] if line.strip()]
    heads = sum(is_head(line) for line in lines)
    if heads and (heads * 20 >= len(lines) or is_head(lines[0])):
        return ImportKind.WHATSAPP, 0.95
    if ending.endswith(_TABLE_NAMES):
        return ImportKind.CSV, 0.9
    if _FEED.search(start[:4_000]):
        return ImportKind.FEED, 0.95
    if ending.endswith(_PAGE_NAMES) or (start.startswith("<") and _MARKUP.search(start[:20_000])):
        return ImportKind.HTML, 0.9
    if lines and _is_table(lines):
        return ImportKind.CSV, 0.7
    raise ImportRefused(
        f"{name}: it is not clear what this file is",
        f"Files that can be imported: {_KNOWN}. If it is one of them, name its kind.",
    )


def _json_kind(start: str) -> tuple[ImportKind, float]:
    if "jsonfeed.org/version" in start[:2_000]:
        return ImportKind.FEED, 0.95
    if (_TELEGRAM_CHAT.search(start) and '"messages"' in start) or _TELEGRAM_ACCOUNT.search(start):
        return ImportKind.TELEGRAM, 0.95
    if _DOWNLOAD.search(start) or (_DOWNLOADED_POST.search(start) and _DOWNLOADED_PART.search(start)):
        return ImportKind.FACEBOOK, 0.9
    if start.startswith("["):
        return ImportKind.JSON, 0.9
    first, _, rest = start.partition("\n")
    try:
        value = json.loads(first)
    except (ValueError, RecursionError):
        # A first line that is longer than the sample, or broken among good ones, is still JSON lines.
        is_one_object = not rest.lstrip().startswith("{") if rest else _WRAPPED.search(start[:2_000])
        return (ImportKind.JSON, 0.8) if is_one_object else (ImportKind.JSONL, 0.6)
    wraps = isinstance(value, dict) and not rest.strip() and any(isinstance(value.get(name), list) for name in LISTS)
    return (ImportKind.JSON, 0.8) if wraps else (ImportKind.JSONL, 0.9)


def _is_mhtml(start: str, name: str) -> bool:
    head = start[:4_000].lower()
    return (name.endswith((".mhtml", ".mht")) and ":" in head[:200]) or (
        "mime-version:" in head and ("multipart/related" in head or "snapshot-content-location" in head)
    )


def _is_table(lines: list[str]) -> bool:
    """Whether the first line names columns that we know, one of them the text."""
    for separator in ",;\t|":
        names = [name.strip(' "\ufeff') for name in lines[0].split(separator)]
        if len(names) > 1 and "text" in columns_of(names, _NOTHING_TOLD).by_field:
            return True
    return False
