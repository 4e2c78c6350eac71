"""What the index holds of each record: pure functions from records to documents (fields: config/elastic/)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import regex

from casefile.alerts import Alert
from casefile.defang import defang
from casefile.identity import entity_id, short_hash
from casefile.judgements import NOTHING_JUDGED, InForce
from casefile.records import Actor, Campaign, Crawl, CrawlOutcome, Decision, Entity, Label, Link, Mention, Network, Role
from casefile.search.tokens import digits_in
from casefile.store.indexable import IndexablePost
from casefile.watched_names import contact_ids

Document = dict[str, Any]
MOST_POSTS = 1_000
"""How many posts a document names; how many there are in all stands beside."""
_MOST_REASONS = 200
_LONGEST_ID = 400  # bytes; Elasticsearch takes 512


@dataclass(frozen=True, slots=True)
class Projection:
    """What every document says of the case, and what investigators decided."""

    case: Mapping[str, str]
    judged: InForce = NOTHING_JUDGED

    def post(self, found: IndexablePost) -> tuple[Document, list[Document]]:
        """A post, and each of its mentions."""
        mentions = found.reading.mentions if found.reading else ()
        named = [(mention, entity_id(mention)) for mention in mentions]
        ties = {kind: {"id": ids} for kind, ids in found.ties.items()}
        document = self._told(
            found.post.published or found.history.first_seen,
            post=_post_fields(found) | _told(judgement=self._judgement([found.post.id])),
            source={"name": found.post.source},
            capture=_capture_fields(found),
            **_named_fields(named),
            **ties,
        )
        return document, [self._mention(found, n, mention, entity) for n, (mention, entity) in enumerate(named)]

    def _mention(self, found: IndexablePost, number: int, mention: Mention, entity: str | None) -> Document:
        post, reading, told = found.post, found.reading, mention.attributes
        assert reading
        salary = mention.label is Label.SALARY and _told(
            minimum=told.get("amount_min"),
            maximum=told.get("amount_max"),
            currency=told.get("currency"),
            period=told.get("period"),
        )
        return self._told(
            post.published or found.history.first_seen,
            post=_told(id=post.id, lang=reading.lang, kind=reading.kind, suspect=reading.suspect, author=post.author),
            source={"name": post.source},
            mention=_told(
                id=mention_id(post.id, number),
                start=mention.start,
                end=mention.end,
                surface=mention.surface,
                value=mention.value,
                confidence=mention.confidence,
                extractor=mention.extractor,
                role=told.get("role"),
                attributes={name: value for name, value in told.items() if value is not None},
            ),
            entity=_told(
                id=entity,
                label=mention.label,
                name=told.get("name") or mention.value,
                country=told.get("country"),
                phone=mention.value if mention.label is Label.PHONE else None,
            ),
            salary=salary or None,
            geo=_point(told.get("lat"), told.get("lon")),
            **{kind: {"id": ids} for kind, ids in found.ties.items()},
        )

    def entity(self, entity: Entity, owners: Sequence[str] = ()) -> Document:
        """An entity; `owners` are the actors that it belongs to."""
        return self._told(
            entity.last_seen,
            entity=_told(
                id=entity.id,
                label=entity.label,
                name=entity.name,
                phone=entity.id if entity.label == Label.PHONE else None,
                country=entity.country,
                posts=entity.posts,
                first_seen=entity.first_seen,
                last_seen=entity.last_seen,
                degree=entity.degree,
                betweenness=entity.betweenness,
                judgement=self._judgement([entity.id]),
            ),
            geo=_point(entity.lat, entity.lon),
            actor=_told(id=list(owners)),
            network=_told(id=entity.network),
        )

    def actor(self, actor: Actor) -> Document:
        """A recruiter."""
        reasons = [f"{join.left} = {join.right}: {join.reason}" for join in actor.joins if join.bits >= 0]
        return self._told(
            actor.last_seen,
            actor=_told(
                id=actor.id,
                name=actor.name,
                confidence=actor.confidence,
                suspect=actor.suspect,
                posts=len(actor.posts),
                contacts=len(actor.identifiers),
                first_seen=actor.first_seen,
                last_seen=actor.last_seen,
                reasons=reasons[:_MOST_REASONS],
                judgement=self._judgement(actor.identifiers),
            ),
            entity=_told(
                id=list(actor.identifiers), phone=_phones(actor.identifiers), destination=list(actor.destinations)
            ),
            post=_told(id=list(actor.posts[:MOST_POSTS])),
            network=_told(id=actor.network),
        )

    def link(self, link: Link, nodes: Mapping[str, Entity | Actor]) -> Document:
        """A link; `nodes` are its ends, as far as they are known."""
        ends = {identity: nodes.get(identity) for identity in (link.from_id, link.to_id)}
        actors = [identity for identity, node in ends.items() if isinstance(node, Actor)]
        networks = sorted({node.network for node in ends.values() if node and node.network})
        decision = self.judged.on_link(*_judged_ends(link, ends))
        return self._told(
            link.last_seen,
            link=_told(
                id=link.id,
                kind=link.kind,
                role=link.role,
                confidence=link.confidence,
                posts=len(link.posts),
                first_seen=link.first_seen,
                last_seen=link.last_seen,
                judgement=_DECIDED.get(decision) if decision else None,
            ),
            **{"from": _end(link.from_id, ends[link.from_id]), "to": _end(link.to_id, ends[link.to_id])},
            entity=_told(id=[identity for identity in ends if identity not in actors]),
            actor=_told(id=actors),
            network=_told(id=networks),
            post=_told(id=list(link.posts[:MOST_POSTS])),
        )

    def campaign(self, campaign: Campaign) -> Document:
        """A campaign."""
        return self._told(
            campaign.last_seen,
            campaign=_told(
                id=campaign.id,
                template=campaign.template,
                posts=len(campaign.posts),
                sources=campaign.sources,
                first_seen=campaign.first_seen,
                last_seen=campaign.last_seen,
                translation_of=campaign.translation_of,
            ),
            post=_told(id=list(campaign.posts[:MOST_POSTS])),
        )

    def network(self, network: Network) -> Document:
        """A network."""
        actors = [member for member in network.members if member.startswith("actor:")]
        entities = [member for member in network.members if not member.startswith("actor:")]
        return self._told(
            network.last_seen,
            network=_told(
                id=network.id,
                name=network.name,
                suspect=network.suspect,
                members=len(network.members),
                posts=len(network.posts),
                first_seen=network.first_seen,
                last_seen=network.last_seen,
            ),
            entity=_told(id=entities, destination=list(network.destinations), origin=list(network.origins)),
            actor=_told(id=actors),
            post=_told(id=list(network.posts[:MOST_POSTS])),
        )

    def crawl(self, crawl: Crawl) -> Document:
        """A crawl that ended; one that never told its end was killed."""
        ended = crawl.ended_at
        return self._told(
            crawl.begun_at,
            crawl=_told(
                id=crawl.id,
                outcome="killed" if crawl.outcome is CrawlOutcome.RUNNING else crawl.outcome,
                detail=crawl.detail,
                alarm=crawl.alarm,
                begun_at=crawl.begun_at,
                ended_at=ended,
                seconds=(ended - crawl.begun_at).total_seconds() if ended else None,
                pages=crawl.pages,
                posts_seen=crawl.posts_seen,
                posts_new=crawl.posts_new,
                posts_changed=crawl.posts_changed,
                posts_gone=crawl.posts_gone,
                posts_dated=crawl.posts_dated,
                text_length=crawl.text_length,
            ),
            source={"name": crawl.source},
        )

    def alert(self, alert: Alert) -> Document:
        """An alert."""
        return self._told(
            alert.at,
            alert=_told(
                id=alert.id,
                sequence=alert.sequence,
                watch=alert.watch,
                kind=alert.kind,
                subject=alert.subject,
                found=list(alert.found),
                posts=len(alert.posts),
                owed=list(alert.owed),
                told=list(alert.told),
            ),
            entity=_told(id=sorted({*contact_ids(alert.subject), *(one for one in alert.found if ":" in one)})),
            post=_told(id=list(alert.posts[:MOST_POSTS])),
        )

    def _told(self, at: datetime | None, **parts: Any) -> Document:
        return {"@timestamp": at, "case": self.case, **_told(**parts)} if at else {"case": self.case, **_told(**parts)}

    def _judgement(self, identifiers: Iterable[str]) -> str | None:
        ids = set(identifiers)
        if not ids.isdisjoint(self.judged.hidden):
            return "hidden"
        claims = {(identifier,) for identifier in ids}
        # Where some were judged differently: rather accuse nobody.
        if not claims.isdisjoint(self.judged.rejected):
            return "rejected"
        return None if claims.isdisjoint(self.judged.confirmed) else "confirmed"


def document_id(identity: str) -> str:
    """The id of a record's document: its own, or a hash of it where Elasticsearch would not take it."""
    return identity if len(identity.encode("utf-8", "surrogatepass")) <= _LONGEST_ID else short_hash("long", identity)


