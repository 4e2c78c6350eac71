"""Write the demo's posts: the texts of config/demo with their slots filled, the same on every machine."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from casefile.records import PostKind
from casefile.settings import CONFIG_FOLDER
from desk.demo.filling import Cast, Filling, chance, in_turn
from desk.demo.layouts import contact_id
from desk.demo.truth import POSTS_A_THREAD_PAGE, TODAY, DemoContent, DemoNetwork, DemoPost, DemoThread

DEMO_FOLDER = CONFIG_FOLDER / "demo"
_BEGIN = datetime(2026, 3, 20, tzinfo=UTC)
_FIRST_ID = {"board": 1001, "forum": 101, "quick": 501}
_PATH = {
    "board": "/jobs/{id}",
    "forum": "/thread/{thread}{page}#p{id}",
    "kerja": "/kerja_luar_demo/{id}",
    "haiwai": "/haiwai_gongzuo_demo/{id}",
    "news": "/articles/{id}",
    "quick": "/#job-{id}",
}


def write_content(edition: int = 1, folder: Path = DEMO_FOLDER) -> DemoContent:
    """All posts, networks and threads of one edition; in edition 2 one is edited, one is gone, two are new."""
    posts: list[DemoPost] = []
    networks: list[DemoNetwork] = []
    for path in sorted((folder / "networks").glob("*.yml")):
        data = _load(path)
        networks.append(_network(path.stem, data))
        for text in data["texts"]:
            posts += _send(text, data["contacts"] | data["words"], edition, path.stem)
    honest = _load(folder / "honest.yml")
    for text in honest["texts"]:
        employers = honest["employers"][text["lang"]]
        posts += _send(text, _as_cast([employers[i] for i in text["employers"]]), edition)
    for name in ("warnings", "news", "pleas", "talk"):
        data = _load(folder / f"{name}.yml")
        quoted = {key: [value] for key, value in data.get("quoted", {}).items()}
        for text in data["texts"]:
            posts += _send(text, quoted, edition)
    threads = tuple(DemoThread(slug=slug, **thread) for slug, thread in _load(folder / "forum.yml")["threads"].items())
    changed = TODAY if edition > 1 else None
    numbered = tuple(_number(posts, edition))
    return DemoContent(posts=numbered, networks=tuple(networks), threads=threads, changed=changed)


def _load(path: Path) -> Any:
    return YAML(typ="safe", pure=True).load(path.read_text("utf-8"))


def _as_cast(employers: Sequence[Mapping[str, str]]) -> Cast:
    return {key: [employer[key] for employer in employers] for key in employers[0]}


def _network(name: str, data: Mapping[str, Any]) -> DemoNetwork:
    return DemoNetwork(
        name=name,
        title=data["title"],
        contacts=frozenset(contact_id(value) for values in data["contacts"].values() for value in values),
        companies=tuple(data["words"]["company"]),
        origins=tuple(data["origins"]),
        transit=tuple(data["transit"]),
        destinations=tuple(data["destinations"]),
    )


def _send(text: Mapping[str, Any], cast: Cast, edition: int, network: str | None = None) -> Iterator[DemoPost]:
    """One post for each place and day in `posted`, as far as this edition knows the text."""
    template = text["edited"] if edition > 1 and "edited" in text else text["text"]
    written: set[str] = set()
    for turn, place in enumerate(text["posted"].split(",") if text.get("since", 1) <= edition else ()):
        where, day = place.split()
        minutes = timedelta(minutes=60 + chance(text["id"], turn) % 840)
        published = datetime.fromisoformat(f"2026-{day}T00:00:00+00:00") + minutes
        filling = Filling(cast, text["id"], turn, (published - _BEGIN) / (TODAY - _BEGIN))
        words = filling.fill_anew(template, written)
        yield _post(text, filling, words, where, published, network)


def _post(
    text: Mapping[str, Any], filling: Filling, words: str, where: str, published: datetime, network: str | None
) -> DemoPost:
    site, _, thread = where.partition("/")
    turn = filling.turn
    return DemoPost(
        id=text["id"] if site == "news" else "",
        site=site,
        path="",
        title=filling.fill(in_turn(text.get("title", "").split(" // "), turn)),
        author=filling.fill(in_turn(text["by"], turn)),
        published=published,
        text=words,
        kind=PostKind(text["kind"]),
        language=text["lang"],
        network=network,
        contacts=frozenset(filling.contacts),
        written=text["id"],
        thread=thread or None,
        forwarded_from=text.get("forwarded_from") if turn % 2 else None,
        reply_to=text.get("answers"),
        views=120 + chance("views", text["id"], turn) % 9000,
        picture=chance("picture", text["id"], turn) % 4 == 0,
        since=text.get("since", 1),
        until=text.get("until"),
    )


def _number(posts: Sequence[DemoPost], edition: int) -> Iterator[DemoPost]:
    """The posts in order of time, with their ids and what they reply to; later editions change no id."""
    last: dict[str, int] = defaultdict(int, {site: first - 1 for site, first in _FIRST_ID.items()})
    in_thread: dict[str, list[str]] = defaultdict(list)
    latest: dict[tuple[str, str | None], str] = {}
    for post in sorted(posts, key=lambda post: (post.since, post.published)):
        last[post.site] += 1
        number = post.id or str(last[post.site])
        # Until here `reply_to` names the network whose last post on this site is answered.
        reply_to = latest.get((post.site, post.reply_to)) if post.reply_to else None
        latest[post.site, post.network] = number
        page = ""
        if post.thread:
            before = in_thread[post.thread]
            reply_to = before[-1] if before else None
            page = f"?page={len(before) // POSTS_A_THREAD_PAGE + 1}" if len(before) >= POSTS_A_THREAD_PAGE else ""
            before.append(number)
        if post.until is None or edition <= post.until:
            path = _PATH[post.site].format(id=number, thread=post.thread, page=page)
            yield replace(post, id=number, path=path, reply_to=reply_to)
