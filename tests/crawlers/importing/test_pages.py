import gzip
import io
import json
import zipfile
from datetime import UTC, datetime

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from casefile.errors import ImportRefused
from casefile.records import Media, Precision
from crawlers.importing.mhtml import read_mhtml
from crawlers.importing.model import ImportKind
from crawlers.importing.pages import read_html
from crawlers.importing.readers import open_reads
from crawlers.importing.warc import read_wacz, read_warc

from .given import OPTIONS, Result, given, read

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


def test_a_saved_telegram_preview_with_a_button_is_read_and_a_contact_page_holds_no_post() -> None:
    button = '<a class="tgme_action_button_new">Open</a>'
    (post,) = read(read_html, PREVIEW.replace("</body>", f"{button}</body>"), "s.html").posts
    assert post.text == "Butuh admin"
    contact = f'<div class="tgme_page_wrap"><div class="tgme_page">{button}</div></div>'
    assert not read(read_html, contact, "c.html").posts


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


def test_a_page_of_100_mb_is_read_up_to_20_mb_and_the_rest_named() -> None:
    result = read(read_html, b"<html><body>" + (b"<p>loker " + b"a " * 10_000 + b"</p>\n") * 5_000, "page.html")
    assert result.set_aside[0].where == "the page, after byte 20,000,000"
    assert "larger than 20 MB" in result.set_aside[0].reason
    assert result.texts[0].startswith("loker a a")


def test_a_feed_that_is_a_page_is_read_as_a_page() -> None:
    kind, reads = open_reads(given(ARTICLE, "feed.xml"), ImportKind.FEED, OPTIONS)
    (post,) = Result(reads).posts
    assert (kind, post.url) == (ImportKind.FEED, "https://news.example/berita/12")


def test_times_of_a_page_are_read_in_the_order_of_the_whole_page() -> None:
    posts = "".join(
        f'<div class="message default clearfix" id="message{number}"><div class="body"><div class="date details" '
        f'title="{day}">x</div><div class="from_name">Ayu</div><div class="text">halo {number}</div></div></div>'
        for number, day in enumerate(("03/04/2026 10:00", "03/25/2026 10:00"))
    )
    page = f'<html><body><div class="page_wrap"><div class="history">{posts}</div></div></body></html>'
    result = read(read_html, page, "messages.html")
    assert [post.published and (post.published.month, post.published.day) for post in result.posts] == [(3, 4), (3, 25)]
    assert "2 times without a zone, read as UTC" in result.notes


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
    for gzipped in (True, False):
        whole = _warc(*PAGES, gzipped=gzipped)
        for cut in range(len(whole) // 3, len(whole) - 3, 97):
            result = read(read_warc, whole[:cut], "a.warc.gz")
            assert result.posts[0].url == "https://news.example/berita/12"
            rest = whole[cut:].lstrip(b"\r\n")
            assert result.set_aside or rest.startswith(
                (b"\x1f\x8b", b"WARC/")
            )  # a cut between records loses none of them


def test_what_stands_between_the_records_of_a_web_archive_is_named(capfd: pytest.CaptureFixture[str]) -> None:
    whole = _warc(*PAGES, gzipped=False)
    place = whole.index(b"WARC/1.0", whole.index(b"berita/12"))
    result = read(read_warc, whole[: place - 4] + b"<p>more than the length says" + whole[place - 4 :], "a.warc")
    assert len(result.posts) == 2
    assert "part of none" in result.set_aside[0].reason
    assert capfd.readouterr().err == ""


def test_a_picture_that_was_saved_beside_a_page_is_named_by_its_file() -> None:
    page = PREVIEW.replace(
        '<div class="tgme_widget_message_text">',
        '<a class="tgme_widget_message_photo_wrap" style="background-image:url(\'./Loker_files/a%20b.jpg\')"></a>'
        '<div class="tgme_widget_message_text">',
    )
    (post,) = read(read_html, page, "Loker.html").posts
    assert post.media == (Media(kind="photo", name="Loker_files/a b.jpg"),)


def test_a_web_archive_that_is_packed_in_one_piece_is_read() -> None:
    result = read(read_warc, gzip.compress(_warc(*PAGES, gzipped=False)), "a.warc.gz")
    assert [post.url for post in result.posts] == ["https://news.example/berita/12", "https://t.me/contoh_loker/5"]
    assert result.set_aside == []


def test_an_address_in_the_brackets_that_wget_writes_is_read() -> None:
    page = ("<https://news.example/berita/12>", "200 OK", "text/html", ARTICLE.encode())
    assert [post.url for post in read(read_warc, _warc(page), "a.warc").posts] == ["https://news.example/berita/12"]


def test_a_feed_in_a_web_archive_is_read_whatever_its_type_says() -> None:
    pages = [
        ("https://news.example/feed", "200 OK", "text/xml", FEED.encode("iso-8859-1")),
        ("https://news.example/a.xml", "200 OK", "text/xml", b"<a>b</a>"),
    ]
    assert read(read_warc, _warc(*pages), "a.warc").texts == ["Se busca técnico"]


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