def mention_id(post: str, number: int) -> str:
    """The id of a post's mention: the post's, and its number in the order of the text."""
    return f"{post}-{number}"


# Parts of a post --------------------------------------------------------------------------------------------------
def _post_fields(found: IndexablePost) -> Document:
    post, reading, history = found.post, found.reading, found.history
    fields = _told(
        id=post.id,
        native_id=post.native_id,
        url=post.url,
        url_defanged=defang(post.url),
        title=post.title,
        text=post.text,
        tokens=found.tokens,
        signs=" ".join(_signs(post.text)),
        author=post.author,
        author_url_defanged=defang(post.author_url),
        lang=reading.lang if reading else post.lang,
        languages=list(reading.languages) if reading else None,
        region=post.region,
        thread=post.thread,
        reply_to=post.reply_to,
        forwarded_from=post.forwarded_from,
        views=post.views,
        media=[media.kind for media in post.media],
        published=post.published,
        published_precision=post.published_precision,
        first_seen=history.first_seen,
        last_seen=history.last_seen,
        gone_at=history.gone_at,
    )
    fields |= {"gone": history.gone_at is not None, "read": found.read_now}
    if reading:
        fields |= {"kind": reading.kind, "kind_confidence": reading.kind_confidence, "suspect": reading.suspect}
        fields |= _told(reasons=list(reading.reasons))
    return fields


