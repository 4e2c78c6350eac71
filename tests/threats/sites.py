"""A web site that attacks whoever reads it: what each of its paths answers, and how that must end."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass

from tests.threats.files import brotli_zeros, zeros
from tests.threats.web import Attack, HostileWeb, Victim, answer, dripping, endless, page, raw, redirect

CARDS = "select: {post: li.ad, text: p, id: '::attr(data-id)', link: a, author: b, date: time, title: h2, author_link: 'a.by'}"
CARD = "<li class=ad data-id=1><p>satu lowongan</p></li>"
_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
_CHUNKED = _HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
# 300 MB of zeros, as a frame of run-length blocks (RFC 8878), and a picture that says it is 131,071 pixels wide and high.
_ZSTANDARD = b"\x28\xb5\x2f\xfd\x80\x58" + (300 << 20).to_bytes(4, "little") + b"\x02\0\x10\0" * 2399 + b"\x03\0\x10\0"
_PICTURE = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\x01\xff\xff\0\x01\xff\xff\x08\x06\0\0\0" + b"x" * 999
_LOL = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@dataclass(frozen=True)
class Hostile:
    """What the paths of one attack answer, how its source is read, and how it must end."""

    paths: dict[str, Attack]
    told: str = ""
    posts: int | None = None
    family: str = "board"
    more: str = CARDS
    """What stands at `told` is told of it; `posts` is how many posts are read, None where it does not matter."""


def _feed(items: str, doctype: str = "") -> Attack:
    body = f'<?xml version="1.0"?>{doctype}<rss version="2.0"><channel>{items}</channel></rss>'
    return answer(body.encode(), kind="application/rss+xml")


def attacks(web: HostileWeb, prey: Victim) -> dict[str, Hostile]:
    """All of them; `prey` is what they want to lead to."""
    inside = f"http://127.0.0.2:{prey.port}/secret"
    bomb = zeros(300)
    return {
        "gzip-bomb": Hostile({"": answer(bomb, "Content-Encoding: gzip")}, "once it is unpacked"),
        "gzip-in-gzip": Hostile(
            {"": answer(gzip.compress(bomb), "Content-Encoding: gzip, gzip")}, "once it is unpacked"
        ),
        "deflate-bomb": Hostile({"": answer(zeros(300, 15), "Content-Encoding: deflate")}, "once it is unpacked"),
        "brotli-bomb": Hostile({"": answer(brotli_zeros(300), "Content-Encoding: br")}, "once it is unpacked"),
        "hundredfold-encoding": Hostile({"": answer(bomb, "Content-Encoding: " + ", ".join(["gzip"] * 100))}),
        "broken-gzip": Hostile({"": answer(b"\x1f\x8b\x08\x00" + b"\xff" * 99, "Content-Encoding: gzip")}),
        "endless-stream": Hostile({"": endless(_HEAD + b"\r\n", b"<p>word</p>" * 1000)}),
        "endless-chunks": Hostile({"": endless(_CHUNKED, b"400\r\n" + b"x" * 1024 + b"\r\n")}),
        "endless-chunk-head": Hostile({"": endless(_CHUNKED, b"0" * 65_536)}),
        "endless-trailers": Hostile({"": endless(_CHUNKED + b"0\r\n", b"X-More: " + b"x" * 900 + b"\r\n")}),
        "impossible-chunk": Hostile({"": raw(_CHUNKED + b"FFFFFFFFFFFFFFFFF\r\nabc")}),
        "negative-length": Hostile({"": raw(_HEAD + b"Content-Length: -1\r\n\r\n" + CARD.encode())}),
        "terabytes-told": Hostile({"": raw(_HEAD + b"Content-Length: 9999999999999\r\n\r\nabc")}, "larger than"),
        "two-lengths": Hostile({"": raw(_HEAD + b"Content-Length: 5\r\nContent-Length: 500\r\n\r\nhello")}),
        "slow-drip": Hostile({"": dripping(_HEAD + b"\r\n", 0.2, web.over)}, "in time"),
        "never-answers": Hostile({"": lambda out: web.over.wait(60) and None}, "in time"),
        "slow-headers": Hostile({"": dripping(b"HTTP/1.1 200 OK\r\nX-Slow: ", 0.2, web.over)}, "in time"),
        "endless-headers": Hostile(
            {"": endless(b"HTTP/1.1 200 OK\r\n", b"X-More: " + b"x" * 900 + b"\r\n")}, told="sends headers without end"
        ),
        "endless-header-line": Hostile({"": endless(b"HTTP/1.1 200 OK\r\nX-Long: ", b"x" * 65_536)}),
        "endless-continue": Hostile({"": endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 100)}),
        "headers-of-control-codes": Hostile(
            {
                "": page(
                    CARD, "X-Esc: \x1b]0;owned\x07\x1b[2J", "X-Nul: a\0b", "X-Warc: WARC/1.0\x0bWARC-Type: response"
                )
            },
            posts=1,
        ),
        "status-of-control-codes": Hostile({"": answer(CARD.encode(), status="200 \x1b[31mOK\x1b[2J")}, posts=1),
        "status-out-of-range": Hostile({"": answer(CARD.encode(), status="999 Whatever")}),
        "no-status-line": Hostile({"": raw(b"\x16\x03\x01 not http at all" + bytes(range(256)))}),
        "redirect-circle": Hostile({"": redirect("/redirect-circle")}, "without end"),
        "redirect-without-end": Hostile(
            {
                "": redirect("/redirect-without-end/1"),
                **{f"/{n}": redirect(f"/redirect-without-end/{n + 1}") for n in range(1, 30)},
            },
            "without end",
        ),
        "redirect-to-file": Hostile({"": redirect("file:///etc/passwd")}),
        "redirect-to-script": Hostile({"": redirect("javascript:alert(1)")}),
        "redirect-to-data": Hostile({"": redirect("data:text/html,<li class=ad><p>x</p></li>")}),
        "redirect-of-control-codes": Hostile({"": redirect("http://\x1b[2J\x00/\xff")}),
        "redirect-inside": Hostile({"": redirect(inside)}, "another site"),
        "refresh-inside": Hostile({"": page("", head=f'<meta http-equiv=refresh content="0;url={inside}?refreshed">')}),
        "refresh-circle": Hostile({"": page("", head='<meta http-equiv=refresh content="0">')}),
        "cookie-circle": Hostile(
            {"": lambda out: answer(b"", "Set-Cookie: a=b", "Location: /cookie-circle", status="302 Found")(out)},
            "without end",
        ),
        "base-inside": Hostile(
            {"": page(f'{CARD}<a class=thread href="x">x</a>', head=f'<base href="{inside}">')}, posts=1
        ),
        "deep-html": Hostile({"": page("<div>" * 100_000 + CARD)}),
        "wide-html": Hostile({"": page(CARD + "<p " + " ".join(f"a{n}=b" for n in range(100_000)) + ">")}, posts=1),
        "many-cards": Hostile({"": page("<li class=ad><p>x" * 50_000)}),
        "broken-entities": Hostile(
            {"": page("<li class=ad data-id=1><p>satu &#xD800;&#x110000;&#0;&#27;[2J\0\x1b[31m dua</p></li>")}, posts=1
        ),
        "surrogates": Hostile({"": page("<li class=ad data-id=1><p>satu \ud800\udfff dua</p></li>")}, posts=1),
        "charset-that-is-a-codec": Hostile({"": answer(CARD.encode(), kind="text/html; charset=zlib_codec")}),
        "charset-utf-7": Hostile({"": answer(CARD.encode(), kind="text/html; charset=utf-7")}, posts=1),
        "charset-punycode": Hostile({"": answer(CARD.encode() * 2000, kind="text/html; charset=punycode")}),
        "charset-without-end": Hostile({"": answer(CARD.encode(), kind="text/html; charset=" + "x" * 60_000)}),
        "picture-that-is-a-page": Hostile({"": answer(b"GIF89a" + CARD.encode(), kind="image/gif")}),
        "nul-bytes": Hostile({"": answer(CARD.encode("utf-16-le"), kind="text/html")}),
        "hostile-links": Hostile(
            {
                "": page(
                    "".join(
                        f'<li class=ad data-id={n}><p>satu {n}</p><a class=by href="{link}">x</a><a href="{link}">x</a></li>'
                        for n, link in enumerate(
                            (
                                "javascript:alert(1)",
                                "data:text/html,x",
                                "file:///etc/passwd",
                                "vbscript:x",
                                inside,
                                "java&#10;script:alert(1)",
                                "http://[::1",
                                "http://\0/",
                                "//",
                                "http://a:b@c:99999/",
                                "\\\\host\\x",
                            )
                        )
                    )
                )
            },
            posts=11,
        ),
        "dates-without-end": Hostile(
            {"": page(f"<li class=ad data-id=1><p>satu</p><time>{'9' * 100_000}</time></li>")}, posts=1
        ),
        "title-without-end": Hostile(
            {"": page(f"<li class=ad data-id=1><p>satu</p><h2>{'A' * 3_000_000}</h2><b>{'B' * 3_000_000}</b></li>")},
            "larger than",
        ),
        "deep-json-in-page": Hostile(
            {"": page(CARD + f'<script type="application/ld+json">{"[" * 100_000}</script>')}, posts=1
        ),
        "json-number-without-end": Hostile(
            {
                "": page(
                    CARD + f'<script type="application/ld+json">{{"@type":"JobPosting","x":{"9" * 1_000_000}}}</script>'
                )
            },
            posts=1,
        ),
        "feed-billion-laughs": Hostile(
            {
                "": _feed(
                    "<item><title>&l9;</title><link>http://a.invalid/</link></item>",
                    f'<!DOCTYPE r [<!ENTITY l0 "lol">{_LOL}]>',
                )
            },
            family="feed",
            more="",
        ),
        "feed-external-entity": Hostile(
            {
                "": _feed(
                    "<item><title>a &x; b</title><guid>1</guid></item>",
                    f'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY % y SYSTEM "{inside}">%y;]>',
                )
            },
            family="feed",
            more="",
        ),
        "feed-deep": Hostile({"": _feed("<item>" + "<a>" * 100_000)}, family="feed", more=""),
        "feed-json-deep": Hostile(
            {
                "": answer(
                    b'{"version":"https://jsonfeed.org/version/1","items":' + b"[" * 200_000,
                    kind="application/feed+json",
                )
            },
            family="feed",
            more="",
        ),
        "feed-of-wrong-types": Hostile(
            {
                "": answer(
                    json.dumps(
                        {
                            "version": "https://jsonfeed.org/version/1",
                            "items": [1, None, [], {"id": {}, "url": [], "content_text": 5, "authors": 3}],
                        }
                    ).encode(),
                    kind="application/json",
                )
            },
            family="feed",
            more="",
        ),
        "sitemap-of-itself": Hostile(
            {
                "": answer(
                    f"<sitemapindex><sitemap><loc>{web.url}/sitemap-of-itself?a=1</loc></sitemap><sitemap><loc>{inside}</loc></sitemap></sitemapindex>".encode(),
                    kind="text/xml",
                )
            },
            family="feed",
            more="",
        ),
        "sitemap-without-end": Hostile(
            {
                "": answer(
                    b"<urlset>" + b"<url><loc>http://a.invalid/x</loc></url>" * 100_000 + b"</urlset>", kind="text/xml"
                )
            },
            family="feed",
            more="",
        ),
        "links-without-end": Hostile(
            {
                "": page(
                    "".join(
                        f'<a class=thread href="/links-without-end/{n}?{"x" * 50}={n}">x</a>' for n in range(20_000)
                    )
                    + CARD
                )
            },
            more="select: {post: li.ad, text: p, thread: 'a.thread'}",
        ),
        "next-without-end": Hostile(
            {"": page(CARD + '<a rel=next href="/next-without-end?p=1">x</a>')},
            more="select: {post: li.ad, text: p, next: 'a[rel=next]::attr(href)'}",
        ),
        "retry-after-for-years": Hostile({"": answer(b"", "Retry-After: 999999999999", status="429 Too Many")}),
        "retry-after-nonsense": Hostile({"": answer(b"", "Retry-After: Inf \x1b", status="404 No")}),
        "zstandard-bomb": Hostile({"": answer(_ZSTANDARD, "Content-Encoding: zstd")}),
        "unknown-encoding": Hostile({"": answer(CARD.encode(), "Content-Encoding: ../../x, compress, \x1b[2J")}, posts=1),
        "redirect-to-gopher": Hostile({"": redirect(f"gopher://127.0.0.2:{prey.port}/_GET")}),
        "redirect-to-ftp": Hostile({"": redirect(f"ftp://127.0.0.2:{prey.port}/a")}),
        "redirect-to-browser": Hostile({"": redirect("view-source:file:///etc/passwd")}),
        "redirect-to-long": Hostile({"": redirect("/redirect-to-long/" + "x" * 60_000)}),
        "redirect-with-password": Hostile({"": redirect(f"http://127.0.0.1:{web.port}@127.0.0.2:{prey.port}/")}, "another site"),
        "switching-protocols": Hostile({"": raw(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n" + b"\x81\x7f" + b"\xff" * 8)}),
        "two-answers": Hostile({"": raw(_HEAD + b"Content-Length: 50\r\n\r\n" + CARD.encode().ljust(50) + b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhidden")}),
        "body-of-nothing": Hostile({"": answer(CARD.encode(), status="204 No Content")}),
        "part-of-a-page": Hostile({"": answer(CARD.encode(), "Content-Range: bytes 0-9/99999999999", status="206 Partial Content")}),
        "unasked-not-modified": Hostile({"": answer(b"", 'ETag: "x"', status="304 Not Modified")}),
        "asks-for-password": Hostile({"": answer(b"", 'WWW-Authenticate: Basic realm="\x1b[2Jgive it"', status="401 No")}),
        "asks-for-proxy-password": Hostile({"": answer(b"", "Proxy-Authenticate: NTLM", status="407 No")}),
        "cookie-bomb": Hostile({"": page(CARD, *(f"Set-Cookie: c{n}={'x' * 3_000}; Domain=127.0.0.1; Expires=Fri, 31 Dec 9999 23:59:59 GMT" for n in range(15)))}, posts=1),
        "pins-and-promises": Hostile({"": page(CARD, "Strict-Transport-Security: max-age=99999999999; includeSubDomains; preload", "Public-Key-Pins: pin-sha256=x; max-age=9", f'Alt-Svc: h2=":{prey.port}"; ma=9', f"Link: <{inside}>; rel=preload", f"Refresh: 0; url={inside}?header", 'Clear-Site-Data: "*"')}, posts=1),
        "dates-of-the-future": Hostile({"": page("<li class=ad data-id=1><p>satu lowongan</p><time datetime='9999-12-31T23:59:59+14:00'>x</time></li>", "Date: Fri, 31 Dec 9999 23:59:59 GMT", "Last-Modified: Thu, 01 Jan 0001 00:00:00 GMT", "Age: -1", "Expires: 0")}, posts=1),
        "download": Hostile({"": answer(CARD.encode(), 'Content-Disposition: attachment; filename="../../../../tmp/owned.jsonl"', kind="application/octet-stream")}),
        "program": Hostile({"": answer(b"MZ\x90\0" + bytes(range(256)) * 99, kind="application/x-msdownload")}),
        "picture-of-gigapixels": Hostile({"": answer(_PICTURE, kind="image/png")}),
        "picture-in-page": Hostile({"": page(CARD + '<img src="data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAB//8AAf//CAYAAAA=">' * 50)}, posts=1),
        "svg": Hostile({"": answer(f'<svg xmlns="http://www.w3.org/2000/svg"><script href="{inside}"/><image href="{inside}"/></svg>'.encode(), kind="image/svg+xml")}),
        "xhtml-entities": Hostile({"": answer(f'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY % y SYSTEM "{inside}">%y;]><html><body><li class="ad" data-id="1"><p>satu &x;</p></li></body></html>'.encode(), kind="application/xhtml+xml")}, posts=1),
        "xhtml-billion-laughs": Hostile({"": answer(f'<!DOCTYPE html [<!ENTITY l0 "lol">{_LOL}]><html><body><li class="ad" data-id="1"><p>satu &l9;</p></li></body></html>'.encode(), kind="application/xhtml+xml")}, posts=1),
        "xslt-and-xinclude": Hostile({"": answer(f'<?xml-stylesheet type="text/xsl" href="{inside}"?><html xmlns:xi="http://www.w3.org/2001/XInclude"><body><li class="ad" data-id="1"><p>satu <xi:include href="file:///etc/passwd" parse="text"/></p></li></body></html>'.encode(), kind="text/xml")}),
        "mhtml-as-page": Hostile({"": answer(b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Location: file:///etc/passwd\r\n\r\n" + CARD.encode(), kind="multipart/related")}),
        "json-as-page": Hostile({"": answer(b"[" * 500_000)}),
        "polyglot": Hostile({"": answer(b"GIF89a/*<html>" + CARD.encode() + b"*/=1;alert(1)//PK\x03\x04%PDF-1.7")}, posts=1),
        "charset-of-escapes": Hostile({"": answer(b"\x1b$B" + CARD.encode() + b"\x1b(B" + CARD.encode(), kind="text/html; charset=iso-2022-jp")}),
        "charset-told-thrice": Hostile({"": answer(b"\xff\xfe<meta charset=utf-7>" + CARD.encode(), kind="text/html; charset=big5; charset=zlib")}),
        "words-for-a-slow-pattern": Hostile({"": page("<li class=ad data-id=1><p>" + "a" * 50_000 + "! " + "1-" * 50_000 + "a@" * 50_000 + "http://" * 20_000 + "</p></li>")}, posts=1),
        "letters-piled-up": Hostile({"": page("<li class=ad data-id=1><p>satu " + "Z" + "\u0335\u0489" * 200_000 + "</p><b>A\u202eevil\u2066</b></li>")}, posts=1),
        "attribute-without-end": Hostile({"": page(f'{CARD}<a href="{"x" * 2_000_000}">x</a><p title="{"y" * 1_000_000}">')}, posts=1),
        "comments-without-end": Hostile({"": page(CARD + "<!--" * 200_000)}, posts=1),
        "tables-in-tables": Hostile({"": page(CARD + "<table><tr><td>" * 20_000)}, posts=1),
        "links-up-the-tree": Hostile({"": page(CARD + "".join(f'<a rel=next href="{"../" * 500}x{n}">x</a>' for n in range(200)))}, posts=1),
        "next-to-inside": Hostile({"": page(f'{CARD}<a rel=next href="{inside}?next">x</a>')}, posts=1, more="select: {post: li.ad, text: p, id: '::attr(data-id)', next: 'a[rel=next]::attr(href)'}"),
        "feed-inside": Hostile({"": _feed(f"<item><title>satu lowongan</title><link>{inside}?entry</link><enclosure url='{inside}?enclosed'/></item>")}, family="feed", more=""),
        "feed-scripts": Hostile({"": _feed("<item><title>&lt;script&gt;alert(1)&lt;/script&gt;</title><description>&lt;img src=x onerror=alert(1)&gt; satu lowongan \x1b[2J</description><guid>javascript:alert(1)</guid><author>=cmd|x</author></item>")}, family="feed", more=""),
        "feed-named-as-a-file": Hostile({"": answer(b"/etc/passwd", kind="application/rss+xml")}, family="feed", more=""),
    }  # fmt: skip
