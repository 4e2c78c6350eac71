"""From material to statements: each says one thing, how sure it is, and which posts prove it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from itertools import islice
from statistics import median

from ruamel.yaml import YAML

from casefile.records import Actor, JoinReason, Link, LinkKind
from casefile.settings import CONFIG_FOLDER
from desk.dossier.material import Material, work_named
from desk.dossier.model import Recruiter, Row, Sign, Statement
from desk.languages import Country, Phrase, Value, counted, phrase
from desk.report.book import Book
from desk.report.model import Refs
from desk.report.networks import without_covered
from desk.report.tally import Pay, Place
from desk.report.wording import LINK_WORDS
from graph.analysis.activity import Event, EventKind, activity_of
from graph.analysis.routes import Route, find_routes
from graph.analysis.witnesses import witnesses_of

THIN = 0.55
"""Up to here ICD 203 says no more than a roughly even chance."""
_MOST = 3  # of a kind in the summary
_MOST_RECRUITERS, _MOST_CONTACTS, _MOST_REASONS = 12, 16, 8
_MOST_ROWS, _MOST_LINKS = 12, 40
_ENDS, _WAY = ("destination", "worksite"), ("destination", "worksite", "transit", "origin")
_NO_ILO = "Not one of the ILO's indicators"
_SUM = {"month": "a month", "day": "a day", "week": "a week", "hour": "an hour", "year": "a year"}


@cache
def definitions() -> dict[str, str]:
    """The ILO's indicators of forced labour, by name."""
    told: dict[str, str] = YAML(typ="safe").load((CONFIG_FOLDER / "ilo.yml").read_text(encoding="utf-8"))
    return told


