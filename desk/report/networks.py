"""One network of the report: who is in it, where it sends people, what it promises, and how we know."""

from __future__ import annotations

from collections.abc import Container, Sequence
from datetime import datetime
from statistics import median

from casefile.records import Actor, JoinReason, LinkKind, PostKind
from desk.report import wording
from desk.report.atlas import countries
from desk.report.book import Book
from desk.report.drawing import draw_network
from desk.report.model import ActorView, Claim, NetworkView, Refs, SignView
from desk.report.tally import NetworkTally, Pay, Place, Tally
from desk.report.ties import Ties
from desk.report.timeline import timeline
from desk.report.wording import certainty, count, listed, period

_MOST_ACTORS, _MOST_CONTACTS, _MOST_JOINS = 8, 12, 6
_MOST_COMPANIES, _MOST_PLACES, _MOST_PAY, _MOST_LINKS = 10, 12, 6, 40
_CONTEXT = 10
_THIN = 0.55  # up to here ICD 203 says no more than "roughly even chance"


def describe_network(ties: Ties, tally: Tally, book: Book, number: int) -> NetworkView:
    """The view of one network; its posts are taken into `book` and put in by the caller."""
    counted = tally.networks[ties.network.id]
    teller = _Teller(ties, tally, counted, book, number)
    actors = tuple(teller.actor(actor) for actor in ties.actors[:_MOST_ACTORS])
    destinations = teller.places(("destination", "worksite", "transit"))
    origins = teller.places(("origin",))
    companies = teller.companies()
    signs, pay, links = teller.signs(), teller.pay(), teller.links()
    return NetworkView(
        id=ties.network.id,
        number=number,
        name=ties.network.name[:200],
        towards=listed(_towards(counted)),
        paragraph=tuple(_paragraph(ties, counted, tally.offered, companies, pay, signs)),
        weak=tuple(_weak(ties, counted)),
        offers=len(counted.offers),
        texts=len(counted.texts),
        actors=actors,
        companies=companies,
        destinations=destinations,
        origins=origins,
        pay=pay,
        signs=signs,
        links=links,
        left_out=tuple(_left_out(ties)),
        timeline=timeline(counted.moments, counted.undated, height=120.0),
        graph=draw_network(ties, tally, book, number),
        posts=(),
        context=_context(counted),
        context_left_out=max(0, len(counted.context) - _CONTEXT),
        posts_left_out=0,
    )


