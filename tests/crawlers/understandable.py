"""Pages of invented sites that nobody wrote selectors for: a forum, a list of adverts, an advert, a channel, a feed."""

from __future__ import annotations

from collections.abc import Sequence

from tests.crawlers.site import Answer, Site, html

_HEAD = "<!doctype html><html lang={lang}><head><meta charset=utf-8><title>{title}</title></head>"


def _page(body: str, *, lang: str, title: str) -> Answer:
    page = _HEAD.format(lang=lang, title=title) + body + "</html>"
    return Answer(page.encode(), headers={"Content-Type": "text/html; charset=utf-8"})


def forum(site: Site) -> None:
    """A forum with the default style of phpBB 3: a list of two threads; the first thread has two pages."""
    site.pages["/viewforum.php?f=2"] = _forum_page(
        "".join(
            f'<li class="row"><dl class="row-item"><dt><div class="list-inner">'
            f'<a href="./viewtopic.php?t={n}" class="topictitle">Kerja luar negeri {n}</a></div></dt></dl></li>'
            for n in (1, 2)
        )
    )
    following = '<div class="pagination"><ul><li class="arrow next"><a href="./viewtopic.php?t=1&amp;start=2" rel="next">Next</a></li></ul></div>'
    site.pages["/viewtopic.php?t=1"] = _forum_page(_replies(1, (11, 12)) + following)
    site.pages["/viewtopic.php?t=1&start=2"] = _forum_page(_replies(1, (13,)))
    site.pages["/viewtopic.php?t=2"] = _forum_page(_replies(2, (21,)))


def _forum_page(inside: str) -> Answer:
    body = (
        '<body id="phpbb" class="nojs notouch section-viewtopic ltr"><div id="wrap" class="wrap"><div id="page-body" class="page-body">'
        f'<h2 class="topic-title"><a href="#">Kerja luar negeri</a></h2>{inside}</div>'
        '<div id="page-footer"><ul><li class="rightside">All times are <span title="UTC+7">UTC+07:00</span></li></ul>'
        '<div class="copyright">Powered by <a href="https://www.phpbb.com/">phpBB</a>® Forum Software</div></div></div></body>'
    )
    return _page(body, lang="id", title="Kerja luar negeri - Forum Pekerja")


def _replies(thread: int, numbers: Sequence[int]) -> str:
    return "".join(
        f'<div id="p{n}" class="post has-profile bg2"><div class="inner"><dl class="postprofile" id="profile{n}"><dt>'
        f'<a href="./memberlist.php?mode=viewprofile&amp;u={n}" class="username">anggota{n}</a></dt><dd>Posts: 3</dd></dl>'
        f'<div class="postbody"><div id="post_content{n}"><h3><a href="./viewtopic.php?p={n}#p{n}">Re: Kerja</a></h3>'
        f'<p class="author"><a class="unread" href="./viewtopic.php?p={n}#p{n}">Post</a> by <strong>'
        f'<a href="./memberlist.php?mode=viewprofile&amp;u={n}" class="username">anggota{n}</a></strong> » '
        f"Mon Oct 05, 2026 10:{n} am</p>"
        f'<div class="content">Apakah ada yang tahu tawaran kerja nomor {n} ini? Gajinya besar sekali.</div>'
        f'<div id="sig{n}" class="signature">Salam dari {n}</div></div></div></div></div>'
        for n in numbers
    )


def adverts(site: Site, numbers: Sequence[int] = (1, 2, 3, 4, 5, 6)) -> None:
    """A list of job adverts, each with a page of its own that declares what it offers; the last page is missing."""
    cards = "".join(
        f'<li class="job-card"><h3><a href="/lowongan/{n}">Operator mesin {n}</a></h3><p class="company">PT Contoh {n}</p>'
        f"<p>Penempatan Batam, gaji {n} juta, mess dan makan ditanggung perusahaan, hubungi kami segera.</p>"
        f'<time datetime="2026-10-0{n}">{n} Oktober 2026</time></li>'
        for n in numbers
    )
    site.pages["/lowongan"] = _page(
        f"<body><nav><a href=/>Beranda</a><a href=/tentang>Tentang</a></nav><main><h1>Lowongan</h1><ul class=jobs>{cards}</ul></main></body>",
        lang="id",
        title="Lowongan kerja",
    )
    for n in numbers[:-1]:
        site.pages[f"/lowongan/{n}"] = advert(n)


def board_of_titles(site: Site) -> None:
    """A list whose cards are all the site tells: two of them lead to one page of another site."""
    cards = "".join(
        f'<li class="row"><a href="https://company{n // 2}.example/jobs">PT Contoh {n} mencari operator mesin nomor {n} di Batam</a>'
        f'<span class="age">2026-10-0{n}</span></li>'
        for n in range(1, 8)
    )
    site.pages["/titles"] = _page(f"<body><main><ul>{cards}</ul></main></body>", lang="id", title="Lowongan")


def loads_more(site: Site) -> None:
    """A list that a script draws six adverts of; its one button brings three more."""
    script = """<script>
      const list = document.querySelector('ul'), button = document.querySelector('button');
      const show = (from, to) => { for (let n = from; n <= to; n++) list.insertAdjacentHTML('beforeend',
        `<li class=card><h3><a href="/lowongan/${n}">Operator mesin nomor ${n}</a></h3><p>Penempatan Batam, kerja enam hari, mess
        dan makan ditanggung.</p><span class=date>2026-10-0${n}</span></li>`); };
      show(1, 6); button.onclick = () => { show(7, 9); button.remove(); };
    </script>"""
    body = f"<body><main><h1>Loker</h1><ul></ul><button id=more>Muat lagi (3)</button></main>{script}</body>"
    site.pages["/loker"] = _page(body, lang="id", title="Loker")
    for number in range(1, 10):
        site.pages[f"/lowongan/{number}"] = advert(number)


def advert(number: int) -> Answer:
    """One job advert that declares itself (schema.org JobPosting)."""
    declared = (
        f'{{"@context": "https://schema.org", "@type": "JobPosting", "title": "Operator mesin {number}", "datePosted": "2026-10-0{number}",'
        f'"hiringOrganization": {{"@type": "Organization", "name": "PT Contoh {number}"}},'
        f'"description": "<p>Penempatan Batam, gaji {number} juta. Kerja enam hari, mess dan makan ditanggung.</p>"}}'
    )
    body = f'<script type="application/ld+json">{declared}</script><body><h1>Operator mesin {number}</h1></body>'
    return _page(body, lang="id", title=f"Operator mesin {number}")


def login(site: Site) -> None:
    """A page that shows nothing but a form to log in."""
    site.pages["/members"] = html(
        '<form><input name=user><input type="password" name=pass><button>Log in</button></form>'
    )


def rules(site: Site, text: str) -> None:
    """What robots.txt says."""
    site.pages["/robots.txt"] = Answer(text.encode(), headers={"Content-Type": "text/plain"})
