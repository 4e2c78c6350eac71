"""Fill the slots of a text: `{a|b}` is a choice, `{phone dots/plus}` a contact in one of these layouts."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from desk.demo.layouts import contact_id, lay_out

_SLOT = re.compile(r"\{([^{}]+)\}")
_MOST_DRAWS = 50

Cast = Mapping[str, Sequence[str]]
"""What may stand in a slot: its name -> the values that take turns."""


@dataclass
class Filling:
    """One sending of one text. `season` (0 to 1) says how far the demo's months have gone."""

    cast: Cast
    text_id: str
    turn: int
    season: float
    contacts: set[str] = field(default_factory=set)

    def fill(self, template: str, draw: int = 0) -> str:
        """The template with its slots filled; another `draw` makes other choices. Contacts are noted."""
        return _SLOT.sub(lambda match: self._slot(match, draw), template)

    def fill_anew(self, template: str, written: set[str]) -> str:
        """A filling that is not in `written` yet, where the choices allow one; it is added there."""
        drawn = (self.fill(template, draw).strip() for draw in range(_MOST_DRAWS))
        text = next((text for text in drawn if text not in written), self.fill(template).strip())
        written.add(text)
        return text

    def _slot(self, match: re.Match[str], draw: int) -> str:
        if "|" in match[1]:
            return in_turn(match[1].split("|"), chance(self.text_id, match.start(), self.turn, draw))
        name, _, layouts = match[1].partition(" ")
        value = self._value(name)
        if not _is_contact(value):
            return value
        self.contacts.add(contact_id(value))
        return lay_out(value, in_turn(layouts.split("/"), self.turn))

    def _value(self, name: str) -> str:
        values = self.cast[name]
        # Recruiters rotate their numbers as time goes by; everything else takes turns.
        return in_turn(values, int(self.season * len(values)) if name == "phone" else self.turn)


def in_turn(choices: Sequence[str], turn: int) -> str:
    """The choices, one after the other, from the start again after the last."""
    return choices[turn % len(choices)]


def chance(*parts: object) -> int:
    """A number that looks random and is the same everywhere."""
    return int.from_bytes(hashlib.sha256(repr(parts).encode()).digest()[:4], "big")


def _is_contact(value: str) -> bool:
    platform, colon, _ = value.partition(":")
    return value.startswith("+") or "@" in value or (bool(colon) and platform.isascii() and platform.islower())
