import io
import json
import zipfile
from datetime import UTC, datetime

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from casefile.errors import ImportRefused
from casefile.records import Precision
from crawlers.importing.mhtml import read_mhtml
from crawlers.importing.pages import read_html
from crawlers.importing.warc import read_wacz, read_warc

from .given import read

ARTICLE = """<!DOCTYPE html>
<!-- saved from url=(0031)https://news.example/berita/12 -->
<html lang="id"><head><meta charset="utf-8"><title>Lowongan kerja di luar negeri</title></head><body>
<nav><a href="/">Beranda</a> <a href="/kontak">Kontak</a></nav>
<article><h1>Lowongan kerja di luar negeri</h1>
<p>Dibutuhkan segera dua puluh orang admin untuk perusahaan di luar negeri, gaji delapan ratus dolar per bulan.</p>
<p>Tiket pesawat, paspor dan tempat tinggal ditanggung perusahaan. Hubungi agen kami sekarang juga, tempat terbatas.</p>
</article><footer>Hak cipta penerbit</footer></body></html>"""

_DECLARED = {
    "@type": "JobPosting",
    "title": "Chat support",
    "description": "<p>Typing 40 words</p>",
    "datePosted": "2026-07-12",
    "hiringOrganization": {"name": "Contoh Group"},
    "url": "https://jobs.example/9",
}
JOB = f'<html><head><script type="application/ld+json">{json.dumps(_DECLARED)}</script></head><body><p>x</p></body></html>'

PREVIEW = """<html><body class="tgme_channel_history"><div class="tgme_widget_message_wrap">
<div class="tgme_widget_message" data-post="contoh_loker/5"><a class="tgme_widget_message_owner_name">Loker</a>
<div class="tgme_widget_message_text">Butuh admin</div>
<a class="tgme_widget_message_date" href="https://t.me/contoh_loker/5"><time datetime="2026-07-12T22:35:10+00:00"></time></a>
</div></div></body></html>"""

DESKTOP = """<html><body><div class="page_wrap"><div class="page_header"><div class="content"><div class="text bold">
Loker KH</div></div></div><div class="page_body chat_page"><div class="history">
<div class="message service" id="message-1"><div class="body details">12 July 2026</div></div>
<div class="message default clearfix" id="message12"><div class="body">
<div class="pull_right date details" title="12.07.2026 22:35:10 UTC+07:00">22:35</div>
<div class="from_name">Ayu</div><div class="text">Butuh admin<br>hari ini</div></div></div>
<div class="message default clearfix joined" id="message13"><div class="body">
<div class="pull_right date details" title="12.07.2026 22:36:10 UTC+07:00">22:36</div>
<div class="reply_to details">In reply to <a href="#go_to_message12">this message</a></div>
<div class="media_wrap clearfix"><a class="photo_wrap clearfix pull_left" href="photos/p.jpg"></a></div>
<div class="text">lagi</div></div></div></div></div></div></body></html>"""


def test_a_saved_article_is_one_post_of_its_main_text() -> None:
    (post,) = read(read_html, ARTICLE, "page.html").posts
    assert post.url == "https://news.example/berita/12"
    assert "delapan ratus dolar" in post.text
    assert "Beranda" not in post.text


def test_a_declared_job_is_read_as_declared() -> None:
    (post,) = read(read_html, JOB, "job.html").posts
    assert (post.title, post.author, post.url) == ("Chat support", "Contoh Group", "https://jobs.example/9")
    assert "Typing 40 words" in post.text
    assert (post.published, post.published_precision) == (datetime(2026, 7, 12, tzinfo=UTC), Precision.DAY)


def test_a_saved_telegram_preview_is_read_message_by_message() -> None:
    (post,) = read(read_html, PREVIEW, "s.html").posts
    assert (post.text, post.author, post.url) == ("Butuh admin", "Loker", "https://t.me/contoh_loker/5")


def test_a_telegram_desktop_export_in_html_is_read_message_by_message() -> None:
    first, second = read(read_html, DESKTOP, "messages.html").posts
    assert (first.text, first.author, first.thread) == ("Butuh admin\nhari ini", "Ayu", "Loker KH")
    assert (second.text, second.author, second.reply_to) == ("lagi", "Ayu", "Loker KH/12")
    assert [(media.kind, media.name) for media in second.media] == [("photo", "photos/p.jpg")]


@pytest.mark.parametrize(
    "page", ["", "<html></html>", "<html><body><script>alert(1)</script></body></html>", "<" * 50_000]
)
def test_a_page_without_a_post_is_set_aside(page: str) -> None:
    result = read(read_html, page, "page.html")
    assert len(result.posts) + len(result.set_aside) == 1


