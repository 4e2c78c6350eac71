"""What is changed: a small sound file or text of every kind that Jejak reads. Everybody in them is invented."""

from __future__ import annotations

import gzip
import io
import json
import urllib.request
import zipfile
from functools import cache

import xlsxwriter
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawlers.importing.model import ImportKind
from desk.demo.web import DemoWeb

TEXTS = [
    "Lowongan admin CS di Poipet Kamboja, gaji Rp 12-15 jt/bulan, tiket ditanggung. WA 0812-0000-1101 / t.me/hr_contoh",
    "Hiring chat support in Sihanoukville! $900 - $1,200 per month, free food. Telegram: @hr_mekar_demo, hr (at) demo (dot) com",
    "招聘 打字客服 柬埔寨西港 底薪8000-12000元 包吃住 飞机@contoh_hr 微信 wx_contoh88 ☎️ +855 12 000 001",
    "รับสมัครแอดมินตอบแชท ปอยเปต เงินเดือน 30,000 บาท ไลน์ไอดี contoh_th โทร ๐๘๑-๐๐๐-๐๐๐๑",
    "Tuyển nhân viên CSKH tại Campuchia lương 20tr, zalo 0900 000 001, bao ăn ở, không mất phí",
    "အလုပ်ခေါ်စာ မြဝတီ လစာ ၁၅ သိန်း ဖုန်း ၀၉ ၀၀၀ ၀၀၀ ၀၀၁ Viber",
    "⚠️ AWAS PENIPUAN! Nomor 0812-0000-1101 itu perekrut scam, paspor diambil. Jangan percaya PT Contoh Sejahtera.",
    "nol delapan satu dua nol nol nol nol satu satu nol satu; d o t com [dot] hxxps://contoh[.]example/a?b=1#c",
    "USDT TRC20 TJRyWwFs9wTFGZg3JbrVriFbNfCug5tDeC, bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq, Mr. Contoh (31)",
]
WORDS = [
    "3 hours ago", "kemarin 22:35", "12 Juli 2026 pukul 10.35", "2026年7月12日 下午10:35", "๑๒ ก.ค. ๒๕๖๙", "vor 2 Tagen", "há 3 dias",
    "Sun, 12 Jul 2026 22:35:10 +0700", "12/07/26", "just now", "hôm qua lúc 9:00 CH", "၁၂ ဇူလိုင် ၂၀၂၆", "1783895710", "5分钟前",
    "every 6 hours", "daily at 07:30", "setiap hari jam 7", "30 7 * * 1-5", "22:00-05:00", "mon,wed at 9pm",
    'phone:+6281200001101 -WARNING OR "gaji besar"', "after:2026-01-01 place:KH/poipet lang:id", "t.me/hr_contoh", "0812 0000 1101",
]  # fmt: skip
_SOURCE = """title: Harbor Jobs
country: xx
languages: [id, en]
why: public job board, no login, robots allow /jobs
url: "https://harborjobs.example/jobs"
family: board
every: "0 */6 * * *"
select: {post: "li.ad", text: "p::text", link: "a::attr(href)"}
gentle: {delay: 2.5, max_pages: 100}
normal: {min_posts: 20, max_posts: 400}
"""
_AT = "2026-07-12T22:35:10"


def texts() -> list[bytes]:
    """Posts in the languages that we read."""
    return [text.encode() for text in TEXTS]


def words() -> list[bytes]:
    """Dates, timetables, searches and contacts, as people write them."""
    return [word.encode() for word in WORDS]


def settings() -> list[bytes]:
    """A source's file."""
    return [_SOURCE.encode()]


@cache
def pages() -> list[bytes]:
    """A few pages of every site of the demo web."""
    found: list[bytes] = []
    with DemoWeb() as web:
        for post in {post.site: post for post in web.posts}.values():
            for address in (web.permalink(post), f"{web.address(post.site)}/"):
                try:
                    with urllib.request.urlopen(address, timeout=60) as answer:
                        found.append(answer.read()[:20_000])
                except OSError:
                    continue  # a site of which that is no page
    return [*found, _JOB, _FEED]


