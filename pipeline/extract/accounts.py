"""What an account looks like on each platform, and what is only a word."""

from __future__ import annotations

import re

# The platforms' own rules, as far as they tell them.
_SHAPES = {
    "telegram": re.compile(r"[A-Za-z][A-Za-z0-9_]{3,31}"),
    "wechat": re.compile(r"[A-Za-z0-9][A-Za-z0-9_\-]{4,19}"),
    "line": re.compile(r"[A-Za-z0-9][A-Za-z0-9._\-]{2,19}"),
    "facebook": re.compile(r"[A-Za-z0-9][A-Za-z0-9.\-]{4,49}"),
    "instagram": re.compile(r"[A-Za-z0-9_][A-Za-z0-9._]{2,29}"),
    "tiktok": re.compile(r"[A-Za-z0-9_][A-Za-z0-9._]{2,23}"),
    "twitter": re.compile(r"\w{2,15}", re.ASCII),
    "qq": re.compile(r"\d{5,11}"),
    "batchat": re.compile(r"[A-Za-z0-9_]{4,20}"),
    "signal": re.compile(r"[A-Za-z_][A-Za-z0-9_]{2,31}\.\d{2,9}"),
    "whatsapp": re.compile(r"[A-Za-z0-9._]{3,35}"),
    "skype": re.compile(r"(?:live:)?[A-Za-z0-9.][A-Za-z0-9._:\-]{4,31}"),
}
_ANY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._\-]{3,31}")
_OF_DIGITS = frozenset({"qq", "batchat"})
_DOTTED = frozenset({"facebook", "instagram", "tiktok"})
_CASE_COUNTS = frozenset({"kakaotalk"})  # everywhere else capitals are the writer's fancy
_SENTENCE_GOES_ON = re.compile(r" [a-z]{2}")

NUMBERS_ONLY = frozenset({"whatsapp"})
"""Platforms on which a telephone number is the account, but for names with an at-sign."""


def shape_of(platform: str) -> re.Pattern[str]:
    """What an account on this platform may look like."""
    return _SHAPES.get(platform, _ANY)


def canonical_account(platform: str, name: str) -> str:
    """`platform:name`, in lower case where the platform ignores case."""
    name = name.lstrip("@")
    return f"{platform}:{name if platform in _CASE_COUNTS else name.lower()}"


def is_account(platform: str, name: str, told: bool, behind: str) -> bool:
    """Whether a name without at-sign is an account and no everyday word.

    `told` says that a colon or a word like `ID` announced it; `behind` is the text that follows.
    """
    if platform in _OF_DIGITS:
        return True
    if any(char.isdecimal() or char == "_" for char in name):
        return told or any(char.isalpha() for char in name)
    if "." in name and platform in _DOTTED:
        return name.islower()
    return told and name.islower() and len(name) > 3 and not _SENTENCE_GOES_ON.match(behind)