def test_hostile_markup_is_text_at_most() -> None:
    page = (
        "<html><body>"
        + "<div>" * 50_000
        + "gaji besar"
        + "<svg onload=alert(1)><!ENTITY x SYSTEM 'file:///etc/passwd'>&x;"
    )
    result = read(read_html, page, "page.html")
    assert len(result.posts) + len(result.set_aside) == 1
    assert all("root:" not in text for text in result.texts)


def test_a_page_of_20_mb_is_set_aside() -> None:
    result = read(read_html, b"<html><body>" + b"<p>a</p>" * 2_600_000, "page.html")
    assert "larger than 20 MB" in result.set_aside[0].reason


MHTML = f"""From: <Saved by Blink>
Snapshot-Content-Location: https://news.example/berita/13
Date: Sun, 12 Jul 2026 22:35:10 -0000
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="----B"

------B
Content-Type: text/html; charset="utf-8"
Content-ID: <frame-1@mhtml.blink>
Content-Transfer-Encoding: quoted-printable
Content-Location: https://news.example/berita/13

{ARTICLE.replace("=", "=3D").replace("Beranda", "<img src=3D'cid:a@b'>Beranda").replace("<!-- saved", "<!--")}
------B
Content-Type: image/png
Content-ID: <a@b>
Content-Transfer-Encoding: base64

iVBORw0KGgo=
------B--
"""


def test_a_page_in_mhtml_is_read_with_its_address() -> None:
    (post,) = read(read_mhtml, MHTML, "page.mhtml").posts
    assert post.url == "https://news.example/berita/13"
    assert "delapan ratus dolar" in post.text


@pytest.mark.parametrize(
    "content", ["MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x", "no mail"]
)
def test_an_mhtml_without_a_page_is_set_aside(content: str) -> None:
    result = read(read_mhtml, content, "page.mhtml")
    assert (result.posts, len(result.set_aside)) == ([], 1)


def _warc(*pages: tuple[str, str, str, bytes], gzipped: bool = True) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=gzipped)
    writer.write_record(writer.create_warcinfo_record("a.warc.gz", {"software": "test"}))
    for url, status, content_type, body in pages:
        head = StatusAndHeaders(status, [("Content-Type", content_type)], protocol="HTTP/1.1")
        record = writer.create_warc_record(url, "response", payload=io.BytesIO(body), http_headers=head)
        writer.write_request_response_pair(_request(writer, url), record)
    return out.getvalue()


def _request(writer: WARCWriter, url: str) -> object:
    head = StatusAndHeaders("GET / HTTP/1.1", [("Host", "news.example")], is_http_request=True)
    return writer.create_warc_record(url, "request", http_headers=head)


PAGES = (
    ("https://news.example/robots.txt", "200 OK", "text/plain", b"User-agent: *"),
    ("https://news.example/berita/12", "200 OK", "text/html; charset=utf-8", ARTICLE.encode()),
    ("https://news.example/none", "404 Not Found", "text/html", ARTICLE.encode()),
    ("https://news.example/a.png", "200 OK", "image/png", b"x"),
    ("https://t.me/s/contoh_loker", "200 OK", "text/html", PREVIEW.encode()),
)


@pytest.mark.parametrize("gzipped", [True, False])
def test_the_pages_of_a_web_archive_are_posts_and_the_rest_is_counted(gzipped: bool) -> None:
    result = read(read_warc, _warc(*PAGES, gzipped=gzipped), "a.warc.gz")
    assert [post.url for post in result.posts] == ["https://news.example/berita/12", "https://t.me/contoh_loker/5"]
    assert "5 request" in result.notes
    assert "3 response" in result.notes


def test_a_cut_web_archive_gives_the_pages_before_the_cut() -> None:
    whole = _warc(*PAGES)
    result = read(read_warc, whole[: len(whole) - 300], "a.warc.gz")
    assert len(result.posts) >= 1


def test_a_wacz_is_read_like_the_archives_in_it() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("datapackage.json", "{}")
        archive.writestr("archive/data.warc.gz", _warc(*PAGES))
        archive.writestr("archive/broken.warc.gz", b"no archive")
    result = read(read_wacz, out.getvalue(), "a.wacz")
    assert len(result.posts) == 2
    with pytest.raises(ImportRefused, match="no web archive"):
        empty = io.BytesIO()
        zipfile.ZipFile(empty, "w").close()
        read(read_wacz, empty.getvalue(), "a.wacz")


FEED = """<?xml version="1.0" encoding="ISO-8859-1"?><rss version="2.0"><channel><title>x</title><item>
<title>Vacante</title><link>https://news.example/1</link><description>Se busca técnico</description>
<pubDate>Sun, 12 Jul 2026 22:35:10 GMT</pubDate></item></channel></rss>"""


def test_a_saved_feed_is_read_entry_by_entry() -> None:
    (post,) = read(read_html, FEED.encode("iso-8859-1"), "feed.xml").posts
    assert (post.text, post.url) == ("Se busca técnico", "https://news.example/1")
