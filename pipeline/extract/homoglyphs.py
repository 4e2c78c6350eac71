"""Foreign letters that only look Latin: `Теlеgrаm` is written with four Cyrillic letters."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.folding import Folded

# Letters of each script that are drawn like a Latin one. Source: Unicode's confusables.txt (UTS 39), those of one letter.
_CYRILLIC = dict(zip("АВЕКМНОРСТУХІЈЅԚԜѠЗасеорухіјѕԛԝһԁԍӏѡґ", "ABEKMHOPCTYXIJSQWW3aceopyxijsqwhdglwr", strict=True))
_GREEK = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαινορυχϲϳκτε", "ABEZHIKMNOPTYXaivopuxcjkte", strict=True))
_OTHERS = dict(zip("օոսհցաՕՍɑɡıɩʟߋ", "onuhgwOUagiilo", strict=True))
_LATIN = {**_CYRILLIC, **_GREEK, **_OTHERS}
_TABLE = str.maketrans(_LATIN)
_ALIKE = re.escape("".join(_LATIN))
_ANY = re.compile(f"[{_ALIKE}]")
_MIXED = re.compile(rf"(?<![^\W_])[A-Za-z0-9_.\-]*+[{_ALIKE}][{_ALIKE}A-Za-z0-9_.\-]*+(?![^\W_])")
_PROOF = re.compile("[A-Za-z0-9]")


def without_homoglyphs(folded: Folded) -> Folded:
    """The same text, every place kept, with look-alikes as Latin letters in words that also have Latin ones or digits."""
    text = folded.text
    if text.isascii() or not _ANY.search(text):
        return folded
    plain = _MIXED.sub(_latin, text)
    return folded if plain == text else replace(folded, text=plain)


def _latin(word: re.Match[str]) -> str:
    """A word all of whose letters are Latin or look so; one without any Latin letter or digit is truly foreign."""
    return word[0].translate(_TABLE) if _PROOF.search(word[0]) else word[0]