class _Teller:
    """Turns counted things into claims, each with its proof."""

    def __init__(self, ties: Ties, tally: Tally, counted: NetworkTally, book: Book, number: int) -> None:
        self._ties, self._tally, self._counted = ties, tally, counted
        self._book, self._number = book, number

    def cite(self, posts: Sequence[str]) -> Refs:
        """The proof of a claim of this network."""
        return self._book.cite(self._number, posts)

    def claim(self, subject: str, statement: str, confidence: float, posts: Sequence[str], detail: str = "") -> Claim:
        """A claim about something that these posts say."""
        refs = self.cite(posts)
        first, last = self._span(posts)
        return Claim(
            subject=subject,
            statement=statement,
            certainty=certainty(confidence),
            first_seen=first,
            last_seen=last,
            refs=refs,
            weak=_thin(confidence, refs.total),
            detail=detail,
        )

    def actor(self, actor: Actor) -> ActorView:
        """A recruiter as far as the posts show."""
        known = [i for i in actor.identifiers if i in self._tally.offered]
        proofs = {link.to_id: link for link in self._ties.links if link.from_id == actor.id}
        contacts = []
        for identifier in known[:_MOST_CONTACTS]:
            link = proofs.get(identifier)
            posts = link.posts if link else actor.posts
            kind = self._ties.kinds.get(identifier) or identifier.partition(":")[0]
            contacts.append(
                self.claim(self._ties.name(identifier), kind, link.confidence if link else actor.confidence, posts)
            )
        refs = self.cite(actor.posts)
        first, last = self._span(actor.posts)
        shown = set(known)
        joins = [join for join in actor.joins if join.left in shown and join.right in shown]
        return ActorView(
            name=self._ties.name(actor.id),
            statement="these contacts belong together" if len(known) > 1 else "this contact offers work",
            certainty=certainty(actor.confidence),
            first_seen=first,
            last_seen=last,
            refs=refs,
            weak=_thin(actor.confidence, refs.total),
            contacts=tuple(contacts),
            joins=tuple(self._join(join) for join in joins[:_MOST_JOINS]),
            more_contacts=max(0, len(known) - _MOST_CONTACTS),
        )

    def places(self, roles: tuple[str, ...]) -> tuple[Claim, ...]:
        """Where people are said to come from or to be sent to; most posts first."""
        sure = {link.to_id: link.confidence for link in reversed(self._ties.among(LinkKind.SENDS_TO))}
        found = [place for place in self._counted.places.values() if place.role in roles]
        found.sort(key=lambda place: (roles.index(place.role) // 2, "/" not in place.id, -len(place.posts), place.name))
        return tuple(
            self.claim(place_name(place), _role_words(place), sure.get(place.id, place.confidence), place.posts)
            for place in found[:_MOST_PLACES]
        )

    def companies(self) -> tuple[Claim, ...]:
        """Companies that recruiters of this network name as theirs or as the employer."""
        links = [*self._ties.among(LinkKind.RECRUITS_FOR), *self._ties.among(LinkKind.WORKS_FOR)]
        said = {link.id: f"{self._ties.name(link.from_id)} {wording.LINK_WORDS[link.kind]} it" for link in links}
        return tuple(
            self.claim(self._ties.name(link.to_id), said[link.id], link.confidence, link.posts)
            for link in links[:_MOST_COMPANIES]
        )

    def pay(self) -> tuple[Claim, ...]:
        """What is promised."""
        found = sorted(self._counted.pay.items(), key=lambda item: (-len(item[1].posts), item[0]))
        return tuple(
            self.claim(_amount(pay, currency), f"a {unit}" if unit else "period not told", 1.0, pay.posts)
            for (currency, unit), pay in found[:_MOST_PAY]
            if pay.posts
        )

    def signs(self) -> tuple[SignView, ...]:
        """Warning signs, gathered under the ILO's indicators."""
        views = []
        for ilo, signs in self._counted.signs.items():
            posts = list(dict.fromkeys(post for found in signs.values() for post in found))
            each = sorted(((title, len(found)) for title, found in signs.items()), key=lambda sign: (-sign[1], sign[0]))
            views.append(SignView(ilo=ilo, signs=tuple(each), posts=len(posts), refs=self.cite(posts)))
        return tuple(sorted(views, key=lambda view: (-view.posts, view.ilo)))

    def links(self) -> tuple[Claim, ...]:
        """The links of the network, the most certain first."""
        ordered = sorted(self._ties.links, key=lambda link: (-link.confidence, -len(link.posts), link.id))
        return tuple(
            self.claim(self._ties.name(link.from_id), wording.LINK_WORDS[link.kind], link.confidence, link.posts,
                       self._ties.name(link.to_id))
            for link in ordered[:_MOST_LINKS]
        )  # fmt: skip

    def _join(self, join: JoinReason) -> Claim:
        name = self._ties.name
        return self.claim(name(join.left), join.reason, join.weight, join.posts, name(join.right))

    def _span(self, posts: Sequence[str]) -> tuple[datetime | None, datetime | None]:
        moments = [self._tally.offers[post][0] for post in posts if post in self._tally.offers]
        return (min(moments), max(moments)) if moments else (None, None)


def place_name(place: Place) -> str:
    """`Poipet, Cambodia`, or the country alone."""
    country = next((c.name for c in countries() if c.code and c.code == place.country.upper()), "")
    if "/" not in place.id:
        return country or place.name
    return f"{place.name} ({country})" if country and country not in place.name else place.name


def without_covered(places: Sequence[Place]) -> list[Place]:
    """The places without those countries of which a place is among them."""
    finer = {place.country for place in places if "/" in place.id}
    return [place for place in places if "/" in place.id or place.country not in finer]


def _role_words(place: Place) -> str:
    role = next((words for role, words in wording.ROLE_WORDS.items() if role.value == place.role), place.role)
    return f"{role} (a known compound)" if place.kind == "compound" else role


def _paragraph(
    ties: Ties,
    counted: NetworkTally,
    offered: Container[str],
    companies: Sequence[Claim],
    pay: Sequence[Claim],
    signs: Sequence[SignView],
) -> list[str]:
    offers = [at for at, kind in counted.moments if kind is PostKind.RECRUITMENT]
    told = [
        f"This network rests on {count(len(counted.offers), 'job offer')} in {count(len(counted.texts), 'wording')}"
        f" from {count(len(counted.sources), 'source')}, {period(min(offers, default=None), max(offers, default=None))}."
    ]
    if ties.actors:
        contacts = {i for actor in ties.actors for i in actor.identifiers if i in offered}
        told.append(
            f"As far as the posts show, {count(len(ties.actors), 'recruiter')} with {count(len(contacts), 'contact')}"
            f" {'is' if len(ties.actors) == 1 else 'are'} at work in it."
        )
        joined = [actor.confidence for actor in ties.actors if len(actor.identifiers) > 1]
        if joined:
            told.append(
                f"That the contacts of {'one recruiter' if len(joined) == 1 else 'the best proven recruiter'} belong together is {certainty(max(joined))}."
            )
    for roles, words in ((("destination", "worksite"), "send people to"), (("origin",), "are addressed to people in")):
        if places := _towards(counted, roles):
            told.append(f"The offers {words} {listed(places)}.")
    if companies:
        told.append(f"They name {listed(list(dict.fromkeys(claim.subject for claim in companies)))}.")
    if pay:
        told.append(f"They promise {pay[0].subject} {pay[0].statement}.")
    if signs:
        seen = [f"{sign.ilo.lower()} ({count(sign.posts, 'post')})" for sign in signs[:3]]
        told.append(f"Of the ILO's indicators of forced labour, the texts show most often: {listed(seen)}.")
    told.append(f"That these are offers of the harmful kind is {certainty(ties.network.suspect)}.")
    return told


def _towards(counted: NetworkTally, roles: Container[str] = ("destination", "worksite")) -> list[str]:
    """The places of these roles, most posts first, without countries that go without saying."""
    found = (place for place in counted.places.values() if place.role in roles)
    ordered = without_covered(sorted(found, key=lambda place: (-len(place.posts), place.name)))
    return list(dict.fromkeys(map(place_name, ordered)))


def _weak(ties: Ties, counted: NetworkTally) -> list[str]:
    reasons = []
    if len(counted.offers) < 3:
        reasons.append(f"it rests on {count(len(counted.offers), 'job offer')} only")
    if len(counted.offers) > 1 and len(counted.texts) == 1:
        reasons.append("all its posts are copies of one text, which is one witness")
    if len(counted.sources) == 1 and len(counted.texts) < 3:
        reasons.append("all its posts come from one source")
    if ties.network.suspect <= _THIN:
        reasons.append(f"that the offers are harmful is {certainty(ties.network.suspect)}")
    return reasons


def _left_out(ties: Ties) -> list[str]:
    named = (
        ("recruiter", len(ties.actors) - _MOST_ACTORS),
        ("link", len(ties.links) - _MOST_LINKS),
    )
    return [f"{count(more, f'more {what}')}" for what, more in named if more > 0]


def _context(counted: NetworkTally) -> tuple[str, ...]:
    """The posts to show beside a network: those of people who may need help first."""
    first = (PostKind.PLEA, PostKind.WARNING, PostKind.NEWS, PostKind.OTHER)
    ordered = sorted(counted.context, key=lambda found: first.index(found[0]))
    return tuple(post for _, post in ordered[:_CONTEXT])


def _thin(confidence: float, posts: int) -> str:
    if confidence <= _THIN:
        return "weak evidence"
    return "one post only" if posts == 1 else ""


def _amount(pay: Pay, currency: str) -> str:
    """What is usually promised: the medians, because one wrong reading must not make the range."""
    low, high = (f"{median(values):,.0f}" for values in (pay.lows, pay.highs))
    usual = f"{currency} {low}" if low == high else f"{currency} {low} to {high}"
    least, most = f"{min(pay.lows):,.0f}", f"{max(pay.highs):,.0f}"
    return usual if (least, most) == (low, high) else f"{usual} as a rule, {least} to {most} in all"
