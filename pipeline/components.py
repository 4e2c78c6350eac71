"""The components of the pipeline, in their order: each reads the draft of a post and adds its part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from casefile.corrections import kind_told
from casefile.records import Label, PostKind
from pipeline.correcting import corrected, with_told_roles
from pipeline.draft import Draft
from pipeline.extract.contacts import contacts, pay
from pipeline.extract.indicators import indicators, pay_signs
from pipeline.extract.localities import localities
from pipeline.extract.orgs import orgs
from pipeline.extract.persons import persons
from pipeline.extract.places import places
from pipeline.extract.roles import with_roles
from pipeline.hints import Hints
from pipeline.homes import likely_regions
from pipeline.kind import tell_kind
from pipeline.kind_cues import find_cues
from pipeline.language import UNKNOWN, detect_languages
from pipeline.lexicon import find_senses
from pipeline.settle import settle
from pipeline.suspect import tell_suspect


def _language(draft: Draft) -> None:
    told = detect_languages(draft.plain.folded.text)
    lang = draft.given_lang or next(iter(told), UNKNOWN)
    draft.languages = tuple(dict.fromkeys((lang, *told)))
    draft.hints = Hints(lang=lang, regions=likely_regions(lang, draft.region, ()))
    draft.senses = find_senses(draft.plain, lang)


def _places(draft: Draft) -> None:
    found = list(places(draft.plain, draft.hints))
    found += localities(draft.plain, draft.hints, tuple(found))
    named = Counter(str(mention.attributes["country"]) for mention in found)
    regions = likely_regions(draft.hints.lang, draft.region, tuple(country for country, _ in named.most_common()))
    draft.hints = Hints(lang=draft.hints.lang, regions=regions)
    draft.mentions += found


def _contacts(draft: Draft) -> None:
    draft.mentions += contacts(draft.text, draft.plain.folded, draft.hints)


def _names(draft: Draft) -> None:
    draft.mentions += orgs(draft.plain, draft.hints)
    draft.mentions += persons(draft.plain, draft.hints)


def _model(draft: Draft) -> None:
    if draft.with_model:
        from pipeline.extract.joining import join  # only here: it takes NumPy along

        draft.mentions = join(draft.plain, draft.mentions, draft.hints)


def _pay(draft: Draft) -> None:
    draft.mentions += pay(draft.text, draft.plain.folded, draft.hints)


def _indicators(draft: Draft) -> None:
    draft.mentions += indicators(draft.plain, draft.senses)
    draft.mentions += list(pay_signs(draft.mentions, draft.hints.lang))


def _settled(draft: Draft) -> None:
    draft.mentions = list(settle(draft.mentions))


def _corrected(draft: Draft) -> None:
    if draft.corrections:
        draft.mentions = corrected(draft.text, draft.mentions, draft.corrections)


def _kind(draft: Draft) -> None:
    draft.cues = find_cues(draft.plain, draft.hints.lang)
    if told := kind_told(draft.corrections):
        draft.kind, draft.kind_confidence, draft.offer_chance = told, 1.0, float(told is PostKind.RECRUITMENT)
        return
    draft.kind, draft.kind_confidence, draft.offer_chance = tell_kind(
        draft.plain, draft.cues, draft.senses, draft.mentions
    )


def _roles(draft: Draft) -> None:
    if any(mention.label is Label.LOC for mention in draft.mentions):
        draft.mentions = with_roles(draft.plain, draft.mentions, draft.kind, draft.hints)
        draft.mentions = with_told_roles(draft.text, draft.mentions, draft.corrections)


def _suspect(draft: Draft) -> None:
    draft.suspect, draft.reasons = tell_suspect(draft)


COMPONENTS: dict[str, Callable[[Draft], None]] = {
    "language": _language,
    "places": _places,
    "contacts": _contacts,
    "names": _names,
    "model": _model,
    "pay": _pay,
    "indicators": _indicators,
    "settled": _settled,
    "corrected": _corrected,
    "kind": _kind,
    "roles": _roles,
    "suspect": _suspect,
}


def run_components(draft: Draft) -> None:
    """Everything that reading adds to a draft."""
    for component in COMPONENTS.values():
        component(draft)
