"""Posts in containers: media, dates, order, and what a container must hold."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crawlers.reading.engines.layout import MOST_POSTS, Layout, date_words, left_out, read_layout
from crawlers.reading.found import Found
from crawlers.reading.page import read_page

LAYOUT = Layout(
    post=".post",
    text=(".words",),
    drop="blockquote",
    cut=r"^_{10,}$",
    author=(".name", ".guest"),
    date=("time", ".when"),
    id=("::attr(id)",),
    attached=".files a",
)


def posts(markup: str) -> list[Found]:
    return read_layout(read_page(f"<body>{markup}</body>".encode(), "https://board.example/t/7"), LAYOUT)


def test_pictures_of_the_author_are_kept_and_those_of_others_are_not() -> None:
    (post,) = posts(
        '<div class="post"><div class="words"><blockquote><img src="/theirs.jpg"></blockquote>Look <img src="/mine.jpg">'
        '<img class="smilie" src="/grin.gif"><img src="data:image/gif;base64,R0" data-src="/lazy.jpg"></div>'
        '<div class="files"><a href="/contract.pdf">contract.pdf</a></div></div>'
    )
    assert [(media.kind, media.url, media.name) for media in post.media] == [
        ("photo", "https://board.example/mine.jpg", None),
        ("photo", "https://board.example/lazy.jpg", None),
        ("file", "https://board.example/contract.pdf", "contract.pdf"),
    ]


def test_a_post_of_a_picture_alone_is_a_post() -> None:
    (post,) = posts('<div class="post" id="p5"><div class="words"><img src="/flyer.jpg"></div></div>')
    assert (post.text, post.native_id, post.url) == ("", "5", "https://board.example/t/7#p5")
    assert post.media


def test_posts_beyond_the_most_that_are_read_of_a_page_are_complained_of() -> None:
    posts = "".join(f'<div class="message-body" id=p{n}><article class="post">x</article></div>' for n in range(3))
    page = read_page(f"<body>{posts}</body>".encode(), "https://board.example/t/7")
    layout = Layout(post=".message-body", text=(".post",))
    assert left_out(page, layout) == ""
    many = read_page(f"<body>{'<p class=message-body>x' * (MOST_POSTS + 1)}</body>".encode(), page.url)
    assert left_out(many, layout) == "it holds 10,001 posts, and the first 10,000 of them were read"


def test_a_container_without_words_or_media_is_no_post() -> None:
    assert posts('<div class="post"><b class="name">Advert</b><div class="words"> </div></div>') == []


def test_a_signature_after_a_line_is_cut_off() -> None:
    (post,) = posts('<div class="post"><div class="words">Is it open?<br>_________________<br>Nok, cook</div></div>')
    assert post.text == "Is it open?"


def test_the_first_selector_that_finds_words_tells_the_author() -> None:
    (post,) = posts('<div class="post"><i class="name"> </i><i class="guest">Nok</i><p class="words">Hello</p></div>')
    assert post.author == "Nok"


def test_an_address_that_runs_code_is_no_permalink() -> None:
    layout = Layout(post=".post", text=(".words",), link=("a::attr(href)",))
    page = read_page(
        b'<div class="post"><p class="words">x</p><a href="javascript:alert(1)">#1</a></div>', "https://b.example/"
    )
    assert read_layout(page, layout)[0].url is None


def test_a_date_is_told_as_exactly_as_the_page_knows_it() -> None:
    root = read_page(
        b"<time datetime='2024-03-05T09:14:00Z'>yesterday</time><b title='Reply #3'>5 March 2024</b>"
        b"<i><u title='05-03-2024'>Yesterday</u>, 09:14</i>",
        "https://b.example/",
    ).root
    assert [date_words(root.css(query)[0]) for query in ("time", "b", "i")] == [
        "2024-03-05T09:14:00Z",
        "5 March 2024",
        "05-03-2024, 09:14",
    ]


@given(st.text(max_size=200))
def test_no_markup_breaks_the_reader(markup: str) -> None:
    (post, *_) = posts(f'<div class="post"><p class="words">Cooks wanted</p><i class="name">{markup}')
    assert post.text.startswith("Cooks wanted")