class Teller:
    """Tells one subject; the posts that it needs are taken into `book`."""

    def __init__(self, material: Material, book: Book) -> None:
        self._material, self._book = material, book
        self._ties, self._tally, self._counted = material.ties, material.tally, material.counted
        self._sends = {link.to_id: link for link in reversed(self._ties.among(LinkKind.SENDS_TO))}

    def title(self) -> Phrase:
        """What the dossier is called."""
        network = self._material.subject
        if not network.is_network:
            return phrase("Recruiter {name}", name=self._ties.name(network.network.id))
        ends = [self._place(place) for place in self._ends()]
        return phrase("Network towards {places}", places=ends) if ends else phrase("Network without a told destination")

    # The summary ---------------------------------------------------------------------------------------------------
    def summary(self) -> Iterator[Statement]:
        """The whole in a few sentences."""
        offers = self._counted.offers
        first, last = self._span(offers)
        yield self._statement(
            phrase(
                "It rests on {offers} in {wordings} from {sources}, published from {first} to {last}.",
                offers=counted(len(offers), "job offer"),
                wordings=counted(len(self._counted.texts), "wording"),
                sources=counted(len(self._counted.sources), "source"),
                first=first,
                last=last,
            ),
            None,
            offers,
        )
        if self._material.subject.is_network and self._ties.actors:
            contacts = {one for actor in self._ties.actors for one in actor.identifiers if one in self._tally.offered}
            yield self._statement(
                phrase(
                    "As far as the posts show, it has {recruiters} with {contacts}.",
                    recruiters=counted(len(self._ties.actors), "recruiter"),
                    contacts=counted(len(contacts), "contact"),
                ),
                None,
                [post for actor in self._ties.actors for post in actor.posts],
            )
        yield from self._ends_in_short()
        yield from self._offers_in_short()
        yield self._statement(
            phrase("These are offers of the harmful kind."), self._material.subject.network.suspect, offers
        )

    def _ends_in_short(self) -> Iterator[Statement]:
        for place in self._ends():
            told = phrase("The offers send people to {place}.", place=self._place(place))
            yield self._statement(told, self._sure_of(place), place.posts)
        for place in self._ranked(("origin",))[:_MOST]:
            told = phrase("The offers look for people in {place}.", place=self._place(place))
            yield self._statement(told, place.confidence, place.posts)

    def _offers_in_short(self) -> Iterator[Statement]:
        for row in islice(self.pay(), 1):
            told = phrase("They promise {amount} {period}.", amount=row.cells[0], period=row.cells[1])
            yield Statement(told=told, refs=row.refs)
        for row in islice(self.companies(), 1):
            told = phrase("They name the company {company}.", company=row.cells[0])
            yield Statement(told=told, refs=row.refs, sure=row.sure)
        signs = [sign for sign in self.signs() if sign.definition][:_MOST]
        if signs:
            yield Statement(
                told=phrase(
                    "Of the ILO's indicators of forced labour, the texts show most often: {signs}.",
                    signs=[Phrase(sign.ilo) for sign in signs],
                ),
                refs=signs[0].statement.refs,
            )

    # The parts -----------------------------------------------------------------------------------------------------
    def recruiters(self) -> Iterator[Recruiter]:
        """Who recruits, those with most posts first."""
        for actor in self._ties.actors[:_MOST_RECRUITERS]:
            known = [one for one in actor.identifiers if one in self._tally.offered]
            several = phrase("These {n} contacts belong to one recruiter.", n=len(known))
            yield Recruiter(
                name=self._ties.name(actor.id),
                statement=self._statement(
                    several if len(known) > 1 else phrase("This contact offers work."), actor.confidence, actor.posts
                ),
                contacts=tuple(self._contact(actor, one) for one in known[:_MOST_CONTACTS]),
                reasons=tuple(self._reasons(actor, set(known))),
            )

    def _contact(self, actor: Actor, identity: str) -> Row:
        links = (
            link
            for link in self._ties.among(LinkKind.USES_CONTACT)
            if (link.from_id, link.to_id) == (actor.id, identity)
        )
        link = next(links, None)
        posts = link.posts if link else actor.posts
        kind = Phrase(self._ties.kinds.get(identity) or identity.partition(":")[0])
        return self._row(
            (self._ties.name(identity), kind, len(posts)), link.confidence if link else actor.confidence, posts
        )

    def _reasons(self, actor: Actor, known: set[str]) -> Iterator[Row]:
        joins = [join for join in actor.joins if join.left in known and join.right in known]
        for join in sorted(joins, key=_strongest)[:_MOST_REASONS]:
            names = self._ties.name(join.left), self._ties.name(join.right)
            weight: Value = phrase("{n} bits", n=f"{join.bits:+.1f}") if join.bits else join.weight
            yield self._row((*names, Phrase(join.reason), weight), None, join.posts)

    def pay(self) -> Iterator[Row]:
        """What is promised, the usual amounts first."""
        found = sorted(self._counted.pay.items(), key=lambda item: (-len(item[1].posts), item[0]))
        for (currency, unit), pay in found[:_MOST_ROWS]:
            if pay.posts:
                period = phrase(_SUM[unit]) if unit in _SUM else phrase("(for how long is not told)")
                yield self._row((_amount(pay, currency), period, len(pay.posts)), None, pay.posts)

    def work(self) -> Iterator[Row]:
        """The work that is named, in the words of the offers."""
        for words, posts in work_named(self._material.reads)[:_MOST_ROWS]:
            if told := self._redacted(words):
                yield self._row((told, len(posts)), None, posts)

    def companies(self) -> Iterator[Row]:
        """Companies that recruiters name as theirs or as the employer."""
        links = [*self._ties.among(LinkKind.RECRUITS_FOR), *self._ties.among(LinkKind.WORKS_FOR)]
        for link in links[:_MOST_ROWS]:
            cells = (self._ties.name(link.to_id), self._ties.name(link.from_id), len(link.posts))
            yield self._row(cells, link.confidence, link.posts)

    def places(self) -> Iterator[Row]:
        """Places by their part: where people are sent, through where, and where they are looked for."""
        for role in _WAY:
            for place in self._ranked((role,), covered=True)[:_MOST_ROWS]:
                part = phrase("work site, a known compound") if place.kind == "compound" else Phrase(_ROLES[role])
                sure = self._sure_of(place) if role in _ENDS else place.confidence
                yield self._row((self._place(place), part, len(place.posts)), sure, place.posts)

    def routes(self) -> Iterator[Row]:
        """From where, through where and to where, as single offers tell it."""
        for route in find_routes(self._material.reads, self._material.connections)[:_MOST_ROWS]:
            yield self._row(self._route(route), None, route.posts)

    def _route(self, route: Route) -> tuple[Value, ...]:
        named = {place.id: self._place(place) for place in self._counted.places.values()}
        ends = [named.get(one) or self._redacted(self._ties.name(one)) for one in (*route.transit, route.destination)]
        start: Value = (
            (named.get(route.origin) or self._ties.name(route.origin)) if route.origin else phrase("not told")
        )
        stated = phrase("told") if route.stated else phrase("inferred from the recruiter's other offers")
        return start, tuple(ends[:-1]), ends[-1], stated, route.witnesses, route.sources

    def changes(self) -> Iterator[Row]:
        """New contacts and destinations in the order of time; those at the beginning are not new."""
        activity = activity_of(self._ties.actors, self._material.reads, witnesses_of(self._material.connections))
        new = (
            event
            for event in activity.events
            if event.kind is not EventKind.BEGAN
            and event.now in self._tally.offered
            and self._material.may_be_told(event.now)
        )
        for event in islice(new, 2 * _MOST_ROWS):
            who = self._ties.name(event.actor)
            yield self._row((event.at, who, self._change(event), event.posts), None, [event.post])

    def _change(self, event: Event) -> Phrase:
        if event.kind is EventKind.MOVED:
            places = {place.id: self._place(place) for place in self._counted.places.values()}
            return phrase("a new destination: {place}", place=places.get(event.now) or self._ties.name(event.now))
        now = self._ties.name(event.now)
        if event.before and event.before in self._tally.offered and self._material.may_be_told(event.before):
            return phrase("{new} takes the place of {old}", new=now, old=self._ties.name(event.before))
        return phrase("a new contact: {new}", new=now)

    def links(self) -> Iterator[Row]:
        """Who hangs together with what, the surest first."""
        for link in self._own_links()[:_MOST_LINKS]:
            words = Phrase(LINK_WORDS[link.kind])
            yield self._row(
                (self._ties.name(link.from_id), words, self._ties.name(link.to_id)), link.confidence, link.posts
            )

    def signs(self) -> Iterator[Sign]:
        """Warning signs under the ILO's indicators, those in most posts first."""
        found = []
        for ilo, signs in self._counted.signs.items():
            posts = list(dict.fromkeys(post for those in signs.values() for post in those))
            each = sorted(((title, len(those)) for title, those in signs.items()), key=lambda one: (-one[1], one[0]))
            found.append((ilo, each, posts))
        for ilo, each, posts in sorted(found, key=lambda one: (one[0] == _NO_ILO, -len(one[2]), one[0])):
            told = phrase(
                "seen in {posts} of {all}", posts=counted(len(posts), "job offer"), all=len(self._counted.offers)
            )
            statement = self._statement(told, None, posts)
            yield Sign(ilo=ilo, definition=definitions().get(ilo, ""), signs=tuple(each), statement=statement)

    # The doubts ----------------------------------------------------------------------------------------------------
    def weak(self) -> Iterator[Phrase]:
        """Why the whole is weak, where it is."""
        offers, texts = len(self._counted.offers), len(self._counted.texts)
        if offers < 3:
            yield phrase("It rests on {offers} only.", offers=counted(offers, "job offer"))
        if offers > 1 and texts == 1:
            yield phrase("All its posts are copies of one text, which is one witness.")
        if len(self._counted.sources) == 1 and texts < 3:
            yield phrase("All its posts come from one source.")
        if self._material.subject.network.suspect <= THIN:
            yield phrase("That its offers are harmful is no more than an even chance.")
        if undated := self._counted.undated:
            yield phrase(
                "{posts} without a date: the day on which it was first seen stands for it.",
                posts=counted(undated, "post"),
            )

    def left_out(self) -> Iterator[Phrase]:
        """What there was no room for."""
        if (more := len(self._ties.actors) - _MOST_RECRUITERS) > 0:
            yield counted(more, "more recruiter")
        if (more := len(self._own_links()) - _MOST_LINKS) > 0:
            yield counted(more, "more link")

    def _own_links(self) -> list[Link]:
        """Without those to web sites, which tie everything to everything; the surest first."""
        links = (link for link in self._ties.links if self._ties.kinds[link.from_id] != "source")
        return sorted(links, key=lambda link: (-link.confidence, -len(link.posts), link.id))

    # What all of them need -------------------------------------------------------------------------------------------
    def _statement(self, told: Phrase, sure: float | None, posts: Sequence[str]) -> Statement:
        return Statement(told=told, sure=sure, refs=self._cite(posts))

    def _row(self, cells: tuple[Value, ...], sure: float | None, posts: Sequence[str]) -> Row:
        first, last = self._span(posts)
        return Row(cells=cells, sure=sure, refs=self._cite(posts), first=first, last=last)

    def _cite(self, posts: Sequence[str]) -> Refs:
        return self._book.cite(1, posts)

    def _span(self, posts: Sequence[str]) -> tuple[datetime | None, datetime | None]:
        moments = [self._tally.offers[post][0] for post in posts if post in self._tally.offers]
        return min(moments, default=None), max(moments, default=None)

    def _ranked(self, roles: Sequence[str], *, covered: bool = False) -> list[Place]:
        found = [place for place in self._counted.places.values() if place.role in roles]
        ordered = sorted(found, key=lambda place: (-len(place.posts), place.name))
        return ordered if covered else without_covered(ordered)

    def _ends(self) -> list[Place]:
        """Where people are sent most, whether as destination or as work site."""
        return sorted(_together(self._ranked(_ENDS)), key=lambda place: (-len(place.posts), place.name))[:_MOST]

    def _sure_of(self, place: Place) -> float:
        link = self._sends.get(place.id)
        return link.confidence if link else place.confidence

    def _place(self, place: Place) -> Value:
        """`Poipet (Cambodia)`, or the country alone, in the reader's language."""
        country = Country(place.country) if len(place.country) == 2 else None
        if "/" not in place.id:
            return country or self._redacted(place.name)
        town = self._redacted(place.name)
        return phrase("{town} ({country})", town=town, country=country) if country else town

    def _redacted(self, words: str) -> str:
        return self._material.held.finder.redact(words)


_ROLES = {"destination": "destination", "worksite": "work site", "transit": "transit", "origin": "origin"}


def _together(places: Sequence[Place]) -> list[Place]:
    """One entry a place, with the posts of all its roles."""
    found: dict[str, Place] = {}
    for place in places:
        known = found.get(place.id)
        posts = list(dict.fromkeys([*known.posts, *place.posts])) if known else place.posts
        found[place.id] = replace(known or place, posts=posts)
    return list(found.values())


def _strongest(join: JoinReason) -> tuple[float, float, str, str]:
    return -join.bits, -join.weight, join.left, join.right


def _amount(pay: Pay, currency: str) -> str:
    """What is usually promised: the medians, because one wrong reading must not make the range."""
    low, high = median(pay.lows), median(pay.highs)
    return f"{currency} {low:,.0f}" if low == high else f"{currency} {low:,.0f} – {high:,.0f}"
