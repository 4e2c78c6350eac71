"""Ways that never end (calendars, circles, addresses that grow): noticed by what they show, and left."""

from __future__ import annotations

import re
from collections import Counter
from urllib.parse import parse_qsl, urlsplit

_FRUITLESS = 25  # pages in a row of one pattern that show nothing new
_MOST_CHARACTERS, _MOST_PARAMETERS, _MOST_SEGMENTS, _SAME_SEGMENT = 2_000, 20, 30, 4
_DIGITS = re.compile(r"\d+")
_TOKEN = re.compile(r"(?=[^/]*\d)(?=[^/]*[a-zA-Z])[0-9a-zA-Z]{8,200}")


def endless(url: str) -> str:
    """Why an address looks as if it was made by a machine that never ends; nothing for an ordinary one."""
    if len(url) > _MOST_CHARACTERS:
        return f"addresses of more than {_MOST_CHARACTERS} characters"
    parts = urlsplit(url)
    segments = [segment for segment in parts.path.split("/") if segment]
    words = Counter(segment for segment in segments if not segment.isdecimal())
    if len(segments) > _MOST_SEGMENTS or max(words.values(), default=0) >= _SAME_SEGMENT:
        return "addresses whose path repeats itself"
    if parts.query.count("&") >= _MOST_PARAMETERS:
        return "addresses whose query grows"
    return ""


def pattern_of(url: str) -> str:
    """What an address has in common with its siblings: numbers as 0, tokens as *, the names of its query in order."""
    parts = urlsplit(url)
    segments = ("*" if _TOKEN.fullmatch(part) else _DIGITS.sub("0", part) for part in parts.path.split("/"))
    names = sorted({_DIGITS.sub("0", name) for name, _ in parse_qsl(parts.query, keep_blank_values=True)})
    return f"{parts.netloc}{'/'.join(segments)}" + (f"?{'&'.join(names)}" if names else "")


class Traps:
    """Counts, for each pattern of addresses, the pages in a row that showed nothing new."""

    def __init__(self) -> None:
        self._fruitless: Counter[str] = Counter()
        self._left: set[str] = set()

    def note(self, url: str, fruitful: bool) -> str:
        """Count a page that was read; names the pattern when it has just proven to be a trap."""
        pattern = pattern_of(url)
        self._fruitless[pattern] = 0 if fruitful else self._fruitless[pattern] + 1
        if self._fruitless[pattern] < _FRUITLESS or pattern in self._left:
            return ""
        self._left.add(pattern)
        return pattern

    def holds(self, url: str) -> bool:
        """Whether an address belongs to a pattern that was left."""
        return bool(self._left) and pattern_of(url) in self._left
