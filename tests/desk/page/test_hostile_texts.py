"""Whatever strangers wrote, and wherever it is shown: the browser sees text, and nothing acts, loads or leads elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from casefile.corrections import Change
from casefile.records import Campaign, Connections, Decision, Label, LinkKind, Mention, PostKind
from casefile.saved_searches import save_search
from tests.casefile.making import save_connections
from tests.desk.page.conftest import Served, serving
from tests.desk.page.hostile_texts import HOSTILE_TEXTS
from tests.desk.report.sample import SETTINGS, Named, empty_case, entity_of, id_of, keep, link, post, read

_OF_A_FAMILY = 15  # screens that differ only in what they show; of posts all are looked at
# What a page of ours never holds, asked of the tree that the browser itself makes of it.
_LOOK = """async (address) => {
  const answer = await fetch(address);
  const type = answer.headers.get("content-type");
  if (/^(text\\/plain|application\\/json)/.test(type) && answer.headers.get("x-content-type-options") === "nosniff") return [[], []];
  if (!type.startsWith("text/html")) return [[type], []];
  const tree = new DOMParser().parseFromString(await answer.text(), "text/html");
  const found = [];
  for (const one of tree.querySelectorAll("*")) {
    const name = one.localName;
    if (/^(iframe|object|embed|base|video|audio|marquee|math|template|frame|applet|style|img)$/.test(name)) found.push(one.outerHTML);
    if (name === "script" && (one.textContent || !/^\\/static\\/[a-z-]+\\.js$/.test(one.getAttribute("src")))) found.push(one.outerHTML);
    if (name === "link" && !one.getAttribute("href").startsWith("/static/")) found.push(one.outerHTML);
    if (name === "meta" && one.hasAttribute("http-equiv")) found.push(one.outerHTML);
    for (const attribute of one.attributes) {
      if (/^on/i.test(attribute.name) || attribute.name === "srcdoc" || attribute.name === "style") found.push(one.outerHTML);
      if (/^(href|src|action|formaction|data|xlink:href)$/i.test(attribute.name) && !/^[/#](?![/\\\\])|^#|^$/.test(attribute.value)) found.push(one.outerHTML);
    }
  }
  return [found.map((one) => one.slice(0, 300)), Array.from(tree.querySelectorAll("a[href^='/']"), (one) => one.getAttribute("href").split("#")[0])];
}"""


def hostile_mentions(text: str) -> tuple[Mention, ...]:
    """The whole text, found as everything that something can be found as."""
    told = {"name": text, "title": text, "ilo": text, "role": "destination", "country": text, "currency": text}
    return tuple(
        Mention(label=label, start=0, end=len(text), surface=text, value=f"x:{text}", confidence=0.9, extractor=text, attributes=told)
        for label in Label
    )  # fmt: skip


def fill(folder: Path) -> Path:
    """A case that holds each of them in everything that a stranger, or a careless colleague, can write."""
    texts = [text.replace("\x00", "").encode("utf-8", "replace").decode() for text in HOSTILE_TEXTS]
    with empty_case(folder, SETTINGS) as case:
        posts = [post("id_evil", n, text, text, n, text) for n, text in enumerate(texts)]
        kinds = list(PostKind)
        readings = [
            replace(
                read(one, kinds[n % len(kinds)], ()),
                mentions=hostile_mentions(one.text),
                reasons=(one.text,),
                lang=one.text,
            )
            for n, one in enumerate(posts)
        ]
        keep(case, "id_evil", [replace(one, url=f"javascript:{one.text}") for one in posts], readings)
        ids = tuple(one.id for one in posts)
        named: list[Named] = [(Label.HANDLE, text, f"x:{text}", {"name": text}) for text in texts]
        links = tuple(link(id_of(named[0]), LinkKind.SENDS_TO, id_of(one), ids[:3]) for one in named[1:])
        campaigns = tuple(Campaign(id=f"campaign:{n}", posts=(one,), template=texts[n]) for n, one in enumerate(ids))
        entities = tuple({entity.id: entity for entity in map(entity_of, named)}.values())
        save_connections(
            case.store, Connections(entities=entities, actors=(), links=links, networks=(), campaigns=campaigns)
        )
        for n, text in enumerate(texts[:20]):
            case.judge(Decision.HIDE, [(text,)], text)
            case.correct(ids[n], Change(kind=PostKind.WARNING), text)
            case.audit("export", recipient=text, selection=text, handling=text, folder=text)
        for text in [one for one in texts if one.isprintable() and len(one) <= 80][:8]:
            save_search(case.folder, text, "poipet")
        return case.folder


@pytest.fixture
def hostile(browser: Browser, tmp_path: Path) -> Iterator[Served]:
    with serving(browser, fill(tmp_path)) as served:
        yield served


def acted(page: Page) -> bool:
    return bool(page.evaluate("window.acted || 0"))


def test_there_are_enough_ways_and_each_is_another() -> None:
    assert len(set(HOSTILE_TEXTS)) == len(HOSTILE_TEXTS) >= 150


def test_no_screen_lets_what_strangers_wrote_act(hostile: Served) -> None:
    page, elsewhere = hostile.context.pages[0], list[str]()
    page.on("dialog", lambda dialog: elsewhere.append(dialog.message))
    page.on("request", lambda asked: elsewhere.append(asked.url) if not asked.url.startswith(hostile.base) else None)
    page.goto(f"{hostile.base}/search?q=kind:recruitment")
    ahead, seen, posts, many = ["/"], {"/"}, 0, Counter[str]()
    while ahead:
        address = ahead.pop()
        found, links = page.evaluate(_LOOK, address)
        assert found == [], (address, found[:2])
        posts += address.startswith("/post/")
        for one in links:
            family = one.split("?")[0].split("/")[1] + "?" * ("?" in one)
            if one not in seen and (family == "post" or many[family] < _OF_A_FAMILY):
                many[family] += 1
                seen.add(one)
                ahead.append(one)
    assert posts >= 150
    assert elsewhere == [] and not acted(page)


def test_nothing_acts_where_screens_are_opened_for_real(hostile: Served) -> None:
    page, wrong = hostile.context.pages[0], list[str]()
    page.on("dialog", lambda dialog: wrong.append(dialog.message))
    page.on("request", lambda asked: wrong.append(asked.url) if not asked.url.startswith(hostile.base) else None)
    page.on("console", lambda said: wrong.append(said.text))  # the policy of the page would complain here
    for address in (
        "/",
        "/search",
        "/networks",
        "/routes",
        "/review",
        "/watch",
        "/sources",
        "/import",
        "/export",
        "/doing",
    ):
        page.goto(hostile.base + address)
        assert not acted(page) and page.url == hostile.base + address, address
    assert wrong == []
