"""What a post shows for and against its being recruitment into forced or criminal work; each finding has a name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from casefile.records import Label, Mention
from pipeline.draft import Draft
from pipeline.extract.indicators import known_indicators
from pipeline.homes import countries_of_readers
from pipeline.suspect_model import SuspectModel

Findings = dict[str, tuple[str, ...]]
"""By name: the places or signs that a finding is about, mostly none."""

_SENT_TO = ("destination", "worksite")
_WIDE = 4  # pay of which the highest is so many times the lowest
_LONG = 900  # characters
_BRIEF = 220  # characters; a message, not an advert
_BY_CUE = {
    "chosen": "chosen",
    "no-scam": "assures",
    "degree": "degree",
    "insured": "insured",
    "licensed": "licensed",
    "greets": "greets",
    "chat-work": "chat_work",
    "boss": "boss",
    "joins": "joins",
}
_BORROWED = {"brand": "borrowed_brand", "public-body": "borrowed_office"}
_TROUBLE = frozenset(("held", "lost", "i-victim", "was-there"))
_TRICKS = frozenset(("scheme", "fact-check"))
_ADVERT = frozenset(("vacancy", "apply", "terms", "invites"))


@dataclass(slots=True)
class _Seen:
    """What the mentions of a post come to, gathered in one pass."""

    labels: set[Label] = field(default_factory=set)
    platforms: set[str] = field(default_factory=set)
    hosts: set[str] = field(default_factory=set)
    mails: set[str] = field(default_factory=set)
    places: list[Mention] = field(default_factory=list)
    pay: list[Mention] = field(default_factory=list)
    signs: dict[str, float] = field(default_factory=dict)
    has_form: bool = False


def offer_findings(draft: Draft, model: SuspectModel) -> Findings:
    """What speaks for and against a job offer."""
    seen = _see(draft.mentions)
    told = {cue.name for cue in draft.cues}
    found: Findings = dict.fromkeys((*_contacts(seen, model), *_advert(draft, seen, told)), ())
    if seen.places:
        found.update(_places(draft, seen, model))
    if seen.signs:
        found.update(_signs(seen))
    if _habits(seen, found, model) >= model.habits_together:
        found["habits"] = ()
    return found


def report_findings(draft: Draft, model: SuspectModel) -> Findings:
    """What makes a post that is no job offer worth a look: people in trouble, known places, an offer told of."""
    told = {cue.name for cue in draft.cues}
    labels = {mention.label for mention in draft.mentions}
    hubs = _names(
        m
        for m in draft.mentions
        if m.label is Label.LOC
        and (m.attributes.get("country") in model.hub_countries or m.attributes.get("kind") in model.hub_kinds)
    )
    found: Findings = {"told_place": hubs} if hubs else {}
    if not told:
        return found
    if not _TROUBLE.isdisjoint(told):
        found["people_held"] = ()
    if len(_ADVERT & told) >= 2:
        found["repeats_offer"] = ()
    if not _TRICKS.isdisjoint(told) and not labels.isdisjoint((Label.PHONE, Label.HANDLE, Label.EMAIL)):
        found["contacts_of_trick"] = ()
    if not _TRICKS.isdisjoint(told) and ("trade" in told or "vacancy" in told):
        found["job_trick"] = ()
    return found


def _see(mentions: Sequence[Mention]) -> _Seen:
    seen = _Seen()
    for mention in mentions:
        label = mention.label
        seen.labels.add(label)
        if label is Label.LOC:
            seen.places.append(mention)
        elif label is Label.INDICATOR:
            if not mention.attributes.get("negated"):
                seen.signs[mention.value] = max(seen.signs.get(mention.value, 0.0), mention.confidence)
        elif label is Label.HANDLE:
            seen.platforms.add(mention.value.partition(":")[0])
        elif label is Label.URL:
            seen.hosts.add(_host(mention.value))
        elif label is Label.EMAIL:
            seen.mails.add(mention.value.rpartition("@")[2])
        elif label is Label.SALARY:
            seen.pay.append(mention)
        elif label is Label.ORG and mention.attributes.get("form"):
            seen.has_form = True
    return seen


def _contacts(seen: _Seen, model: SuspectModel) -> Iterator[str]:
    chats = not (seen.platforms.isdisjoint(model.chat_platforms) and seen.hosts.isdisjoint(model.chat_links))
    if chats:
        yield "chat_contact"
    if "telegram" in seen.platforms:
        yield "telegram"
    if not seen.mails and seen.hosts <= model.chat_links:
        yield "chat_only" if chats else "mobile_only" if Label.PHONE in seen.labels else "no_contact"
    if not seen.hosts.isdisjoint(model.short_links):
        yield "short_link"
    if seen.mails:
        yield "free_mail" if seen.mails <= model.free_mail else "company_mail"


def _advert(draft: Draft, seen: _Seen, told: set[str]) -> Iterator[str]:
    yield "company_form" if seen.has_form else "named_org" if Label.ORG in seen.labels else "no_company"
    parts: set[int] = set()
    easy = trade = 0  # a sure phrase counts for two
    for sense in draft.senses:
        if sense.name == "advert-part":
            parts.add(sense.start)
        elif sense.name == "easy-money":
            easy += 1 + sense.sure
        elif sense.name == "grey-trade":
            trade += 1 + sense.sure
    if len(parts) >= 4 or len(draft.text) > _LONG:
        yield "full_advert"
    elif len(parts) <= 1:
        yield "no_duties"
    if len(draft.text) < _BRIEF:
        yield "brief"
    if easy > 1 or "little-work" in told:
        yield "easy_money"
    if trade > 1:
        yield "grey_trade"
    yield from (name for cue, name in _BY_CUE.items() if cue in told)
    if not seen.mails:
        yield from (name for cue, name in _BORROWED.items() if cue in told)
    yield from _pay(seen.pay)


def _pay(pay: Sequence[Mention]) -> Iterator[str]:
    for mention in pay:
        least, most = mention.attributes.get("amount_min"), mention.attributes.get("amount_max")
        if mention.attributes.get("period") in ("day", "week"):
            yield "day_pay"
        if isinstance(least, int | float) and isinstance(most, int | float) and 0 < least * _WIDE <= most:
            yield "wide_pay"


def _places(draft: Draft, seen: _Seen, model: SuspectModel) -> Findings:
    known = [m for m in seen.places if m.attributes.get("country")]  # a name that only the model knows has none
    leaves = tuple(str(m.attributes["country"]) for m in known if m.attributes.get("role") == "origin")
    home = countries_of_readers(draft.hints.lang) or leaves
    places = [m for m in known if m.attributes.get("role") in _SENT_TO]
    sites = _names(m for m in seen.places if m.attributes.get("kind") in model.hub_kinds)
    towns = _names(m for m in seen.places if m.attributes.get("place_id") in model.hub_towns)
    hubs = _names(m for m in places if m.attributes.get("country") in model.hub_countries)
    found: Findings = {name: told for name, told in (("known_site", sites), ("hub_town", towns)) if told}
    if hubs and model.hub_countries.isdisjoint(home):
        found["hub_place"] = hubs
    abroad = _names(m for m in places if home and m.attributes.get("country") not in home)
    if abroad and not hubs:
        found["abroad"] = abroad
    return found


def _signs(seen: _Seen) -> Findings:
    """The warning signs by their weight: the first of a weight as one finding, more of it as another."""
    found: Findings = {}
    known = known_indicators()
    by_weight: dict[str, list[str]] = {}
    for sign in seen.signs:
        by_weight.setdefault(known[sign].weight, []).append(known[sign].title)
    for weight, titles in by_weight.items():
        found[f"{weight}_sign"] = tuple(titles[:1])
        if len(titles) > 1:
            found[f"more_{weight}_signs"] = tuple(titles[1:])
    return found


def _habits(seen: _Seen, found: Findings, model: SuspectModel) -> int:
    """How many habits of compound recruiters one offer abroad shows; alone each is found in honest offers too."""
    if found.keys().isdisjoint(("known_site", "hub_town", "hub_place", "abroad")):
        return 0
    return len(seen.signs.keys() & model.habits) + len(
        found.keys() & {"known_site", "hub_place", "chat_only", "assures"}
    )


def _names(mentions: Iterator[Mention]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(mention.attributes.get("name") or mention.surface) for mention in mentions))


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
