"""What a post shows of its kind: words, labels, shape, and what stands together. Each feature has a name and a strength."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

from casefile.records import Label, Mention
from pipeline.extract.indicators import known_indicators
from pipeline.kind_cues import Cue
from pipeline.lexicon import Sense
from pipeline.plain import Plain

Features = dict[str, float]

_OPENING = 70  # characters; how a post begins tells more than its middle
_LONG = 600  # characters
_CONTACTS = frozenset({Label.PHONE, Label.HANDLE, Label.EMAIL, Label.URL})
_OFFER = ("vacancy", "terms", "apply", "invites")
_WARNS = ("caution", "dont", "advice", "report-it", "scheme", "fact-check", "signs-listed")
_TELLS = ("attribution", "event", "officials", "dateline", "daily-news")
_PLEADS = ("help", "held", "lost", "family", "i-victim", "wronged")
_TALKS = ("asks", "seeks", "sells", "money-spam")
_TOGETHER = {
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
    "trade and vacancy": (("trade",), ("vacancy",)),
    "trade and terms": (("trade",), ("terms",)),
    "trade and wanted": (("trade",), ("wanted",)),
}
_PAIRS = [(pair, frozenset(left), frozenset(right)) for pair, (left, right) in _TOGETHER.items()]
_OPENS = {
    "offer": ("vacancy",),
    "trade": ("trade",),
    "warns": ("caution", "dont", "scheme"),
    "looks into": ("fact-check",),
    "tells": _TELLS,
    "pleads": ("help", "lost", "family", "held"),
    "talks": ("asks", "seeks", "chats"),
    "sells": ("sells", "money-spam"),
}
_SIDES = {
    name: side
    for side, names in {
        "offer": (*_OFFER, "trade", "wanted"),
        "warns": _WARNS,
        "tells": _TELLS,
        "pleads": _PLEADS,
        "talks": (*_TALKS, "chats"),
    }.items()
    for name in names
}
_QUOTATION = re.compile('["“”«»「」『』]')
_SAYS = 12  # characters; so much stands before a quotation, and in it
_QUOTES = '"“”«»「」『』'
_QUESTIONS = "?？؟"
# "5 orang", "4 ဦး", "10名": so many people wanted.
_PEOPLE = re.compile(
    "[0-9] ?(?:orang|org|pax|slots?|posts?|positions?|vacanc|person|people|tao|katao|kailangan|người|bạn|nam|nữ"
    "|คน|ตำแหน่ง|อัตรา|名|人|位|ယောက်|ဦး|នាក់|លោក|लोग|लड़क|पद|명)"
)


def kind_features(plain: Plain, cues: Sequence[Cue], senses: Sequence[Sense], mentions: Sequence[Mention]) -> Features:
    """All features that a post has, each with its strength."""
    features = _cue_strengths(cues)
    told = frozenset(features)
    if cues:
        features |= _pairs(told)
        features |= _openings(cues)
        features |= _sides(cues)
        features |= _quoted(plain.text, cues)
    else:
        features["no cue of these kinds"] = 1.0
    features |= _mention_features(told, senses, mentions)
    features |= _shape(plain)
    return features


def _cue_strengths(cues: Iterable[Cue]) -> Features:
    """1 for the first phrase of a cue and half of the one before for each further one, so that length does not decide."""
    phrases: dict[str, set[str]] = {}
    for _, words, name in cues:
        phrases.setdefault(name, set()).add(words)
    return {name: _fading(len(found)) for name, found in phrases.items()}


def _fading(count: int) -> float:
    return 1.0 if count == 1 else 2.0 - 2.0 * 0.5**count


def _openings(cues: Iterable[Cue]) -> Features:
    """The side that a post begins with."""
    first = {name for start, _, name in cues if start < _OPENING}
    return {f"begins: {side}": 1.0 for side, names in _OPENS.items() if not first.isdisjoint(names)} if first else {}


def _sides(cues: Iterable[Cue]) -> Features:
    """Which side speaks first and last, and what share of the different phrases each has."""
    spoken = [(_SIDES[name], words) for _, words, name in cues if name in _SIDES]
    if not spoken:
        return {}
    features = {f"first: {spoken[0][0]}": 1.0, f"last: {spoken[-1][0]}": 1.0}
    different = dict.fromkeys(spoken)  # in order, so that the sums come out the same everywhere
    for side, _ in different:
        features[f"share: {side}"] = features.get(f"share: {side}", 0.0) + 1.0 / len(different)
    return features


def _quoted(text: str, cues: Iterable[Cue]) -> Features:
    """What share of an offer's words somebody else quotes: between the first and the last quotation mark, after other words."""
    marks = [match.start() for match in _QUOTATION.finditer(text)]
    if len(marks) < 2 or marks[0] < _SAYS or marks[-1] - marks[0] < _SAYS:
        return {}
    offer = [marks[0] < start < marks[-1] for start, _, name in cues if _SIDES.get(name) == "offer"]
    return {"quoted offer": sum(offer) / len(offer)} if any(offer) else {}


