import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.reading.feeds import read_feed

URL = "https://news.example/feed.xml"
RSS = """<?xml version="1.0"?>{doctype}<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><item>
<title>Warning</title><link>/a/1?utm_medium=rss</link><description>{text}</description>
<dc:creator>Redaksi</dc:creator><pubDate>Tue, 10 Nov 2026 10:00:00 GMT</pubDate></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>urn:x:1</id><title>Cảnh báo</title>
<link href="https://news.example/a/1"/><updated>2026-11-10T10:00:00Z</updated><content type="html">&lt;p&gt;a&lt;/p&gt;b</content></entry></feed>"""


def test_rss_tells_address_author_time_and_text() -> None:
    (entry,) = read_feed(RSS.format(doctype="", text="&lt;p&gt;Jangan&lt;/p&gt;percaya").encode(), URL).entries
    assert (entry.url, entry.title, entry.author) == ("https://news.example/a/1", "Warning", "Redaksi")
    assert (entry.text, entry.published_words) == ("Jangan\npercaya", "Tue, 10 Nov 2026 10:00:00 GMT")


def test_atom_is_read() -> None:
    (entry,) = read_feed(ATOM.encode(), URL).entries
    assert (entry.url, entry.title, entry.text) == ("https://news.example/a/1", "Cảnh báo", "a\nb")


def test_a_json_feed_is_read() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [{"id": "1", "url": "/a/1", "content_text": "骗局"}, "x"],
    }
    (entry,) = read_feed(json.dumps(feed).encode(), URL).entries
    assert (entry.url, entry.text) == ("https://news.example/a/1", "骗局")


def test_a_sitemap_names_pages_and_an_index_names_sitemaps() -> None:
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    pages = read_feed(f"<urlset {space}><url><loc>https://news.example/a/1</loc></url></urlset>".encode(), URL)
    index = read_feed(f"<sitemapindex {space}><sitemap><loc>/s2.xml</loc></sitemap></sitemapindex>".encode(), URL)
    assert [entry.url for entry in pages.entries] == ["https://news.example/a/1"]
    assert index.feeds == ("https://news.example/s2.xml",)


def test_no_external_entity_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("TOP-SECRET", encoding="utf-8")
    doctype = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
    for feed in (
        RSS.format(doctype=doctype, text="&e;"),
        f"{doctype}<urlset><url><loc>http://a.example/&e;</loc></url></urlset>",
    ):
        assert "TOP-SECRET" not in str(read_feed(feed.encode(), URL))


def test_entities_that_multiply_stay_small() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(12))
    feed = RSS.format(doctype=f"<!DOCTYPE x [{laughs}]>", text="&l11;")
    assert len(str(read_feed(feed.encode(), URL))) < 10_000


def test_the_name_of_a_file_is_not_opened(tmp_path: Path) -> None:
    file = tmp_path / "feed.xml"
    file.write_text(RSS.format(doctype="", text="x"), encoding="utf-8")
    assert read_feed(str(file).encode(), URL).entries == ()


@pytest.mark.parametrize("reference", ["&#1114112;", "&#x110000;", "&#99999999999;", "&#xD800;", "&#0;"])
def test_a_feed_that_names_no_character_is_read_all_the_same(reference: str) -> None:
    (entry,) = read_feed(RSS.format(doctype="", text=f"Jangan {reference} & percaya").encode(), URL).entries
    assert entry.text.startswith("Jangan") and entry.text.endswith("percaya")


@pytest.mark.parametrize("start", [b"<urlset>", b"{", b"<rss>", b""])
@settings(deadline=None)  # the machine may be busy
@given(rest=st.binary(max_size=300))
def test_any_bytes_are_a_feed_or_none(start: bytes, rest: bytes) -> None:
    read_feed(start + rest, URL)
