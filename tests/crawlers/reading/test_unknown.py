import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.reading.page import read_page
from crawlers.reading.unknown import read_unknown
from tests.crawlers.reading.records.built import FOOTER, MENU, PROSE, cards, page_of, reply, row


def test_a_page_of_cards_is_a_listing_and_its_menu_is_none_of_it() -> None:
    read = read_unknown(page_of(MENU + cards(12) + FOOTER))
    assert (read.kind, len(read.posts)) == ("listing", 12)
    assert read.threads == tuple(f"https://papan.example/jobs/{n}" for n in range(12))
    assert not any("Menu entry" in post.text or "About us" in post.text for post in read.posts)
    assert read.why["author"] == "<a.company>"


def test_a_table_of_adverts_is_a_listing() -> None:
    read = read_unknown(page_of(f"{MENU}<table>{''.join(map(row, range(20)))}</table>"))
    assert (read.kind, len(read.posts)) == ("listing", 20)


def test_replies_that_are_signed_and_dated_are_a_forum() -> None:
    read = read_unknown(page_of(f"{MENU}<h1>Work over there</h1><div>{''.join(map(reply, range(6)))}</div>{FOOTER}"))
    assert (read.kind, [post.author for post in read.posts]) == ("forum", [f"budi{n}" for n in range(6)])
    assert read.posts[2].published_words == "2026-03-03 10:02"
    assert all(f"Reply {n}: Ten young people" in post.text for n, post in enumerate(read.posts))


def test_a_page_where_nothing_repeats_is_one_post() -> None:
    read = read_unknown(
        page_of(
            f"<h1>Across</h1><article><p>{PROSE * 4}</p><p>{PROSE * 2}</p></article>", "https://news.example/2026/a"
        )
    )
    assert (read.kind, len(read.posts)) == ("article", 1)
    assert "across the river" in read.posts[0].text


def test_an_article_beside_its_neighbours_stays_an_article() -> None:
    neighbours = "".join(f"<li><a href='/n/{n}'>Another story {n}</a></li>" for n in range(6))
    text = "".join(f"<p>{PROSE * 3}</p>" for _ in range(8))
    body = f"{MENU}<article><h1>Across</h1>{text}</article><aside class=related><ul>{neighbours}</ul></aside>{FOOTER}"
    read = read_unknown(page_of(body, "https://news.example/2026/03/across-the-river"))
    assert (read.kind, len(read.posts)) == ("article", 1)
    assert "Another story" not in read.posts[0].text


@pytest.mark.parametrize(
    ("address", "kind"), [("https://papan.example/lowongan/77", "job"), ("https://papan.example/berita/77", "article")]
)
def test_one_advert_is_a_job_where_its_address_says_so(address: str, kind: str) -> None:
    body = f"<h1>Clerk</h1><main><p>Kualifikasi: SMA. Kirim lamar ke kantor kami. {PROSE * 3}</p></main>"
    assert read_unknown(page_of(body, address)).kind == kind


def test_a_lists_own_words_are_a_post_where_they_are_more_than_a_heading() -> None:
    with_words = read_unknown(page_of(f"<h1>Jobs at sea</h1><p>{PROSE * 3}</p>{cards(12)}"))
    without = read_unknown(page_of(f"<h1>Jobs at sea</h1>{cards(12)}"))
    assert (len(with_words.posts), len(without.posts)) == (13, 12)
    assert with_words.posts[0].title == "Jobs at sea"


def test_consent_to_cookies_is_no_post_however_long_it_is() -> None:
    consent = "".join(f"<div class=row><h4><a href='/c{n}'>Purpose {n}</a></h4>{PROSE * 5}</div>" for n in range(9))
    read = read_unknown(page_of(f"<h1>Jobs</h1>{cards(12)}<div id='cookie-consent'>{consent}</div>"))
    assert len(read.posts) == 12


def test_an_empty_page_holds_no_post() -> None:
    assert read_unknown(page_of("")).posts == ()


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="<>/=\"' abdilprtuh0\n&;#", max_size=400))
def test_no_markup_raises(markup: str) -> None:
    assert read_unknown(page_of(markup)).kind in ("article", "listing", "forum", "job")


def test_a_link_that_a_reply_holds_is_not_its_headline() -> None:
    replies = "".join(
        reply(n).replace(PROSE, f"{PROSE} <a href='https://far.example/{n}'>what they wrote</a> ", 1) for n in range(6)
    )
    read = read_unknown(page_of(f"{MENU}<h1>Work over there</h1><div>{replies}</div>{FOOTER}"))
    assert (read.kind, {post.title for post in read.posts}) == ("forum", {None})
    assert read.posts[3].url == "https://papan.example/lowongan?page=2#m3"


def _unmarked(number: int) -> str:
    return (
        f"<div class=c{number}><div id=r{number}><div>melati{number} · <span>0{number + 1}/03/2026 19:5{number}</span></div>"
        f"<div><p>Reply {number}: {PROSE}</p><p>{PROSE}</p></div></div></div>"
    )


def test_replies_whose_markup_names_nothing_are_known_by_their_first_line() -> None:
    read = read_unknown(
        page_of(f"{MENU}<h1>Work over there</h1><div>{''.join(map(_unmarked, range(9)))}</div>{FOOTER}")
    )
    assert (read.kind, len(read.posts)) == ("forum", 9)
    assert (read.posts[2].author, read.posts[2].published_words) == ("melati2", "03/03/2026 19:52")
    assert read.posts[2].text.startswith("Reply 2: Ten young people")
    assert read.posts[2].url == "https://papan.example/lowongan?page=2#r2"


def test_related_threads_between_replies_are_no_reply() -> None:
    related = "".join(f"<a href='/t/{n}'>Is the work over there real, number {n}?</a> " for n in range(5))
    boxes = [reply(n) for n in range(6)]
    boxes.insert(3, f"<div class=message><b>Related</b> {related}</div>")
    read = read_unknown(page_of(f"<h1>Work over there</h1><div>{''.join(boxes)}</div>"))
    assert (read.kind, len(read.posts)) == ("forum", 6)


def test_signatures_under_replies_are_none_of_their_words() -> None:
    boxes = "".join(reply(n).removesuffix("</div>") + "<p class='user-signature'>Fly high</p></div>" for n in range(6))
    read = read_unknown(page_of(f"<h1>Work over there</h1><div>{boxes}</div>"))
    assert (read.kind, len(read.posts)) == ("forum", 6)
    assert not any("Fly high" in post.text for post in read.posts)


def test_a_thread_inside_the_rows_of_a_grid_is_found() -> None:
    boxes = "".join(map(reply, range(6)))
    rows = f"<div class=row>{MENU}</div><div class=row><div>{boxes}</div></div><div class=row>About {PROSE[:60]}</div>"
    read = read_unknown(page_of(f"<h1>Work over there</h1>{rows}"))
    assert (read.kind, len(read.posts)) == ("forum", 6)


def test_a_thread_on_a_page_that_calls_itself_an_article_is_a_thread() -> None:
    head = '<head><meta property="og:type" content="article"></head>'
    body = f"<h1>Tips</h1><div>{''.join(map(reply, range(9)))}</div>"
    page = read_page(f"<html>{head}<body>{body}</body></html>".encode(), "https://papan.example/topic/tips")
    assert read_unknown(page).kind == "forum"
