"""What a post shows of its kind: words, labels, shape, and what stands together. Each feature has a name and a strength."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from casefile.records import Label, Mention
from pipeline.extract.indicators import known_indicators
from pipeline.kind_cues import Cue
from pipeline.lexicon import Sense

Features = dict[str, float]

_OPENING = 70  # characters; how a post begins tells more than its middle
_LONG = 600  # characters
_CONTACTS = frozenset({Label.PHONE, Label.HANDLE, Label.EMAIL, Label.URL})
_OFFER = ("vacancy", "terms", "apply", "invites")
_WARNS = ("caution", "dont", "advice", "report-it", "scheme", "fact-check", "signs-listed")
_TELLS = ("attribution", "event", "officials", "dateline")
_PLEADS = ("help", "held", "lost", "family", "i-victim")
_TALKS = ("asks", "seeks", "sells", "money-spam")
_PAIRS = {
    "family and held": (("family",), ("held", "lost", "i-victim")),
    "family and help": (("family",), ("help",)),
    "held and help": (("held", "lost", "i-victim"), ("help",)),
    "scheme and caution": (("scheme", "fact-check"), ("caution", "dont", "report-it")),
    "advice and dont": (("advice", "caution"), ("dont",)),
    "attribution and event": (("attribution",), ("event",)),
    "officials and event": (("officials", "dateline"), ("event",)),
    "dont and held": (("dont",), ("held", "was-there")),
    "offer and its signs": (("signs-listed",), ("vacancy", "terms", "invites")),
    "offer looked into": (("vacancy", "terms"), ("fact-check",)),
    "dont and money": (("dont", "caution"), ("money-spam",)),
    "asks about offers": (("asks", "seeks"), ("vacancy", "invites")),
    "vacancy and apply": (("vacancy",), ("apply",)),
    "terms and apply": (("terms",), ("apply",)),
}
_QUOTED = re.compile('["“”«»「」『』]')
_QUESTION = re.compile("[?？؟]|\u17d4\\?")


def kind_features(text: str, cues: Sequence[Cue], senses: Sequence[Sense], mentions: Sequence[Mention]) -> Features:
    """All features that a post has, in the order of their names."""
    features = _cue_strengths(cues)
    features.update(_openings(cues))
    features.update(_pairs(frozenset(cue.name for cue in cues)))
    features.update(_mention_features(cues, senses, mentions))
    features.update(_shape(text))
    return {name: features[name] for name in sorted(features)}


def _cue_strengths(cues: Iterable[Cue]) -> Features:
    """1 for the first phrase of a cue and half of the one before for each further one, so that length does not decide."""
    phrases: dict[str, set[str]] = defaultdict(set)
    for cue in cues:
        phrases[cue.name].add(cue.words)
    return {name: 2.0 - 2.0 * 0.5 ** len(found) for name, found in phrases.items()}


def _openings(cues: Iterable[Cue]) -> Features:
    """The side that a post begins with."""
    first = {cue.name for cue in cues if cue.start < _OPENING}
    sides = {"offer": _OFFER[:1], "warns": _WARNS[:2], "tells": _TELLS, "pleads": _PLEADS[:1]}
    return {f"begins: {side}": 1.0 for side, names in sides.items() if first.intersection(names)}


def _pairs(names: frozenset[str]) -> Features:
    """Cues of two sorts that say more together than one by one."""
    found = {
        pair: 1.0 for pair, (left, right) in _PAIRS.items() if names.intersection(left) and names.intersection(right)
    }
    sides = Counter(
        {side: len(names.intersection(side_names)) for side, side_names in (("warns", _WARNS), ("pleads", _PLEADS))}
    )
    if names.intersection(_OFFER):
        found.update({f"offer among {side}": 1.0 for side, count in sides.items() if count >= 2})
        if (
            ("vacancy" in names or len(names.intersection(_OFFER)) > 1)
            and not sides.total()
            and not names.intersection(_TELLS + _TALKS)
        ):
            found["nothing but offer"] = 1.0
    elif not sides.total() and not names.intersection(_TELLS):
        found["no cue of these kinds"] = 1.0
    return found


def _mention_features(cues: Iterable[Cue], senses: Iterable[Sense], mentions: Sequence[Mention]) -> Features:
    labels = Counter(mention.label for mention in mentions)
    titles = any(sense.name == "job-title" for sense in senses)
    signs = {sense.name for sense in senses if sense.name in known_indicators()}
    has_contact = bool(_CONTACTS & labels.keys())
    features = {f"names {label}": 1.0 for label in (Label.PERSON, Label.ORG, Label.LOC) if labels[label]}
    features.update({"several persons": 1.0} if labels[Label.PERSON] > 1 else {})
    features.update({"contact": 1.0} if has_contact else {})
    features.update({"pay": 1.0} if labels[Label.SALARY] else {})
    features.update({"pay and contact": 1.0} if labels[Label.SALARY] and has_contact else {})
    features.update({"job title": 1.0} if titles else {})
    features.update({"job title and pay": 1.0} if titles and labels[Label.SALARY] else {})
    features.update({"signs": 2.0 - 2.0 * 0.5 ** len(signs)} if signs else {})
    return features


def _shape(text: str) -> Features:
    lines = [line for line in text.split("\n") if line.strip()]
    features: Features = {}
    if len(lines) >= 4 and len(text) < 80 * len(lines):
        features["short lines"] = 1.0
    if len(text) > _LONG and len(lines) * 200 < len(text):
        features["long prose"] = 1.0
    if _QUESTION.search(text):
        features["question"] = 1.0
    if len(_QUOTED.findall(text)) >= 2:
        features["quotes"] = 1.0
    if len(text) < 60:
        features["very short"] = 1.0
    return features