def _capture_fields(found: IndexablePost) -> Document:
    capture = found.capture
    if capture is None:
        return {}
    names = ("id", "captured_at", "status", "warc_file", "warc_offset", "record_id", "payload_sha256")
    return {name: getattr(capture, name) for name in names} | {"count": found.captures}


def _named_fields(named: Sequence[tuple[Mention, str | None]]) -> Document:
    """What a post names, as its own fields; every list without repetitions."""
    fields: dict[str, dict[str, dict[Any, None]]] = {}
    points: dict[tuple[float, float], None] = {}

    def add(group: str, name: str, value: object) -> None:
        if value:
            fields.setdefault(group, {}).setdefault(name, {})[value] = None

    for mention, entity in named:
        add("entity", "id", entity)
        add("entity", "label", mention.label)
        if mention.label is Label.LOC:
            role = mention.attributes.get("role")
            for name in ("any", str(role)) if role in _ROLES else ("any",):
                add("place", name, mention.value)
                add("place_words", name, mention.surface)
                add("place_words", name, mention.attributes.get("name"))
            if role in (Role.DESTINATION, Role.ORIGIN):
                add("entity", str(role), entity)
            if role == Role.DESTINATION and (
                point := _point(mention.attributes.get("lat"), mention.attributes.get("lon"))
            ):
                points[point["lat"], point["lon"]] = None
        elif mention.label is Label.PHONE:
            add("entity", "phone", mention.value)
            add("entity", "phone_reversed", digits_in(mention.value)[::-1])
        elif mention.label is Label.INDICATOR:
            add("indicator", "name", mention.value)
        if mention.label in _VALUES:
            add("value", mention.label.lower(), mention.value)
    lists = {group: {name: list(values) for name, values in names.items()} for group, names in fields.items()}
    return {**lists, "geo": [{"lat": lat, "lon": lon} for lat, lon in points]}


_ROLES = frozenset(map(str, Role))
_VALUES = frozenset(set(Label) - {Label.LOC, Label.PHONE, Label.SALARY})


@cache
def _between_tokens() -> regex.Pattern[str]:
    return regex.compile(r"[^\p{L}\p{M}\p{N}_]+")


def _signs(text: str) -> Iterator[str]:
    """What stands between the tokens, sign by sign (a space as ␣); `_` parts one place from the next."""
    for run in _between_tokens().findall(text):
        if not run.isspace():
            yield from ("\N{OPEN BOX}" if sign.isspace() else sign for sign in run)
            yield "_"


# Small parts ---------------------------------------------------------------------------------------------------------
_DECIDED = {Decision.CONFIRM: "confirmed", Decision.REJECT: "rejected"}


def _told(**parts: Any) -> Document:
    """The parts that tell anything."""
    return {name: part for name, part in parts.items() if part is not None and part != "" and part != [] and part != {}}


def _point(lat: Any, lon: Any) -> dict[str, float] | None:
    if not isinstance(lat, int | float) or not isinstance(lon, int | float) or abs(lat) > 90 or abs(lon) > 180:
        return None
    return {"lat": float(lat), "lon": float(lon)}


def _phones(identifiers: Iterable[str]) -> list[str]:
    return [identifier.removeprefix("phone:") for identifier in identifiers if identifier.startswith("phone:")]


def _end(identity: str, node: Entity | Actor | None) -> Document:
    if isinstance(node, Entity):
        return _told(id=identity, label=node.label, name=node.name, geo=_point(node.lat, node.lon))
    return {"id": identity, "label": "ACTOR" if node else "UNKNOWN", "name": node.name if node else identity}


def _judged_ends(link: Link, ends: Mapping[str, Entity | Actor | None]) -> tuple[Collection[str], str, Collection[str]]:
    """A judgement names an actor by its identifiers, and everything else by its id."""

    def known_as(identity: str) -> Collection[str]:
        node = ends[identity]
        return node.identifiers if isinstance(node, Actor) else (identity,)

    return known_as(link.from_id), link.kind, known_as(link.to_id)
