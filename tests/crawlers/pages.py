"""Pages of small invented sites, one for each family."""

from __future__ import annotations

from collections.abc import Sequence

from tests.crawlers.site import Answer, Site, html

BOARD = 'select: {post: li.ad, id: "::attr(data-id)", link: "a::attr(href)", title: h1, text: div.body, date: time}'
CARDS = 'select: {post: li.ad, id: "::attr(data-id)", text: p}'
FORUM = """select: {thread: "a.t::attr(href)", next: "a.next::attr(href)", post: article, id: "::attr(data-id)",
  link: "a.p::attr(href)", text: .x, author: b, date: time, drop: blockquote}"""


def advert(number: int, text: str = "", *, validated: bool = True) -> Answer:
    words = text or f"Lowongan nomor {number}<br>Gaji besar"
    return html(
        f"<h1>Iklan {number}</h1><div class=body>{words}</div><time>2026-11-0{number}</time>", validated=validated
    )


def board(site: Site, numbers: Sequence[int] = (1, 2, 3)) -> None:
    """A listing of two pages, and an advert for each number."""
    for page, held in (("/jobs", numbers[:2]), ("/jobs?p=2", numbers[2:])):
        cards = "".join(f'<li class=ad data-id={n}><a href="/ad/{n}">more</a></li>' for n in held)
        following = '<a rel=next href="/jobs?p=2">next</a>' if page == "/jobs" else ""
        site.pages[page] = html(f"<ul>{cards}</ul>{following}", validated=True)
    for number in numbers:
        site.pages[f"/ad/{number}"] = advert(number)


def cards(site: Site, texts: dict[int, str]) -> None:
    """A listing whose cards hold the whole adverts."""
    site.pages["/cards"] = html("".join(f"<li class=ad data-id={n}><p>{text}</p></li>" for n, text in texts.items()))


def forum(site: Site) -> None:
    """Two threads; the first has two pages."""
    site.pages["/forum"] = html('<a class=t href="/t/1">one</a><a class=t href="/t/2">two</a>')
    site.pages["/t/1"] = html(_replies(1, (1, 2)) + '<a class=next href="/t/1?p=2">next</a>')
    site.pages["/t/1?p=2"] = html(_replies(1, (3,), "?p=2"))
    site.pages["/t/2"] = html(_replies(2, (4,)))


def _replies(thread: int, numbers: Sequence[int], query: str = "") -> str:
    return f"<h1>Thread {thread}</h1>" + "".join(
        f'<article data-id={n}><b>who{n}</b><time>2026-10-0{n} 10:00</time><a class=p href="/t/{thread}{query}#p{n}">#</a>'
        f"<div class=x>Reply {n}<blockquote>quoted</blockquote></div></article>"
        for n in numbers
    )


def telegram(site: Site, numbers: Sequence[int], size: int = 3) -> None:
    """A channel's preview, `size` messages a page, and the pages before every message."""
    newest = numbers[-size:]
    site.pages["/s/kerja_demo"] = _preview(numbers, newest)
    for before in range(1, max(numbers) + 3):
        held = [n for n in numbers if n < before][-size:]
        site.pages[f"/s/kerja_demo?before={before}"] = _preview(numbers, held)


def _preview(numbers: Sequence[int], held: Sequence[int]) -> Answer:
    more = ""
    if held and held[0] > numbers[0]:
        more = f'<a class="tme_messages_more" data-before="{held[0]}" href="/s/kerja_demo?before={held[0]}"></a>'
    messages = "".join(
        f"""<div class="tgme_widget_message_wrap"><div class="tgme_widget_message" data-post="kerja_demo/{n}">
        <div class="tgme_widget_message_text">Pesan {n}</div><a class="tgme_widget_message_date"
        href="/kerja_demo/{n}"><time datetime="2026-10-01T08:{n:02}:00+00:00"></time></a></div></div>"""
        for n in held
    )
    return html(f'<section class="tgme_channel_history">{more}{messages}</section>')


def feed(site: Site) -> None:
    """A feed of two articles."""
    items = "".join(
        f"<item><title>Warning {n}</title><link>{site.url}/a/{n}</link><pubDate>Tue, 0{n} Nov 2026 10:00:00 GMT</pubDate></item>"
        for n in (1, 2)
    )
    body = f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>'
    site.pages["/feed.xml"] = Answer(body.encode(), headers={"Content-Type": "application/rss+xml"})
    for n in (1, 2):
        words = f"Police warned again of adverts that promise work across the border, case number {n}. " * 5
        site.pages[f"/a/{n}"] = html(f"<nav>Home Sport</nav><article><h1>Warning {n}</h1><p>{words}</p></article>")


def script(site: Site) -> None:
    """A page that is empty without JavaScript, with a button that loads the rest and traps for a careless browser."""
    site.pages["/app"] = html(
        """<div id=list></div><button class=more>more</button><img src="/picture.png">
        <script>
        const list = document.getElementById('list'), button = document.querySelector('button');
        async function load(page) {
          for (const job of await (await fetch('/api?p=' + page)).json())
            list.insertAdjacentHTML('beforeend', `<li class=ad data-id="${job.id}"><p>${job.text}</p></li>`);
          if (page === 2) button.remove();
        }
        let page = 1; load(page); button.onclick = () => load(++page);
        fetch('http://169.254.169.254/latest/meta-data').catch(() => 0);
        fetch('http://[::1]:1/').catch(() => 0);
        window.open('/popup');
        </script>"""
    )
    for page in (1, 2):
        jobs = ",".join(f'{{"id": {n}, "text": "Tin {n}: việc nhẹ"}}' for n in (2 * page - 1, 2 * page))
        site.pages[f"/api?p={page}"] = Answer(f"[{jobs}]".encode(), headers={"Content-Type": "application/json"})
