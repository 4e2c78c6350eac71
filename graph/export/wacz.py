"""WACZ 1.1.1 (https://specs.webrecorder.net/wacz/1.1.1/): the pages themselves, for ReplayWeb.page and other web archives.

archive/evidence-….warc.gz  the records, byte for byte as they lie in the case's evidence
indexes/index.cdx           where each of them lies (CDXJ), ordered by address and time
pages/pages.jsonl           the pages, ordered by time
datapackage.json            the digests of all these; its own stands in datapackage-digest.json
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from casefile.evidence.copying import Copies, Record, read_record
from casefile.evidence.warc import Span
from casefile.identity import short_hash
from graph.export.clean import iso
from graph.export.view import Context, Page, View

_INDEX, _PAGES, _PACKAGE = "indexes/index.cdx", "pages/pages.jsonl", "datapackage.json"
# ReplayWeb.page finds no member that zip64 needs; and an archive of this size is what others are used to.
_LARGEST_WARC = 1_000_000_000  # bytes


@dataclass(frozen=True, slots=True)
class _Copied:
    url: str
    title: str
    at: str
    key: str
    line: str
    size: int


class _Hashed:
    """A member of the archive that is being written, with its length and digest."""

    def __init__(self, member: IO[bytes]) -> None:
        self._member, self._sha256, self.length = member, hashlib.sha256(), 0

    def write(self, data: bytes) -> int:
        self._sha256.update(data)
        self.length += len(data)
        return self._member.write(data)

    def described(self, path: str) -> dict[str, Any]:
        digest = f"sha256:{self._sha256.hexdigest()}"
        return {"name": path.rpartition("/")[2], "path": path, "hash": digest, "bytes": self.length}


def write_wacz(view: View, folder: Path) -> list[Path]:
    """Write `evidence.wacz`. Raises EvidenceError where a record cannot be read."""
    path = folder / "evidence.wacz"
    with ZipFile(path, "w") as archive:
        pages, resources = _write_records(archive, view)
        lines = "".join(f"{page.key} {page.line}\n" for page in sorted(pages, key=lambda page: page.key))
        resources.append(_add(archive, _INDEX, lines, view.context))
        in_time = sorted(pages, key=lambda page: (page.at, page.url))
        resources.append(_add(archive, _PAGES, _listed(in_time), view.context))
        package = _add(archive, _PACKAGE, _described(view.context, in_time, resources), view.context)
        digest = json.dumps({"path": _PACKAGE, "hash": package["hash"]}, indent=2)
        _add(archive, "datapackage-digest.json", digest, view.context)
    return [path]


def _write_records(archive: ZipFile, view: View) -> tuple[list[_Copied], list[dict[str, Any]]]:
    pages: list[_Copied] = []
    resources: list[dict[str, Any]] = []
    while len(pages) < len(view.pages) or not resources:
        path = f"archive/evidence-{len(resources) + 1:05}.warc.gz"
        with archive.open(_member(path, view.context, ZIP_STORED), "w") as member:
            warc = _Hashed(member)
            copies = Copies(warc.write, path.rpartition("/")[2], view.context.program, view.context.made_at)
            while len(pages) < len(view.pages) and warc.length < _LARGEST_WARC:
                pages.append(_copied(view.pages[len(pages)], copies))
        resources.append(warc.described(path))
    return pages, resources


def _copied(page: Page, copies: Copies) -> _Copied:
    record = read_record(page.warc, page.offset)
    span = copies.add(record)
    return _Copied(
        url=record.url,
        title=page.title or record.url,
        at=iso(record.at) or "",
        key=f"{surt(record.url)} {record.at:%Y%m%d%H%M%S}",
        line=_line(record, span),
        size=len(record.body),
    )


def _line(record: Record, span: Span) -> str:
    told = {
        "url": record.url,
        "mime": record.media_type.partition(";")[0].strip(),
        "status": str(record.status),
        "digest": record.digest,
        "length": str(span.length),
        "offset": str(span.offset),
        "filename": span.file,
        "recordDigest": f"sha256:{span.sha256}",
    }
    return json.dumps(told, ensure_ascii=False)


def surt(url: str) -> str:
    """An address as web archives order them, its host turned round: `com,example,forum)/jobs?page=2`."""
    parts = urlsplit(url.casefold())
    host, _, port = parts.netloc.rpartition("@")[2].partition(":")
    names = host.split(".")
    if names[0].rstrip("0123456789") == "www":
        names = names[1:]
    turned, path = ",".join(reversed(names)), "/".join(filter(None, parts.path.split("/")))
    at = f":{port}" if port and port != {"http": "80", "https": "443"}.get(parts.scheme) else ""
    query = "&".join(sorted(parts.query.split("&")))
    return f"{turned}{at})/{path}{f'?{query}' if query else ''}".replace(" ", "%20")


def _listed(pages: Sequence[_Copied]) -> str:
    head = {"format": "json-pages-1.0", "id": "pages", "title": "All pages"}
    each = (
        {"id": short_hash(page.key)[:16], "url": page.url, "title": page.title, "ts": page.at, "size": page.size}
        for page in pages
    )
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in (head, *each))


def _described(context: Context, pages: Sequence[_Copied], resources: list[dict[str, Any]]) -> str:
    first = {"mainPageUrl": pages[0].url, "mainPageDate": pages[0].at} if pages else {}
    told = {
        "profile": "data-package",
        "wacz_version": "1.1.1",
        "software": context.program,
        "created": iso(context.made_at),
        "title": context.title,
        "description": f"TLP:{context.handling.upper()}. {context.statement}".strip(),
        **first,
        "resources": resources,
    }
    return json.dumps(told, ensure_ascii=False, indent=2)


def _add(archive: ZipFile, path: str, text: str, context: Context) -> dict[str, Any]:
    with archive.open(_member(path, context, ZIP_DEFLATED), "w") as member:
        hashed = _Hashed(member)
        hashed.write(text.encode("utf-8", "replace"))
    return hashed.described(path)


def _member(path: str, context: Context, packing: int) -> ZipInfo:
    member = ZipInfo(path, context.made_at.timetuple()[:6])
    member.compress_type, member.external_attr = packing, 0o644 << 16
    return member
