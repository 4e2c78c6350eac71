"""What the model sees of a text: keys, each anchored at a token and telling something about it and its neighbours.

A key's first letter says what it is and how far it reaches (see `REACH`). Training counts keys, the model adds up
what it learnt of them; both get them here.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise, repeat
from operator import eq

from pipeline.tagger.lexicon import han_words, lexicon, thai_words
from pipeline.tagger.tokens import Token, pieces_of

REACH: dict[str, tuple[int, ...]] = {
    "w": (-2, -1, 0, 1, 2),  # word
    "u": (-3, -2, -1, 0, 1, 2, 3),  # word or character of a script without spaces
    "s": (-1, 0, 1),  # shape
    "x": (0,),  # first or last letters
    "e": (-1, 0, 1),  # last three letters
    "k": (-1, 0, 1),  # cluster
    "c": (0,),  # list in which the word stands
    "l": (-1, 0, 1),  # lists and shape
    "2": (-1, 0),  # two words
    "d": (-2, -1, 0, 1),  # two words or characters of a script without spaces
    "n": (-1, 0),  # lists of two words
    "3": (0,),  # three shapes
    "t": (-1, 0, 1),  # three characters
    "m": (0,),  # how the text uses capitals, with shape and lists
    "g": (-1, 0),  # glued to the word before, with shape
    "h": (0,),  # dictionary word around a Chinese character
}
"""Where a key counts, from the token that it is anchored at."""

_COMMON = frozenset(("q4", "q5", "q6", "q7"))


def cut_thai(run: str) -> list[int]:
    """The ends of the words of a run of Thai letters."""
    return thai_words().cut(run, pieces_of(run, "th"))


@lru_cache(maxsize=50_000)
def word_keys(text: str, script: str) -> tuple[str, ...]:
    """The keys of a token that do not depend on its neighbours."""
    word, shape, lists = _look(text)
    found = [f"{'u' if script and script != 'hi' else 'w'}{word}", f"s{shape}", f"l{lists}{shape}"]
    if len(word) > 1 and script != "zh":
        found += [f"x{word[:n]}-" for n in (1, 2, 3, 4) if n < len(word)]
        found += [f"x-{word[-n:]}" for n in (1, 2, 4) if n < len(word)]
        found.append(f"e{word[-3:]}")
    for code in lexicon(script).get(word, ()):
        if code[0] == "k":
            bits = int(code[1:])
            found += [f"k4{bits & 15}", f"k6{bits & 63}", f"k9{bits & 511}"]
        elif code[0] != "w":
            found.append(f"c{code}")
    return tuple(found)


Frame = tuple[str, tuple[str, str, str], tuple[str, str], bool]
"""What a token and its neighbours look like, whatever their words: few frames return again and again.

