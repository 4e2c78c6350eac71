"""Files that attack whoever imports them."""

from __future__ import annotations

import gzip
import io
import json
import os
import pickle
import sqlite3
import tarfile
import warnings
import zipfile
import zlib
from collections.abc import Callable
from typing import NamedTuple

import brotli

_LOL = (
    '<!DOCTYPE r [<!ENTITY l0 "lol">' + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10)) + "]>"
)
ROW = {"id": "1", "text": "satu lowongan", "author": "A"}
_ESCAPES = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202eexe.gpj\u2066\0"
_HTML = "<li class=ad><p>satu lowongan kerja di kota</p></li>" * 3


def _zip(*parts: tuple[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    held = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(held, "w", compression) as archive:
        warnings.simplefilter("ignore")  # zipfile's, of names that are there twice
        for name, data in parts:
            archive.writestr(name, data)
    return held.getvalue()


def zeros(megabytes: int, form: int = 31) -> bytes:
    """Zeros, packed (gzip, or by `form`): a block that stands alone, over and over, so that it is made quickly."""
    packer = zlib.compressobj(9, wbits=-15)
    block = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    start = {31: b"\x1f\x8b\x08\0\0\0\0\0\0\x03", 15: b"\x78\x9c", -15: b""}[form]
    return start + block * megabytes + packer.flush()


def brotli_zeros(megabytes: int) -> bytes:
    """Zeros, packed with Brotli."""
    packer = brotli.Compressor(quality=4)
    return b"".join([*(packer.process(bytes(1 << 20)) for _ in range(megabytes)), packer.finish()])


def _page_record(head: str, body: bytes) -> bytes:
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{head}\r\n\r\n".encode() + body
    return _warc((_response(len(answer))[0], answer))


def _link_in_zip() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        link = zipfile.ZipInfo("posts.jsonl")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return held.getvalue()


def _tar(name: str) -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w:gz") as archive:
        member = tarfile.TarInfo(name)
        member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(member)
    return held.getvalue()


def _overlapping_zip() -> bytes:
    """Many entries of the list that all name the same packed bytes (a bomb without nesting)."""
    data = bytearray(_zip(("a.jsonl", b" " * 50_000_000)))
    start = data.rfind(b"PK\x01\x02")
    end = data.rfind(b"PK\x05\x06")
    entry, count = bytes(data[start:end]), 200
    tail = bytearray(data[end:])
    tail[8:12] = count.to_bytes(2, "little") * 2
    tail[12:16] = (len(entry) * count).to_bytes(4, "little")
    return bytes(data[:start]) + entry * count + bytes(tail)


def _workbook(sheet: str, doctype: str = "") -> bytes:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    kinds = "http://schemas.openxmlformats.org/package/2006/content-types"
    return _zip(
        ("[Content_Types].xml", f'<Types xmlns="{kinds}"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'.encode()),
        ("_rels/.rels", f'<Relationships xmlns="{relations}"><Relationship Id="r1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>'.encode()),
        ("xl/workbook.xml", f'{doctype}<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>'.encode()),
        ("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{relations}"><Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'.encode()),
        ("xl/worksheets/sheet1.xml", f'{doctype}<worksheet xmlns="{main}"><sheetData>{sheet}</sheetData></worksheet>'.encode()),
    )  # fmt: skip


def _warc(*records: tuple[str, bytes]) -> bytes:
    return b"".join(b"WARC/1.0\r\n" + head.encode("utf-8") + b"\r\n\r\n" + body + b"\r\n\r\n" for head, body in records)


def _response(length: int | str, url: str = "http://a.example/", more: str = "") -> tuple[str, bytes]:
    body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + _HTML.encode()
    head = (
        f"WARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-01-01T00:00:00Z\r\n{more}"
        f"WARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http\r\nContent-Length: {length}"
    )
    return head, body


class _Evil:
    def __reduce__(self) -> tuple[Callable[[str], int], tuple[str]]:
        return os.system, ("touch owned",)


def _database() -> bytes:
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE posts (text)")
    return database.serialize()


def _telegram(text: object, **more: object) -> bytes:
    message = {"id": 1, "type": "message", "date": "2024-01-01T00:00:00", "from": "A", "text": text, **more}
    return json.dumps({"name": "G", "type": "public_channel", "id": 1, "messages": [message]}).encode()


class HostileFile(NamedTuple):
    """A file's name, what is in it, and words of what is told of it."""

    name: str
    make: Callable[[], bytes]
    told: str = ""


FILES: dict[str, HostileFile] = {
    "zip-bomb": HostileFile("a.zip", lambda: _zip(("a.jsonl", b" " * 200_000_000))),
    "zip-bzip2": HostileFile("a.zip", lambda: _zip(("a.jsonl", b" " * 3_000_000), compression=zipfile.ZIP_BZIP2), "can fill the memory"),
    "zip-lzma": HostileFile("a.zip", lambda: _zip(("a.jsonl", b" " * 3_000_000), compression=zipfile.ZIP_LZMA), "can fill the memory"),
    "zip-of-devices": HostileFile("a.zip", lambda: _zip(*((name, json.dumps(ROW).encode()) for name in ("CON", "aux.jsonl", "NUL.csv", "a.jsonl:stream", "/dev/stdin", "~/.ssh/keys.jsonl", "-rf.jsonl", "a\nb.jsonl", " ", "..")))),
    "zip-twice-named": HostileFile("a.zip", lambda: _zip(("a.jsonl", json.dumps(ROW).encode()), ("a.jsonl", b"\x1f\x8b broken"), ("A.JSONL", b"[" * 100_000))),
    "zip-locked": HostileFile("a.zip", lambda: _zip(("a.jsonl", json.dumps(ROW).encode())).replace(b"PK\x03\x04\x14\0\0\0", b"PK\x03\x04\x14\0\x01\0").replace(b"PK\x01\x02\x14\x03\x14\0\0\0", b"PK\x01\x02\x14\x03\x14\0\x01\0")),
    "zip-without-end": HostileFile("a.zip", lambda: _zip(("a.jsonl", json.dumps(ROW).encode()), ("b.jsonl", b" " * 200_000_000))[:-60]),
    "zip-in-zip": HostileFile("a.zip", lambda: _zip(("a.zip", _zip(("a.zip", _zip(("a.jsonl", b"{}"))))))),
    "zip-overlapping": HostileFile("a.zip", _overlapping_zip),
    "zip-slip": HostileFile("a.zip", lambda: _zip(("../../../../tmp/owned.jsonl", json.dumps(ROW).encode()), ("/etc/owned.jsonl", b"{}"), ("..\\..\\owned.jsonl", b"{}"))),
    "zip-link": HostileFile("a.zip", _link_in_zip),
    "zip-names": HostileFile("a.zip", lambda: _zip((f"{_ESCAPES[:-1]}<script>alert(1)</script>.jsonl", json.dumps(ROW).encode()), ("=cmd|' /C calc'!A0.csv", b"text\nx"))),
    "zip-many": HostileFile("a.zip", lambda: _zip(*((f"{n}.txt", b"") for n in range(20_000)), compression=zipfile.ZIP_STORED)),
    "zip-lying-size": HostileFile("a.zip", lambda: _zip(("a.jsonl", b" " * 60_000_000)).replace((60_000_000).to_bytes(4, "little"), (5).to_bytes(4, "little"))),
    "tar-link": HostileFile("a.tar.gz", lambda: _tar("../../posts.jsonl")),
    "gzip-bomb": HostileFile("a.jsonl.gz", lambda: gzip.compress(b" " * 200_000_000)),
    "gzip-in-gzip": HostileFile("a.jsonl.gz", lambda: gzip.compress(gzip.compress(gzip.compress(json.dumps(ROW).encode())))),
    "gzip-cut": HostileFile("a.jsonl.gz", lambda: gzip.compress(json.dumps(ROW).encode() * 99)[:-20]),
    "json-deep": HostileFile("a.json", lambda: b"[" * 2_000_000),
    "json-deep-row": HostileFile("a.jsonl", lambda: json.dumps(ROW).encode() + b"\n" + b'{"text":' + b"[" * 500_000 + b"\n"),
    "json-number": HostileFile("a.jsonl", lambda: json.dumps(ROW).encode() + b'\n{"id":' + b"9" * 500_000 + b',"text":"x"}\n{"id":1e999,"text":"y","views":NaN}\n'),
    "json-line-without-end": HostileFile("a.jsonl", lambda: b'{"text":"' + b"x" * 60_000_000),
    "json-keys": HostileFile("a.jsonl", lambda: ("{" + ",".join(f'"k{n}":1' for n in range(200_000)) + ',"text":"x"}\n').encode()),
    "json-surrogates": HostileFile("a.jsonl", lambda: b'{"id":"\\ud800","text":"satu \\ud800 dua","author":"\\udfff\\u0000"}\n'),
    "json-wrong-types": HostileFile("a.jsonl", lambda: "\n".join(json.dumps({"id": v, "text": v, "author": v, "date": v, "url": v}) for v in (None, True, 5, [], {}, "", [[]], 1e300)).encode() + b'\n{"text":"satu"}\n'),
    "csv-formulas": HostileFile("a.csv", lambda: b'id,text,author\n1,"=HYPERLINK(""http://a.invalid"")","@SUM(1)"\n2,+1+cmd|x,-2\n'),
    "csv-cell-without-end": HostileFile("a.csv", lambda: b'id,text\n1,"' + b"x" * 20_000_000),
    "csv-nul": HostileFile("a.csv", lambda: b"id,text\n1,a\0b\n\0\0\n"),
    "csv-columns": HostileFile("a.csv", lambda: (",".join(f"c{n}" for n in range(50_000)) + ",text\n" + "," * 50_000 + "x\n").encode()),
    "csv-utf-16-cut": HostileFile("a.csv", lambda: "id,text\n1,satu\n".encode("utf-16")[:-1]),
    "excel-bomb": HostileFile("a.xlsx", lambda: _workbook("<row><c t='inlineStr'><is><t>text</t></is></c></row>" + " " * 100_000_000)),
    "excel-billion-laughs": HostileFile("a.xlsx", lambda: _workbook("<row><c t='inlineStr'><is><t>text</t></is></c></row><row><c t='inlineStr'><is><t>&l9;</t></is></c></row>", _LOL)),
    "excel-external-entity": HostileFile("a.xlsx", lambda: _workbook("<row><c t='inlineStr'><is><t>text</t></is></c></row><row><c t='inlineStr'><is><t>&x;</t></is></c></row>", '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>')),
    "excel-far-cell": HostileFile("a.xlsx", lambda: _workbook('<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>text</t></is></c></row>')),
    "excel-bzip2": HostileFile("a.xlsx", lambda: _zip(("xl/workbook.xml", b" " * 3_000_000), compression=zipfile.ZIP_BZIP2), "trap that fills the memory"),
    "excel-formulas": HostileFile("a.xlsx", lambda: _workbook("<row><c t='inlineStr'><is><t>text</t></is></c></row><row><c t='str'><f>HYPERLINK(\"http://a.invalid/\"&amp;A1)</f><v>=cmd|x!A0</v></c></row>")),
    "excel-macros": HostileFile("a.xlsm", lambda: _workbook("<row><c t='inlineStr'><is><t>text</t></is></c></row><row><c t='inlineStr'><is><t>satu</t></is></c></row>")),
    "html-deep": HostileFile("a.html", lambda: b"<html><body>" + b"<div>" * 200_000 + _HTML.encode()),
    "html-scripts": HostileFile("a.html", lambda: f"<html><title><script>alert(1)</script></title><base href='file:///etc/'><li><a href='javascript:alert(1)'>satu {_ESCAPES}</a><p>satu lowongan kerja</p></li>{_HTML}".encode()),
    "feed-billion-laughs": HostileFile("a.xml", lambda: f'<?xml version="1.0"?>{_LOL}<rss version="2.0"><channel><item><title>&l9;</title><guid>1</guid></item></channel></rss>'.encode()),
    "feed-external-entity": HostileFile("a.xml", lambda: b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><item><title>a &x;</title><guid>1</guid></item></channel></rss>'),
    "warc-short-length": HostileFile("a.warc", lambda: _warc(_response(5), _response(300))),
    "warc-long-length": HostileFile("a.warc", lambda: _warc(_response(10**15))),
    "warc-negative-length": HostileFile("a.warc", lambda: _warc(_response(-7))),
    "warc-length-of-letters": HostileFile("a.warc", lambda: _warc(_response("many"))),
    "warc-hostile-address": HostileFile("a.warc", lambda: _warc(*(_response(len(_response(0)[1]), url) for url in ("javascript:alert(1)", "file:///etc/passwd", "http://[::1", f"http://a.example/{_ESCAPES}")))),
    "warc-packed-body": HostileFile("a.warc", lambda: _page_record("Content-Encoding: gzip", zeros(3000)), "larger than"),
    "warc-brotli-bomb": HostileFile("a.warc", lambda: _page_record("Content-Encoding: br", brotli_zeros(700)), "larger than"),
    "warc-packed-chunk": HostileFile("a.warc", lambda: _page_record("Content-Encoding: gzip\r\nTransfer-Encoding: chunked", b"%x\r\n%b\r\n0\r\n\r\n" % (len(zeros(3000)), zeros(3000))), "larger than"),
    "warc-chunk-of-gigabytes": HostileFile("a.warc.gz", lambda: gzip.compress(_page_record("Transfer-Encoding: chunked", b"7f000000\r\n" + bytes(200_000_000)), 1)),
    "warc-lying-about-packing": HostileFile("a.warc", lambda: b"".join(_page_record(f"Content-Encoding: {said}", _HTML.encode()) for said in ("gzip", "br", "deflate", "gzip, br", "zstd", "../../etc", "\x1b[2J"))),
    "warc-of-warcs": HostileFile("a.warc", lambda: _warc((_response(200)[0], b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + _warc(_response(99))))),
    "warc-headers-without-end": HostileFile("a.warc", lambda: _warc(_response(300, more="X-More: a\r\n" * 100_000))),
    "wacz-without-archive": HostileFile("a.wacz", lambda: _zip(("datapackage.json", b"[" * 100_000), ("archive/../../x.warc", b"WARC/1.0"))),
    "wacz-lying": HostileFile("a.wacz", lambda: _zip(("datapackage.json", b'{"resources":[{"path":"../../../etc/passwd"},{"path":"archive/a.warc","hash":"sha256:0"}]}'), ("archive/a.warc.gz", b"PK\x03\x04 no gzip"), ("archive/b.warc", _page_record("Content-Type: text/html", _HTML.encode())), ("indexes/index.cdx.gz", zeros(500)))),
    "wacz-bomb": HostileFile("a.wacz", lambda: _zip(("archive/a.warc.gz", zeros(3000)), compression=zipfile.ZIP_STORED), "is broken from there on"),
    "mhtml-nested": HostileFile("a.mhtml", lambda: b"".join(b"Content-Type: multipart/related; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(5_000)) + b"Content-Type: text/html\r\n\r\n" + _HTML.encode()),
    "mhtml-lying": HostileFile("a.mhtml", lambda: b"From: <Saved>\r\nSnapshot-Content-Location: file:///etc/passwd\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html; charset=zlib\r\nContent-Transfer-Encoding: base64\r\n\r\n////\r\n--b--"),
    "telegram-hostile": HostileFile("result.json", lambda: _telegram([{"type": "link", "text": f"<script>{_ESCAPES}"}, 5, None, {"type": {}}, [[]]], file="../../../etc/passwd", forwarded_from={"a": 1}, reply_to_message_id="x")),
    "telegram-deep": HostileFile("result.json", lambda: _telegram("x").replace(b'"x"', b"[" * 100_000)),
    "whatsapp-hostile": HostileFile("_chat.txt", lambda: (f"[01/01/24, 10:00:00] {_ESCAPES}=cmd: satu {_ESCAPES} lowongan\n" * 3 + "[99/99/99, 99:99:99] A: x\n" + "[01/01/24, 10:00:00] A: " + "x" * 5_000_000).encode()),
    "whatsapp-names": HostileFile("WhatsApp Chat with ..%2f..%2f=cmd.txt", lambda: f"01/01/24, 10:00 - {'A' * 70_000}: x\n01/01/24, 10:00 - ‎: satu lowongan\n01/01/24, 10:00 - +62 812 0000 1111: =HYPERLINK(1) satu\n".encode()),
    "facebook-hostile": HostileFile("posts_1.json", lambda: json.dumps([{"timestamp": t, "data": [{"post": f"<img src=x onerror=alert(1)>{_ESCAPES}"}], "attachments": [{"data": [{"media": {"uri": "../../../../etc/passwd"}}, None, 5]}]} for t in (1_700_000_000, -(10**18), 10**18, "x", None)]).encode()),
    "dates-out-of-range": HostileFile("a.jsonl", lambda: "\n".join(json.dumps({"id": str(n), "text": f"satu lowongan {n}", "date": date}) for n, date in enumerate(("9999-12-31T23:59:59+14:00", "0001-01-01T00:00:00-14:00", "99999-01-01", "-1", 10**30, 1e308, "2024-02-30", "2024-01-01T25:61:61", "١٢/١٣/٢٠٢٤", "tomorrow" * 5_000))).encode()),
    "zalgo": HostileFile("a.jsonl", lambda: json.dumps({"id": "1", "text": "satu " + "l\u0301\u0335\u0489" * 300_000, "author": "A" + "\u0335" * 100_000}).encode()),
    "one-word-without-end": HostileFile("a.jsonl", lambda: json.dumps({"id": "1", "text": "a" * 7_000_000, "title": "b" * 7_000_000, "author": "c" * 1_000_000}).encode()),
    "text-of-numbers": HostileFile("a.csv", lambda: b"id,text\n" + b"".join(b"%d,0812%07d 0x%040x a@b.c http://a.b/\n" % (n, n, n) for n in range(3_000))),
    "pickle-in-disguise": HostileFile("a.json", lambda: pickle.dumps(_Evil())),
    "database-in-disguise": HostileFile("a.csv", _database),
    "picture-and-zip": HostileFile("a.jpg", lambda: b"\xff\xd8\xff\xe0JFIF" + _zip(("a.jsonl", json.dumps(ROW).encode()))),
    "page-and-zip": HostileFile("a.html", lambda: _HTML.encode() + _zip(("a.jsonl", json.dumps(ROW).encode()))),
    "program": HostileFile("a.txt", lambda: b"\x7fELF" + bytes(range(256)) * 1000),
    "nothing": HostileFile("a.jsonl", lambda: b""),
    "charset-utf-7": HostileFile("a.html", lambda: b'<meta charset="utf-7"><li><p>satu +ADw-script+AD4-alert(1)+ADw-/script+AD4- lowongan kerja</p></li>' * 3),
    "charset-that-is-a-codec": HostileFile("a.html", lambda: b'<meta charset="zip_codec"><li><p>satu lowongan kerja di kota</p></li>' * 3),
    "gif-and-page": HostileFile("a.html", lambda: b"GIF89a/*" + _HTML.encode() + b"*/=1;alert(1)"),
    "pdf-and-page": HostileFile("a.html", lambda: b"%PDF-1.7\n" + _HTML.encode(), "is a PDF"),
    "nothing-but-nul": HostileFile("a.txt", lambda: bytes(5_000_000)),
    "yaml-in-disguise": HostileFile("a.json", lambda: b"!!python/object/apply:os.system ['touch owned']"),
}  # fmt: skip
