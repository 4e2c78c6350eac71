"""How much a post looks like recruitment into forced or criminal work: an open sum of points, each with its reason."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from casefile.records import Label, Mention, PostKind
from pipeline.draft import Draft
from pipeline.extract.indicators import known_indicators
from pipeline.homes import countries_of_readers
from pipeline.tables import read_lists


def tell_suspect(draft: Draft) -> tuple[float, tuple[str, ...]]:
    """The score from 0 to 1, and the reasons for and against in plain words, weightiest first."""
    model = _model()
    signs = _sign_points(draft, model)
    total = float(model["start"]) + min(float(model["most_from_signs"]), sum(points for points, _ in signs))
    reasons = list(signs)
    offer = draft.kind_confidence if draft.kind is PostKind.RECRUITMENT else 0.5 * (1.0 - draft.kind_confidence)
    for name, places in _features(draft, model) if draft.kind is PostKind.RECRUITMENT else ():
        points = float(model["features"][name]["points"])
        total += points
        reasons.append((points, str(model["features"][name]["why"]).format(places=", ".join(places))))
    least = float(model["least"])
    score = (least + (1.0 - least) * offer) / (1.0 + math.exp(-total))
    reasons.sort(key=lambda reason: -abs(reason[0]))
    return round(score, 3), tuple(words for _, words in reasons)


def _sign_points(draft: Draft, model: Mapping[str, Any]) -> list[tuple[float, str]]:
    """Points of each warning sign that is there and not denied."""
    best: dict[str, float] = {}
    for mention in draft.mentions:
        if mention.label is Label.INDICATOR and not mention.attributes.get("negated"):
            weight = float(model["per_sign"][known_indicators()[mention.value].weight])
            best[mention.value] = max(best.get(mention.value, 0.0), weight * mention.confidence)
    return [
        (points, known_indicators()[sign].title[:1].lower() + known_indicators()[sign].title[1:])
        for sign, points in best.items()
    ]


def _features(draft: Draft, model: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The features that a post has, with the places that they are about."""
    features: list[tuple[str, tuple[str, ...]]] = [
        (name, ()) for name in (*_contact_features(draft.mentions, model), *_advert_features(draft))
    ]
    features += _place_features(draft, model)
    yield from features
    if _habits(draft, {name for name, _ in features}, model) >= int(model["habits_together"]):
        yield "habits", ()


def _habits(draft: Draft, features: set[str], model: Mapping[str, Any]) -> int:
    """How many habits of compound recruiters one offer abroad shows; alone each is found in honest offers too."""
    if not features & {"known_site", "hub_place", "abroad"}:
        return 0
    signs = {m.value for m in draft.mentions if m.label is Label.INDICATOR and not m.attributes.get("negated")}
    return len(signs & _words(model, "habits")) + len(features & {"known_site", "hub_place", "chat_only", "assures"})


def _contact_features(mentions: list[Mention], model: Mapping[str, Any]) -> Iterator[str]:
    hosts = [_host(m.value) for m in mentions if m.label is Label.URL]
    mails = [m.value.rpartition("@")[2] for m in mentions if m.label is Label.EMAIL]
    chats = any(
        m.value.partition(":")[0] in _words(model, "chat_platforms") for m in mentions if m.label is Label.HANDLE
    )
    chats = chats or any(host in _words(model, "chat_links") for host in hosts)
    elsewhere = [host for host in hosts if host not in _words(model, "chat_links")]
    phones = any(m.label is Label.PHONE for m in mentions)
    if chats:
        yield "chat_contact"
    if not mails and not elsewhere:
        yield "chat_only" if chats else "mobile_only" if phones else "no_contact"
    if any(host in _words(model, "short_links") for host in hosts):
        yield "short_link"
    if mails:
        yield "free_mail" if all(mail in _words(model, "free_mail") for mail in mails) else "company_mail"


def _advert_features(draft: Draft) -> Iterator[str]:
    registered = any(m.label is Label.ORG and m.attributes.get("form") for m in draft.mentions)
    yield "company_form" if registered else "no_company"
    parts = len({sense.start for sense in draft.senses if sense.name == "advert-part"})
    if parts >= 4 or len(draft.text) > 900:
        yield "full_advert"
    elif parts <= 1:
        yield "no_duties"
    told = {cue.name for cue in draft.cues}
    for sense, cue, feature in (("easy-money", "little-work", "easy_money"), ("grey-trade", "", "grey_trade")):
        found = [one for one in draft.senses if one.name == sense]
        if any(one.sure for one in found) or len(found) > 1 or cue in told:
            yield feature
    yield from (feature for cue, feature in _BY_CUE.items() if cue in told)
    if not any(m.label is Label.EMAIL for m in draft.mentions):
        yield from (feature for cue, feature in _BORROWED.items() if cue in told)
    yield from _pay_features(m for m in draft.mentions if m.label is Label.SALARY)


def _pay_features(pay: Iterator[Mention]) -> Iterator[str]:
    found = set()
    for mention in pay:
        least, most = mention.attributes.get("amount_min"), mention.attributes.get("amount_max")
        if mention.attributes.get("period") == "day":
            found.add("day_pay")
        if isinstance(least, int | float) and isinstance(most, int | float) and 0 < least * _WIDE <= most:
            found.add("wide_pay")
    yield from sorted(found)


_WIDE = 4
_BY_CUE = {
    "chosen": "chosen",
    "no-scam": "assures",
    "degree": "degree",
    "insured": "insured",
    "licensed": "licensed",
}
_BORROWED = {"brand": "borrowed_brand", "public-body": "borrowed_office"}


def _place_features(draft: Draft, model: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    home = countries_of_readers(draft.hints.lang)
    places = [m for m in draft.mentions if m.label is Label.LOC and m.attributes.get("role") in _SENT_TO]
    sites = _names(m for m in places if m.attributes.get("kind") in _words(model, "hub_kinds"))
    hubs = _names(m for m in places if m.attributes.get("country") in _words(model, "hub_countries"))
    if sites:
        yield "known_site", sites
    if hubs and not set(home) & _words(model, "hub_countries"):
        yield "hub_place", hubs
    abroad = _names(m for m in places if home and m.attributes.get("country") not in home)
    if abroad and not hubs:
        yield "abroad", abroad


_SENT_TO = ("destination", "worksite")


def _names(mentions: Iterator[Mention]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(mention.attributes["name"]) for mention in mentions))


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


@cache
def _model() -> Mapping[str, Any]:
    model = dict(read_lists("suspect"))
    for name in ("hub_countries", "hub_kinds", "chat_platforms", "free_mail", "short_links", "chat_links", "habits"):
        model[name] = frozenset(str(model[name]).split())
    return model


def _words(model: Mapping[str, Any], name: str) -> frozenset[str]:
    words: frozenset[str] = model[name]
    return words