How the text uses capitals; the shapes of the token before, of this and of the next; the lists of the token before and
of this; whether it is glued to the one before.
"""


def context_keys(text: str, tokens: Sequence[Token]) -> list[list[str]]:
    """The keys of each token that depend on its neighbours."""
    return [
        [*keys, *frame_keys(frame)] for keys, frame in zip(neighbour_keys(text, tokens), frames_of(tokens), strict=True)
    ]


def frames_of(tokens: Sequence[Token]) -> list[Frame]:
    """The frame of each token."""
    starts, ends, texts, _ = zip(*tokens, strict=True)
    _, looked, listed = zip(*map(_look, texts), strict=True)
    shapes = ["^", *looked, "$"]
    threes = zip(shapes, shapes[1:], shapes[2:], strict=False)
    glued = map(eq, starts, (-1, *ends))
    return list(zip(repeat(_mode(shapes)), threes, pairwise(("^", *listed)), glued, strict=False))


def frame_keys(frame: Frame) -> tuple[str, ...]:
    """The keys that a frame gives."""
    mode, (before, shape, after), (listed_before, listed), glued = frame
    return (
        f"n{listed_before}|{listed}",
        f"3{before}{shape}{after}",
        f"m{mode}{shape}{listed}",
        f"g{'+' if glued else '_'}{shape}",
    )


def neighbour_keys(text: str, tokens: Sequence[Token]) -> list[list[str]]:
    """The keys of each token that name the words beside it."""
    _, _, texts, scripts = zip(*tokens, strict=True)
    words = ["^", *(word for word, _, _ in map(_look, texts)), "$"]
    found = [
        [f"d{before}|{word}", f"t{before}|{word}|{after}"] if script and script != "hi" else [f"2{before}|{word}"]
        for script, before, word, after in zip(scripts, words, words[1:], words[2:], strict=False)
    ]
    if "zh" in scripts:
        _add_han_words(text, tokens, found)
    return found


@lru_cache(maxsize=50_000)
def _look(text: str) -> tuple[str, str, str]:
    """A token as it is compared, its shape and its lists."""
    word = _bare(text)
    return word, shape_of(text), lists_of(word)


def _bare(text: str) -> str:
    """A token in lower case, its digits as zeros, so that all numbers of a length are one."""
    if text[0] == "\n":
        return "¶"
    return "0" * min(len(text), 6) if text[0].isdigit() else text.lower()


def lists_of(word: str) -> str:
    """The lists of names in which a word stands, and Q for a common word; ? for an unknown one."""
    known = lexicon_of(word)
    if known is None:
        return "?" if len(word) > 1 else "."
    return "".join(code for code in known if len(code) == 1) + ("Q" if _COMMON.intersection(known) else "")


def lexicon_of(word: str) -> tuple[str, ...] | None:
    """The codes of a word in lower case, whatever its script."""
    return lexicon(script_of(word[0])).get(word)


def shape_of(text: str) -> str:
    """One letter or digit for the kind of token: capitals, digits, scripts; a sign stands for itself."""
    first = text[0]
    if first.isalpha() and not script_of(first):
        if text.isupper():
            return "A" if len(text) == 1 else "U" if len(text) > 4 else "V"
        if first.isupper():
            return "T" if text[1:].islower() else "M"
        return "x" if text.islower() else "y"
    if first.isdigit():
        return str(min(len(text), 5))
    if first == "\n":
        return "N"
    return first if first.isascii() else script_of(first) or "o"


def script_of(char: str) -> str:
    """The script of a character, as tokens name it."""
    code = ord(char)
    if code < 0x900:
        return ""
    if code < 0x1000:
        return "hi" if code < 0x980 else "" if code < 0xE00 else "th" if code < 0xE80 else "lo" if code < 0xF00 else ""
    if code < 0x10A0:
        return "my"
    return "km" if 0x1780 <= code < 0x1800 else "zh" if 0x3400 <= code < 0xA000 else ""


_CAPITALS = frozenset("AUVTM")


def _mode(shapes: Sequence[str]) -> str:
    """How a text uses capitals: n as usual, l none, u all, t on most words."""
    capital, small = sum(shape in _CAPITALS for shape in shapes), shapes.count("x")
    if not capital:
        return "l"
    if not small:
        return "u" if shapes.count("T") * 2 < capital else "t"
    return "n" if capital <= 2 * small else "t"


def _add_han_words(text: str, tokens: Sequence[Token], found: list[list[str]]) -> None:
    """Where the words of Chinese begin and end, by the dictionary, and what they are."""
    i = 0
    while i < len(tokens):
        end = i + 1
        if tokens[i].script == "zh":
            while end < len(tokens) and tokens[end].script == "zh" and tokens[end].start == tokens[end - 1].end:
                end += 1
            _add_run(text[tokens[i].start : tokens[end - 1].end], i, found)
        i = end


def _add_run(run: str, first: int, found: list[list[str]]) -> None:
    start = 0
    for end in han_words().cut(run, range(1, len(run) + 1)):
        word = run[start:end]
        codes = [code for code in lexicon("zh").get(word, ()) if code[0] != "w"] if end - start > 1 else []
        for at in range(start, end):
            place = "S" if end - start == 1 else "B" if at == start else "E" if at == end - 1 else "M"
            found[first + at] += [f"h{place}", f"h{place}{word}", *(f"h{place}={code}" for code in codes)]
        start = end
