"""Observations as they are kept in a case, and the ground that looks them up there."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from types import MappingProxyType

from casefile.identity import link_id, sha256_hex
from casefile.records import Label, PostKind, Role
from casefile.store.connected import Kept
from graph.actors import Recruiter
from graph.entities import seen_in
from graph.ground import keys_of, name_keys
from graph.links import said_by_itself
from graph.observation import Named, Observation
from graph.profiles import contact_of
from graph.settings import GraphSettings

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_NO_TITLES: Mapping[str, str] = {}
_NOTHING: Mapping[int, Observation] = MappingProxyType({})


def encode(post: Observation) -> str:
    """An observation as text."""
    return json.dumps(
        [
            post.post_id, post.kind.value, post.offers_work, post.suspect, post.at.isoformat(), post.captured.isoformat(),
            post.source, post.account, post.author, post.forwarded, post.lang, post.witness, post.opening,
            sorted(post.help_lines), [_row(named) for named in post.contacts], [_row(named) for named in post.others],
        ],
        ensure_ascii=False, separators=(",", ":"),
    )  # fmt: skip


def decode(text: str) -> Observation:
    """The observation that a text holds."""
    (
        post_id, kind, offers_work, suspect, at, captured, source, account, author, forwarded, lang, witness, opening,
        help_lines, contacts, others,
    ) = json.loads(text)  # fmt: skip
    return Observation(
        post_id=post_id,
        kind=PostKind(kind),
        offers_work=offers_work,
        suspect=suspect,
        at=datetime.fromisoformat(at),
        captured=datetime.fromisoformat(captured),
        source=source,
        account=account,
        author=author,
        forwarded=forwarded,
        lang=lang,
        contacts=tuple(_named(*row) for row in contacts),
        others=tuple(_named(*row) for row in others),
        witness=witness,
        opening=opening,
        help_lines=frozenset(help_lines),
    )


def _row(named: Named) -> list[object]:
    return [
        named.id, named.label.value, named.name, named.confidence, named.role.value, named.country, named.lat, named.lon
    ]  # fmt: skip


@lru_cache(maxsize=1 << 16)
def _named(
    identity: str,
    label: str,
    name: str,
    confidence: float,
    role: str,
    country: str | None,
    lat: float | None,
    lon: float | None,
) -> Named:
    return Named(identity, Label(label), name, confidence, Role(role), country, lat, lon)


@lru_cache(maxsize=1 << 16)
def key_number(key: str) -> int:
    """The number under which a key is kept: 64 bits of its hash. That two of ten million meet has a chance of 1 : 400,000."""
    return int(sha256_hex(key.encode("utf-8", "surrogatepass"))[:16], 16) - (1 << 63)


def campaign_key(witness: str) -> str:
    """The key of all posts with one text, whatever they are."""
    return f"campaign {witness}"


def moment(microseconds: int) -> datetime:
    """A kept time."""
    return _EPOCH + microseconds * _MICROSECOND


def kept_keys(post: Observation, settings: GraphSettings) -> set[int]:
    """All keys under which an observation is kept: what it shows, its text, and what it claims."""
    keys = {*keys_of(post), campaign_key(post.witness), *(identity for identity, *_ in seen_in(post, _NO_TITLES))}
    keys.update(link_id(*said.claim) for said in said_by_itself(post, settings))
    return set(map(key_number, keys))


def keep(kept: Kept, post: Observation, shape: str | None, settings: GraphSettings, number: int | None = None) -> None:
    """Keep an observation; without a number as the one that was captured last."""
    at = (post.at - _EPOCH) // _MICROSECOND
    kept.add(post.post_id, shape, encode(post), kept_keys(post, settings), at, number)


def keep_nodes(kept: Kept, recruiters: Iterable[Recruiter]) -> None:
    """Keep which nodes each recruiter is."""
    for recruiter in recruiters:
        kept.set_nodes(recruiter.actor.id, ((node, contact_of(node)) for node in recruiter.nodes))


def keep_namesakes(kept: Kept, posts: Iterable[Observation]) -> set[str]:
    """Keep the name keys of all contacts that the job offers among these posts give; returns these contacts."""
    offered = {named.id for post in posts if post.offers_work for named in post.contacts}
    kept.add_namesakes((key, contact) for contact in sorted(offered) for key in name_keys(contact))
    return offered


class KeptGround:
    """The posts of a case as they are kept; what was looked up is remembered."""

    def __init__(self, kept: Kept, decoded: Mapping[int, Observation] = _NOTHING) -> None:
        self._kept = kept
        self._decoded = dict(decoded)
        self._found: dict[tuple[str, int | None], Sequence[Observation]] = {}

    def posts(self, key: str, most: int | None = None) -> Sequence[Observation]:
        """See Ground."""
        found = self._found.get((key, most))
        if found is None:
            found = self._found[key, most] = list(map(self._observation, self._kept.numbers(key_number(key), most)))
        return found

    def namesakes(self, key: str) -> Collection[str]:
        """See Ground."""
        return self._kept.namesakes(key)

    def after(self, changed: Collection[int]) -> KeptGround:
        """The ground once the observations with these numbers were changed; all others need not be read again."""
        return KeptGround(self._kept, {number: post for number, post in self._decoded.items() if number not in changed})

    def _observation(self, number: int) -> Observation:
        post = self._decoded.get(number)
        if post is None:
            post = self._decoded[number] = decode(self._kept.record(number))
        return post
