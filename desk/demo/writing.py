"""Write the demo's posts: the texts of config/demo with their slots filled, the same on every machine."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from casefile.records import PostKind
from casefile.settings import CONFIG_FOLDER
from desk.demo.layouts import contact_id, lay_out
from desk.demo.truth import POSTS_A_THREAD_PAGE, TODAY, DemoContent, DemoNetwork, DemoPost, DemoThread

DEMO_FOLDER = CONFIG_FOLDER / "demo"
_BEGIN = datetime(2026, 3, 20, tzinfo=UTC)
_SLOT = re.compile(r"\{([^{}]+)\}")
_FIRST_ID = {"board": 1001, "forum": 101, "quick": 501}

Cast = Mapping[str, Sequence[str]]


@dataclass
class _Filling:
    """One text being filled for one posting: what it may choose from, and which contacts it came to name."""

    cast: Cast
    text_id: str
    turn: int
    when: datetime
    contacts: set[str] = field(default_factory=set)

    def fill(self, template: str) -> str:
        return _SLOT.sub(self._slot, template)

    def _slot(self, match: re.Match[str]) -> str:
        if "|" in match[1]:
            return _turn(match[1].split("|"), self.turn + _chance(self.text_id, match.start()))
        name, _, layouts = match[1].partition(" ")
        name, _, ahead = name.partition("+")
        value = self._value(name, int(ahead or 0))
        if not _is_contact(value):
            return value
        self.contacts.add(contact_id(value))
        return lay_out(value, _turn(layouts.split("/"), self.turn))

    def _value(self, name: str, ahead: int) -> str:
        values = self.cast[name]
        if name == "phone":  # recruiters rotate their numbers as time goes by
            spent = (self.when - _BEGIN) / (TODAY - _BEGIN)
            return _turn(values, int(spent * len(values)) + ahead)
        return _turn(values, self.turn + ahead)


def _turn(choices: Sequence[str], turn: int) -> str:
    return choices[turn % len(choices)]


def _chance(*parts: object) -> int:
    """A number that looks random and is the same everywhere."""
    return int.from_bytes(hashlib.sha256(repr(parts).encode()).digest()[:4], "big")


def _is_contact(value: str) -> bool:
    platform, colon, _ = value.partition(":")
    return value.startswith("+") or "@" in value or (bool(colon) and platform.isascii() and platform.islower())


def write_content(edition: int = 1, folder: Path = DEMO_FOLDER) -> DemoContent:
    """All posts, networks and threads of one edition; in edition 2 one is edited, one is gone, two are new."""
    posts: list[DemoPost] = []
    networks: list[DemoNetwork] = []
    forum = _load(folder / "forum.yml")
    for path in sorted((folder / "networks").glob("*.yml")):
        data = _load(path)
        networks.append(_network(path.stem, data))
        posts += _write_all(data["texts"], data["contacts"] | data["words"], edition, path.stem)
    honest = _load(folder / "honest.yml")
    for text in honest["texts"]:
        employers = honest["employers"][text["lang"]]
        posts += _write_all([text], _as_cast([employers[i] for i in text["employers"]]), edition)
    for name in ("warnings", "news", "pleas", "talk"):
        data = _load(folder / f"{name}.yml")
        quoted = {key: [value] for key, value in data.get("quoted", {}).items()}
        posts += _write_all(data["texts"], quoted, edition)
    threads = tuple(DemoThread(slug=slug, **thread) for slug, thread in forum["threads"].items())
    return DemoContent(posts=tuple(_number(posts, edition)), networks=tuple(networks), threads=threads)


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


def _write_all(
    texts: Sequence[Mapping[str, Any]], cast: Cast, edition: int, network: str | None = None
) -> Iterator[DemoPost]:
    for text in texts:
        if text.get("since", 1) <= edition:
            for turn, place in enumerate(text["posted"].split(",")):
                yield _write(text, cast, edition, network, turn, place)


def _write(text: Mapping[str, Any], cast: Cast, edition: int, network: str | None, turn: int, place: str) -> DemoPost:
    where, day = place.split()
    site, _, thread = where.partition("/")
    minute = timedelta(minutes=60 + _chance(text["id"], turn) % 840)
    filling = _Filling(cast, text["id"], turn, datetime.fromisoformat(f"2026-{day}T00:00:00+00:00") + minute)
    template = text["edited"] if edition > 1 and "edited" in text else text["text"]
    return DemoPost(
        id=text["id"] if site == "news" else "",
        site=site,
        path="",
        title=filling.fill(_turn(text.get("title", "").split(" // "), turn)),
        author=filling.fill(_turn(text["by"], turn)),
        published=filling.when,
        text=filling.fill(template).strip(),
        kind=PostKind(text["kind"]),
        language=text["lang"],
        network=network,
        contacts=frozenset(filling.contacts),
        written=text["id"],
        thread=thread or None,
        forwarded_from=text.get("forwarded_from") if turn % 2 else None,
        views=120 + _chance("views", text["id"], turn) % 9000,
        picture=_chance("picture", text["id"], turn) % 4 == 0,
        since=text.get("since", 1),
        until=text.get("until"),
    )


def _number(posts: Sequence[DemoPost], edition: int) -> Iterator[DemoPost]:
    """The posts in order of time with their ids; an id never changes from one edition to the next."""
    last: dict[str, int] = defaultdict(int, {site: first - 1 for site, first in _FIRST_ID.items()})
    in_thread: dict[str, list[str]] = defaultdict(list)
    for post in sorted(posts, key=lambda post: (post.since, post.published)):
        last[post.site] += 1
        number = post.id or str(last[post.site])
        before = in_thread[post.thread or ""]
        page = f"?page={len(before) // POSTS_A_THREAD_PAGE + 1}" if len(before) >= POSTS_A_THREAD_PAGE else ""
        path = _PATH[post.site].format(number, thread=post.thread, page=page)
        reply_to = before[-1] if post.thread and before else None
        before.append(number)
        if post.until is None or edition <= post.until:
            yield replace(post, id=number, path=path, reply_to=reply_to)


_PATH = {
    "board": "/jobs/{}",
    "forum": "/thread/{thread}{page}#p{}",
    "kerja": "/kerja_luar_demo/{}",
    "haiwai": "/haiwai_gongzuo_demo/{}",
    "news": "/articles/{}",
    "quick": "/#job-{}",
}
