"""The words of the report: certainty, numbers, dates and addresses, said in one way everywhere."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from casefile.defang import defang as defang
from casefile.records import Label, LinkKind, PostKind, Role
from casefile.settings import Handling

# Intelligence Community Directive 203 (ODNI, 2015), section D.6.e.2.a: upper bound in per cent, and the words.
ICD_203 = (
    (0.05, "almost no chance"),
    (0.20, "very unlikely"),
    (0.45, "unlikely"),
    (0.55, "roughly even chance"),
    (0.80, "likely"),
    (0.95, "very likely"),
    (1.00, "almost certain"),
)

# FIRST, Traffic Light Protocol 2.0 (2022).
TLP_MEANING = {
    Handling.CLEAR: "There is no limit on disclosure.",
    Handling.GREEN: "Share within your community, not publicly.",
    Handling.AMBER: "Share on a need-to-know basis within your organisation and its clients.",
    Handling.AMBER_STRICT: "Share on a need-to-know basis within your organisation only.",
    Handling.RED: "For the eyes of the named recipients only. No further disclosure.",
}

LABEL_WORDS = {
    Label.PHONE: "phone",
    Label.HANDLE: "account",
    Label.EMAIL: "e-mail",
    Label.URL: "web address",
    Label.WALLET: "wallet",
    Label.ORG: "company",
    Label.LOC: "place",
    Label.PERSON: "person",
    Label.SALARY: "pay",
    Label.INDICATOR: "warning sign",
}

KIND_WORDS = {
    PostKind.RECRUITMENT: "job offer",
    PostKind.WARNING: "warning",
    PostKind.NEWS: "news",
    PostKind.PLEA: "plea for help",
    PostKind.OTHER: "other post",
}
KIND_PLURAL = {
    PostKind.RECRUITMENT: "job offers",
    PostKind.WARNING: "warnings",
    PostKind.NEWS: "news",
    PostKind.PLEA: "pleas for help",
    PostKind.OTHER: "other posts",
}

ROLE_WORDS = {
    Role.ORIGIN: "origin",
    Role.TRANSIT: "transit",
    Role.DESTINATION: "destination",
    Role.WORKSITE: "work site",
    Role.MENTION: "named",
}

LINK_WORDS = {
    LinkKind.POSTED: "posted",
    LinkKind.USES_CONTACT: "uses the contact",
    LinkKind.WORKS_FOR: "works for",
    LinkKind.RECRUITS_FOR: "recruits for",
    LinkKind.SENDS_TO: "sends to",
    LinkKind.LOCATED_IN: "is located in",
    LinkKind.SAME_TEXT: "uses the same text as",
    LinkKind.MENTIONS: "mentions",
}

_ONES = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def certainty(probability: float) -> str:
    """The words of ICD 203 for a probability from 0 to 1."""
    return next((words for bound, words in ICD_203 if probability <= bound), ICD_203[-1][1])


def tlp(handling: Handling) -> str:
    """The marking as TLP 2.0 writes it, such as `TLP:AMBER+STRICT`."""
    return f"TLP:{handling.value.upper()}"


def count(number: int, one: str, many: str = "") -> str:
    """`three posts`: small numbers as words, with the noun in its number."""
    words = _ONES[number] if number < len(_ONES) else f"{number:,}"
    return f"{words} {one if number == 1 else many or one + 's'}"


def day(moment: datetime | None) -> str:
    """`3 May 2026`, or a dash where the time is unknown."""
    return f"{moment.day} {moment:%b} {moment.year}" if moment else "–"


def minute(moment: datetime | None) -> str:
    """`3 May 2026, 14:05 UTC`, or a dash where the time is unknown."""
    return f"{day(moment)}, {moment:%H:%M} UTC" if moment else "–"


def period(first: datetime | None, last: datetime | None) -> str:
    """`from 3 May 2026 to 7 Jun 2026`, or one day where both are the same."""
    if first is None or last is None:
        return "at an unknown time"
    return f"on {day(first)}" if day(first) == day(last) else f"from {day(first)} to {day(last)}"


def subject(number: int, one: str, verb: str, verb_many: str) -> str:
    """`Three posts were`: the start of a sentence, with noun and verb in their number."""
    return capital(f"{count(number, one)} {verb if number == 1 else verb_many}")


def listed(words: list[str], most: int = 4) -> str:
    """`a, b and c`, or `a, b and 5 more` when there are more than `most`."""
    if len(words) > most:
        return f"{', '.join(words[: most - 1])} and {len(words) - most + 1} more"
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else ""


def capital(sentence: str) -> str:
    """The sentence with a capital first letter and the rest left as it is."""
    return sentence[:1].upper() + sentence[1:]


def host(url: str | None) -> str:
    """The defanged host of an address, or nothing."""
    try:
        return (urlsplit(url or "").hostname or "").replace(".", "[.]")
    except ValueError:
        return ""
