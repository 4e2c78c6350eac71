"""Observations as they are kept in a case, and the ground that looks them up there."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from casefile.identity import link_id, sha256_hex
from casefile.records import JoinReason, Label, PostKind, Role
from casefile.store.connected import Kept
from graph.actors import Recruiter
from graph.entities import seen_in
from graph.evidence import Join
from graph.ground import keys_of, name_keys
from graph.joins import Joiner
from graph.links import said_by_itself
from graph.observation import Named, Observation
from graph.profiles import contact_of
from graph.settings import GraphSettings

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_NO_TITLES: Mapping[str, str] = {}


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
    kept.add(post.post_id, shape, encode(post), kept_keys(post, settings), microseconds(post.at), number)


def microseconds(at: datetime) -> int:
    """A time as it is kept."""
    return (at - _EPOCH) // _MICROSECOND


def keep_nodes(kept: Kept, recruiters: Iterable[Recruiter], joiner: Joiner) -> None:
    """Keep which nodes each recruiter is, and since when."""
    kept.set_nodes(
        (node, contact_of(node), recruiter.actor.id, microseconds(joiner.profile(node).first))
        for recruiter in recruiters
        for node in recruiter.nodes
    )


def keep_joins(kept: Kept, joins: Iterable[Join]) -> None:
    """Keep joins with their reasons."""
    kept.joins.put_joins((join.left, join.right, _join_record(join)) for join in joins)


def kept_joins(kept: Kept, node: str) -> Iterator[Join]:
    """The joins of a node, as they are kept."""
    for left, right, record in kept.joins.joins_of(node):
        probability, reasons = json.loads(record)
        yield Join(left, right, probability, tuple(_reason(*row) for row in reasons))


def _join_record(join: Join) -> str:
    reasons = [[r.left, r.right, r.reason, r.weight, r.posts, r.bits] for r in join.reasons]
    return json.dumps([join.probability, reasons], ensure_ascii=False, separators=(",", ":"))


def _reason(left: str, right: str, reason: str, weight: float, posts: Sequence[str], bits: float) -> JoinReason:
    return JoinReason(left=left, right=right, reason=reason, weight=weight, posts=tuple(posts), bits=bits)


def keep_standings(kept: Kept, joiner: Joiner) -> None:
    """Keep how the accounts and texts stand that joins were weighed with."""
    standings = {key_number(key): standing for key, standing in joiner.standings()}
    kept.joins.set_standings((key, standing) for key, standing in standings.items() if standing)
    kept.joins.drop_standings(key for key, standing in standings.items() if not standing)


def keep_namesakes(kept: Kept, posts: Iterable[Observation]) -> set[str]:
    """Keep the name keys of all contacts that the job offers among these posts give; returns these contacts."""
    offered = {named.id for post in posts if post.offers_work for named in post.contacts}
    kept.add_namesakes((key, contact) for contact in sorted(offered) for key in name_keys(contact))
    return offered


class KeptGround:
    """The posts of a case as they are kept; what was looked up is remembered. `changed` contacts must be judged anew."""

    def __init__(self, kept: Kept, changed: Collection[str] = frozenset()) -> None:
        self._kept, self._changed = kept, changed
        self._decoded: dict[int, Observation] = {}
        self._found: dict[str, Sequence[Observation]] = {}
        self._first: dict[tuple[str, int], Sequence[Observation]] = {}

    def posts(self, key: str, most: int | None = None) -> Sequence[Observation]:
        """See Ground."""
        found = self._found.get(key)
        if found is not None:
            return found if most is None else found[:most]
        if most is not None and (first := self._first.get((key, most))) is not None:
            return first
        posts = self._observations(self._kept.numbers(key_number(key), most))
        if most is None or len(posts) < most:
            self._found[key] = posts
        else:
            self._first[key, most] = posts
        return posts

    def namesakes(self, key: str) -> Collection[str]:
        """See Ground."""
        return self._kept.namesakes(key)

    def verdict(self, contact: str) -> bool | None:
        """See Ground; who is given by no job offer is no recruiter's either."""
        if contact in self._changed:
            return None
        return self._kept.joins.verdict(contact) is not False

    def _observations(self, numbers: Sequence[int]) -> list[Observation]:
        unknown = [number for number in numbers if number not in self._decoded]
        self._decoded.update((number, decode(record)) for number, record in self._kept.records(unknown))
        return [self._decoded[number] for number in numbers]
