"""Text as it may be shown: nothing in it can act, and what is invisible becomes visible."""

from __future__ import annotations

import json
import re
from typing import Any

from markupsafe import Markup, escape

# Controls of the terminal and of writing direction, tags, lone surrogates: they hide or reorder what a reader sees.
# Joiners and the zero-width space stay: Khmer, Burmese, Thai and Hindi need them.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)


def shown(text: object) -> Markup:
    """`text` as HTML inside a sentence: as `visible`, and isolated, so that its direction changes nothing around it."""
    return Markup("<bdi>{}</bdi>").format(visible(text))


def visible(text: object) -> Markup:
    """`text` as HTML: escaped, each unseen character named in a small box."""
    parts: list[Markup] = []
    at, source = 0, str(text)
    for found in _UNSEEN.finditer(source):
        parts += [escape(source[at : found.start()]), Markup('<i class="unseen">{}</i>').format(_name(found[0]))]
        at = found.end()
    return Markup("").join([*parts, escape(source[at:])])


def without_unseen(text: str) -> str:
    """`text` as somebody can have typed it: each unseen character is a space."""
    return _UNSEEN.sub(" ", text)


def plain(text: object, longest: int = 120) -> str:
    """`text` for a label that is not HTML: one line, unseen characters replaced by their names, cut if too long."""
    line = " ".join(_UNSEEN.sub(lambda found: f"[{_name(found[0])}]", str(text)).split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


def json_inside_html(value: Any) -> Markup:
    """JSON that cannot end the script element that holds it; every character beyond ASCII is an escape."""
    data = json.dumps(value, ensure_ascii=True, separators=(",", ":"), allow_nan=False)
    return Markup(data.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))


def _name(character: str) -> str:
    return f"U+{ord(character):04X}"