def _pairs(names: AbstractSet[str]) -> Features:
    """Cues of two sorts that say more together than one by one."""
    found = {pair: 1.0 for pair, left, right in _PAIRS if not (left.isdisjoint(names) or right.isdisjoint(names))}
    warns, pleads = len(names & _WARNING), len(names & _PLEADING)
    offers = len(names & _OFFERING)
    if offers:
        if warns >= 2:
            found["offer among warns"] = 1.0
        if pleads >= 2:
            found["offer among pleads"] = 1.0
        if (offers > 1 or "vacancy" in names) and not warns and not pleads and _ELSE.isdisjoint(names):
            found["nothing but offer"] = 1.0
    elif not warns and not pleads and _TELLING.isdisjoint(names):
        found["no cue of these kinds"] = 1.0
    return found


_WARNING, _PLEADING, _OFFERING, _TELLING = map(frozenset, (_WARNS, _PLEADS, _OFFER, _TELLS))
_ELSE = _TELLING.union(_TALKS)


def _mention_features(cues: AbstractSet[str], senses: Iterable[Sense], mentions: Sequence[Mention]) -> Features:
    labels = [mention.label for mention in mentions]
    there = set(labels)
    known = known_indicators()
    told = {sense.name for sense in senses}
    signs = sum(name in known for name in told)
    has_contact, pays = not _CONTACTS.isdisjoint(there), Label.SALARY in there
    titles = "trade" in cues or "job-title" in told
    shown = {
        "names PERSON": Label.PERSON in there,
        "names ORG": Label.ORG in there,
        "names LOC": Label.LOC in there,
        "several persons": Label.PERSON in there and labels.count(Label.PERSON) > 1,
        "contact": has_contact,
        "pay": pays,
        "pay and contact": pays and has_contact,
        "job title": titles,
        "job title and pay": titles and pays,
        "job title and contact": titles and has_contact,
        "wanted and contact": has_contact and "wanted" in cues,
    }
    features = {name: 1.0 for name, is_shown in shown.items() if is_shown}
    if signs:
        features["signs"] = _fading(signs)
    return features


def _shape(plain: Plain) -> Features:
    text = plain.original
    features: Features = {}
    lines = text.count("\n") + 1
    if lines >= 4 and len(text) < 80 * lines:
        lines = sum(not line.isspace() for line in text.split("\n") if line)
    if lines >= 4 and len(text) < 80 * lines:
        features["short lines"] = 1.0
    if len(text) > _LONG and lines * 200 < len(text):
        features["long prose"] = 1.0
    if _PEOPLE.search(plain.text):
        features["so many people"] = 1.0
    if any(sign in text for sign in _QUESTIONS):
        features["question"] = 1.0
    if sum(map(text.count, _QUOTES)) >= 2:
        features["quotes"] = 1.0
    if len(text) < 60:
        features["very short"] = 1.0
    return features