_JOB = (
    b'<html lang=id><head><script type="application/ld+json">'
    + json.dumps({"@type": "JobPosting", "title": "Chat", "description": TEXTS[1], "datePosted": _AT}).encode()
    + b"</script></head><body><article><time datetime='2026-07-12'>x</time><p>halo</p></article></body></html>"
)
_FEED = (
    b'<?xml version="1.0"?><rss version="2.0"><channel><title>t</title><link>https://a.example/</link><item><title>Lowongan</title>'
    b"<link>https://a.example/1</link><pubDate>Sun, 12 Jul 2026 22:35:10 +0700</pubDate><description>&lt;p&gt;gaji&lt;/p&gt;"
    b"</description></item></channel></rss>"
)


@cache
def files() -> dict[ImportKind, list[bytes]]:
    """Sound files of every kind that is imported."""
    rows = [{"id": str(n), "author": f"HR {n}", "text": text, "date": _AT} for n, text in enumerate(TEXTS)]
    jsonl = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()
    csv = (
        "id;author;text;date\n" + "\n".join(f'{n};HR;"{text}";12/07/2026 22:35' for n, text in enumerate(TEXTS))
    ).encode()
    chat = "".join(f"12/07/2026, 22:3{n % 10} - HR {n}: {text}\n" for n, text in enumerate(TEXTS)).encode()
    mhtml = (
        b"From: <Saved by Blink>\nSnapshot-Content-Location: https://a.example/1\nMIME-Version: 1.0\n"
        b'Content-Type: multipart/related; type="text/html"; boundary="B"\n\n--B\nContent-Type: text/html; charset="utf-8"\n'
        b"Content-Transfer-Encoding: quoted-printable\nContent-Location: https://a.example/1\n\n" + _JOB + b"\n--B--\n"
    )
    telegram = {
        "name": "Loker", "type": "public_supergroup", "id": 4411,
        "messages": [
            {"id": n, "type": "message", "date": _AT, "from": "Ayu", "from_id": f"user{n}", "text": ["a ", {"type": "bold", "text": text}]}
            for n, text in enumerate(TEXTS)
        ],
    }  # fmt: skip
    facebook = [{"timestamp": 1783895710, "title": "Ayu posted in Loker.", "data": [{"post": text}]} for text in TEXTS]
    warc = _warc()
    return {
        ImportKind.JSONL: [jsonl, gzip.compress(jsonl)],
        ImportKind.JSON: [json.dumps(rows).encode(), json.dumps({"posts": rows, "x": [1, [2, {}]]}).encode()],
        ImportKind.CSV: [csv, csv.decode().encode("utf-16")],
        ImportKind.TELEGRAM: [json.dumps(telegram, indent=1, ensure_ascii=False).encode()],
        ImportKind.WHATSAPP: [chat, chat.decode().replace("12/07/2026, ", "[12.07.26, ").replace(" - ", "] ").encode()],
        ImportKind.FACEBOOK: [json.dumps(facebook).encode()],
        ImportKind.EXCEL: [_book()],
        ImportKind.FEED: [_FEED],
        ImportKind.HTML: pages(),
        ImportKind.MHTML: [mhtml],
        ImportKind.WARC: [warc, gzip.compress(warc)],
        ImportKind.WACZ: [_zip({"archive/data.warc": warc, "datapackage.json": b'{"profile":"data-package"}'})],
        ImportKind.ZIP: [_zip({"a/chat.txt": chat, "result.json": jsonl, "b.html": _JOB})],
    }


def _book() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Loker")
        for number, row in enumerate([("Tanggal", "Nama", "Isi Pesan"), *((_AT, "Ayu", text) for text in TEXTS)]):
            sheet.write_row(number, 0, row)
    return out.getvalue()


def _warc() -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=False)
    for number, page in enumerate((_JOB, _FEED)):
        headers = StatusAndHeaders(
            "200 OK", [("Content-Type", "text/html"), ("Content-Length", str(len(page)))], "HTTP/1.1"
        )
        writer.write_record(
            writer.create_warc_record(f"https://a.example/{number}", "response", io.BytesIO(page), http_headers=headers)
        )
    return out.getvalue()


def _zip(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()
