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
from pipeline.homes import home_countries
from pipeline.tables import read_lists


def tell_suspect(draft: Draft) -> tuple[float, tuple[str, ...]]:
    """The score from 0 to 1, and the reasons for and against in plain words, weightiest first."""
    model = _model()
    reasons: list[tuple[float, str]] = []
    offer = draft.kind_confidence if draft.kind is PostKind.RECRUITMENT else 1.0 - draft.kind_confidence
    total = float(model["start"]) + float(model["recruitment"]) * offer
    signs = _sign_points(draft, model)
    total += min(float(model["most_from_signs"]), sum(points for points, _ in signs))
    reasons += signs
    for name, places in _features(draft, model):
        feature = model["features"][name]
        total += float(feature["points"])
        reasons.append((float(feature["points"]), str(feature["why"]).format(places=", ".join(places))))
    score = 1.0 / (1.0 + math.exp(-total))
    if draft.kind is not PostKind.RECRUITMENT:
        score *= 0.5
    reasons.sort(key=lambda reason: -abs(reason[0]))
    return round(score, 3), tuple(words for _, words in reasons)


def _sign_points(draft: Draft, model: Mapping[str, Any]) -> list[tuple[float, str]]:
    """Points of each warning sign that is there and not denied."""
    best: dict[str, float] = {}
    for mention in draft.mentions:
        if mention.label is Label.INDICATOR and not mention.attributes.get("negated"):
            weight = float(model["per_sign"][known_indicators()[mention.value].weight])
            best[mention.value] = max(best.get(mention.value, 0.0), weight * mention.confidence)
    return [(points, known_indicators()[sign].title[:1].lower() + known_indicators()[sign].title[1:]) for sign, points in best.items()]


def _features(draft: Draft, model: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The features that a post has, with the places that they are about."""
    yield from ((name, ()) for name in _contact_features(draft.mentions, model))
    yield from ((name, ()) for name in _advert_features(draft))
    yield from _place_features(draft, model)


def _contact_features(mentions: list[Mention], model: Mapping[str, Any]) -> Iterator[str]:
    hosts = [_host(m.value) for m in mentions if m.label is Label.URL]
    mails = [m.value.rpartition("@")[2] for m in mentions if m.label is Label.EMAIL]
    chats = any(m.value.partition(":")[0] in _words(model, "chat_platforms") for m in mentions if m.label is Label.HANDLE)
    chats = chats or any(host in _words(model, "chat_links") for host in hosts)
    if chats:
        yield "chat_contact"
        if not mails and all(host in _words(model, "chat_links") for host in hosts):
            yield "chat_only"
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
    if any(m.label is Label.SALARY and m.attributes.get("period") == "day" for m in draft.mentions):
        yield "day_pay"


def _place_features(draft: Draft, model: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    home = home_countries(draft.hints.lang)
    places = [m for m in draft.mentions if m.label is Label.LOC]
    sites = _names(m for m in places if m.attributes.get("kind") in _words(model, "hub_kinds"))
    hubs = _names(m for m in places if m.attributes.get("country") in _words(model, "hub_countries"))
    if sites:
        yield "known_site", sites
    if hubs and not set(home) & _words(model, "hub_countries"):
        yield "hub_place", hubs
    abroad = _names(m for m in places if home and m.attributes.get("country") not in home)
    if abroad and not hubs:
        yield "hub_abroad", abroad


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
    for name in ("hub_countries", "hub_kinds", "chat_platforms", "free_mail", "short_links", "chat_links"):
        model[name] = frozenset(str(model[name]).split())
    return model


def _words(model: Mapping[str, Any], name: str) -> frozenset[str]:
    words: frozenset[str] = model[name]
    return words
