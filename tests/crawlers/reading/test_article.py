from crawlers.reading.article import read_article
from crawlers.reading.page import read_page

PARAGRAPH = "Ten young people who answered an advert for office work were brought across the river at night. "


def test_the_main_text_is_read_without_what_stands_around_it() -> None:
    markup = f"""<html><head><meta property="article:published_time" content="2026-05-06T07:08:09+07:00">
    <meta property="og:title" content="Across the river"><meta name=author content="សុខ ឧទាហរណ៍"></head><body>
    <nav><a href=/>Home</a> <a href=/sport>Sport</a></nav><article><h1>Across the river</h1>
    <p>{PARAGRAPH * 3}</p><p>{PARAGRAPH * 2}</p></article><footer>All rights reserved</footer></body></html>"""
    article = read_article(
        read_page(markup.encode(), "https://news.example/a/1?utm_source=x", "text/html; charset=utf-8")
    )
    assert "across the river at night" in article.text
    assert "Sport" not in article.text and "All rights" not in article.text
    assert (article.title, article.author) == ("Across the river", "សុខ ឧទាហរណ៍")
    assert article.published_words == "2026-05-06T07:08:09+07:00"


def test_a_page_without_an_article_gives_what_it_declares() -> None:
    page = read_page(b'<meta property="og:description" content="Short words"><body></body>', "https://news.example/")
    assert read_article(page).text == "Short words"


def test_a_page_too_large_to_be_sifted_is_read_in_its_main_part() -> None:
    markup = f"<body><nav>Home</nav><main><header>Top</header>{'<p>word</p>' * 9_000}</main><footer>End</footer></body>"
    article = read_article(read_page(markup.encode(), "https://news.example/"))
    assert article.text.split() == ["word"] * 9_000


def test_a_table_is_read_without_the_lines_between_its_cells() -> None:
    rows = "<tr><th>Place</th><th>Pay</th></tr><tr><td>Harbour</td><td>500</td></tr><tr><td>Hill</td><td>400</td></tr>"
    markup = (
        f"<body><article><h1>Pay</h1><p>{PARAGRAPH * 4}</p><table>{rows}</table><p>{PARAGRAPH * 2}</p></article></body>"
    )
    text = read_article(read_page(markup.encode(), "https://news.example/a/2")).text
    lines = text.split("\n")
    assert any("Harbour" in line and "500" in line for line in lines)
    assert "---" not in text and not any(line.startswith("|") or line.endswith("|") for line in lines)
