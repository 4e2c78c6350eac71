from casefile.settings import Select
from crawlers.reading.cards import read_advert, read_cards, read_replies
from crawlers.reading.page import Page, read_page

URL = "https://board.example/jobs?page=1"


def page(markup: str) -> Page:
    return read_page(markup.encode(), URL, "text/html; charset=utf-8")


def test_a_card_tells_what_its_selectors_find() -> None:
    listing = page(
        """<li class=ad data-id=7><a class=t href="/ad/7?utm_source=x#top">Admin Poipet</a><p>Gaji 10 juta</p>
        <b class=who>Ibu Contoh</b><time datetime=2026-11-01></time><i>1,2K views</i><img src=/p.jpg></li>"""
    )
    select = Select(
        post="li.ad", id="::attr(data-id)", link="a.t::attr(href)", title="a.t", text="p", author=".who",
        date="time::attr(datetime)", views="i", media="img::attr(src)",
    )  # fmt: skip
    (card,) = read_cards(listing, select)
    assert (card.native_id, card.url, card.title) == ("7", "https://board.example/ad/7", "Admin Poipet")
    assert (card.text, card.author, card.published_words) == ("Gaji 10 juta", "Ibu Contoh", "2026-11-01")
    assert card.media[0].url == "https://board.example/p.jpg"


def test_an_anchor_on_the_page_itself_is_a_permalink() -> None:
    (card,) = read_cards(page('<div class=j><a href="#job-5">x</a></div>'), Select(post=".j", link="a::attr(href)"))
    assert card.url == "https://board.example/jobs?page=1#job-5"


def test_an_xpath_does_what_css_cannot() -> None:
    markup = "<dl><dt>Pay<dd>900 USD<dt>Place<dd>Poipet</dl>"
    select = Select(text="xpath:.//dt[contains(., 'Place')]/following-sibling::dd[1]")
    assert read_advert(page(markup), select).text == "Poipet"


def test_the_text_of_an_element_inside_another_is_read_once() -> None:
    markup = "<div class=b>one <div class=b>two</div></div><div class=b>three</div>"
    assert read_advert(page(markup), Select(text=".b")).text == "one\ntwo\nthree"


def test_every_reply_is_a_post_with_an_address_of_its_own() -> None:
    thread = page(
        """<h1>Kerja di Kemboja?</h1>
        <article id=p1><b>ali_demo</b><div class=x>Ada kerja?<blockquote>old</blockquote></div></article>
        <article id=p2><b>mei_demo</b><div class=x>有工作</div></article>"""
    )
    select = Select(post="article", text="div.x", author="b", drop="blockquote")
    replies = read_replies(thread, select, "https://board.example/t/1")
    assert [reply.url for reply in replies] == [f"https://board.example/jobs?page=1#p{n}" for n in (1, 2)]
    assert [reply.text for reply in replies] == ["Ada kerja?", "有工作"]
    assert {reply.title for reply in replies} == {"Kerja di Kemboja?"}
    assert {reply.thread for reply in replies} == {"https://board.example/t/1"}


def test_a_reply_without_a_text_selector_is_all_its_words() -> None:
    (reply,) = read_replies(page("<article id=a>Halo <b>semua</b></article>"), Select(post="article"), "t")
    assert reply.text == "Halo semua"
