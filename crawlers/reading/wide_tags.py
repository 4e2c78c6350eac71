"""Tags with more attributes than any page gives them: a trap, as parsing one costs the square of their number."""

from __future__ import annotations

import re

MOST_ATTRIBUTES = 1_000
"""libxml2 compares each attribute of a tag with all before it; pages that people read have some dozens."""
_LONG = 2 * MOST_ATTRIBUTES  # characters: so many attributes take at least a sign and a gap each
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
# What stands in a tag: the three parts begin with different signs, so nothing is tried twice.
_TAG = re.compile(r"(<[a-zA-Z][^\s/>\"']*)((?:[^\"'>]+|\"[^\"]*\"|'[^']*')*)")
_GAP = re.compile(r"[\s/]+")


def without_wide_tags(html: str) -> tuple[str, int]:
    """A page without the attributes of tags that have too many, and how many such tags there are."""
    if max(map(len, html.split(">"))) <= _LONG:
        return html, 0
    found = 0

    def narrow(tag: re.Match[str]) -> str:
        nonlocal found
        if len(tag[2]) <= _LONG or len(_GAP.split(_QUOTED.sub(" ", tag[2]))) <= MOST_ATTRIBUTES:
            return tag[0]
        found += 1
        return tag[1]

    return _TAG.sub(narrow, html), found
