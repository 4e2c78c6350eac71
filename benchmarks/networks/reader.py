"""How much of the truth the reader finds at all: what connecting can reach at best."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from casefile.case import Case
from casefile.identity import entity_id
from casefile.records import Label, PostKind

_NUMBERED = re.compile(r"(?:phone|whatsapp|zalo|viber|signal):\+?(\d+)")
_CONTACTS = (Label.PHONE, Label.HANDLE, Label.EMAIL)


def reached(case: Case, truth: Mapping[str, Any]) -> dict[str, float]:
    """Shares from 0 to 1: identifiers read anywhere and in offers, offers known as such, others mistaken for offers."""
    kind_of = {post: kind for kind, posts in truth["kinds"].items() for post in posts}
    owned = {bare(identifier) for actor in truth["actors"] for identifier in actor["identifiers"]}
    named = case.store.native_ids()
    found: dict[bool, set[str]] = defaultdict(set)
    kinds: Counter[tuple[str, bool]] = Counter()
    for read in case.store.read_posts():
        kind = kind_of[named[read.post.id]]
        offers = read.reading.kind is PostKind.RECRUITMENT
        kinds[kind, offers] += 1
        for mention in read.reading.mentions:
            if mention.label in _CONTACTS:
                found[offers].add(bare(entity_id(mention) or ""))
    told = {bare(i) for name in ("hotlines", "footers", "honest", "bystanders") for i in truth[name]}
    strange = len((found[True] | found[False]) - owned - told)
    return {
        "identifiers": len(owned & (found[True] | found[False])) / len(owned),
        "in offers": len(owned & found[True]) / len(owned),
        "strange": strange,
        "offers": _share(kinds, "recruitment"),
        "honest": _share(kinds, "honest"),
        **{f"{kind} as offer": _share(kinds, kind) for kind in ("warning", "news", "plea", "talk")},
    }


def bare(identifier: str) -> str:
    """An identifier without what tells messengers of one number apart."""
    match = _NUMBERED.fullmatch(identifier)
    return f"phone:{match[1]}" if match else identifier.casefold()


def _share(kinds: Mapping[tuple[str, bool], int], kind: str) -> float:
    total = kinds.get((kind, True), 0) + kinds.get((kind, False), 0)
    return kinds.get((kind, True), 0) / total if total else 0.0
