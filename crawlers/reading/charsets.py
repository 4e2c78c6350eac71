"""Which charset bytes are in, whatever is declared: pages of our region often declare another one than they are in.

A charset is believed by what its letters look like in it: Thai marks stand on consonants, Chinese text consists for a
good part of its hundred commonest signs, accented Latin letters stand among plain ones.
"""

from __future__ import annotations

import re
import unicodedata

SAMPLE = 200_000
"""So many bytes tell a charset, and are read quickly even of a page of 20 MB."""

# The commonest signs of simplified and traditional Chinese (by the lists of Jun Da, 2004, and of Taiwan's Ministry of
# Education, 1998), and of adverts; of Chinese they make up about a third, of misread bytes next to nothing.
_COMMON_CHINESE = frozenset(
    "的一是不了在人有我他这这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里"
    "用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实"
    "這個們來為國說時會對於著過發後裡經麼學現當沒動還進樣開從實日工月高薪招聘客服公司電话話请請网網站请联系聯絡"
)
_KANA = range(0x3040, 0x3100)
_HANGUL = range(0xAC00, 0xD7A4)
_THAI_BASE = re.compile("[ก-ฮะาำๅๆฯ]|[เ-ไ](?=[ก-ฮ])")
_THAI_MARK = re.compile("[ก-ฮ][ัิ-ฺ็-๎]+")
_HIGH = re.compile(r"[^\x00-\x7f]+")
_NEUTRAL = frozenset("\u00a0\u2018\u2019\u201c\u201d\u2013\u2014\u2026\u2022©®™°·«»")
_VIETNAMESE_MARKS = "\u0300\u0301\u0303\u0309\u0323"
_CANDIDATES = ("cp874", "gb18030", "big5", "cp1258", "cp1252", "euc_kr", "shift_jis", "cp1251")
_CLEARLY = 0.3
# Vietnamese marks of cp1258, misread in a western charset: no western language has many of these behind a vowel.
_MARKS_MISREAD = re.compile("(?<=[aeiouyAEIOUYâêôÂÊÔ])[ÌÒÞìòÍ]|(?<=[ăơưýÐð])[ÌÒÞìò]")
_WESTERN_PAIRS = frozenset(("çã", "çõ", "Çã", "ÇÃ", "ÇÕ", "ïê", "éé"))
_VIETNAMESE = frozenset("ăâđêôơưĂÂĐÊÔƠƯ")


def better_charset(body: bytes, declared: str | None) -> str | None:
    """The charset that bytes are clearly in, though another one (or none) is declared; None where that may be right."""
    sample = body[:SAMPLE]
    if is_utf8(sample):
        return None if _is_utf8_name(declared) else "utf-8"
    if not _HIGH.search(sample.decode("latin-1")):
        return None
    told = _likeness(sample, declared) if declared else 0.0
    names = [name for name in _CANDIDATES if name != "cp1258" or _has_vietnamese_marks(sample)]
    best, likeness = max(((name, _likeness(sample, name)) for name in names), key=lambda pair: pair[1])
    if likeness < told + _CLEARLY or best == declared:
        return None
    return best


def is_utf8(sample: bytes) -> bool:
    """Whether bytes hold UTF-8 beyond plain ASCII, and nothing else; the last sign may be cut."""
    if sample.isascii():
        return False
    try:
        sample.decode("utf-8")
    except UnicodeDecodeError as error:
        return (
            error.start >= len(sample) - 3
            and error.reason == "unexpected end of data"
            and not sample[: error.start].isascii()
        )
    return True


def _has_vietnamese_marks(sample: bytes) -> bool:
    """Whether the marks of cp1258 stand behind vowels, often enough for a Vietnamese text."""
    text = sample.decode("latin-1")
    return len(_MARKS_MISREAD.findall(text)) * 20 > sum(c > "\x7f" for c in text)


def _is_utf8_name(name: str | None) -> bool:
    return (name or "").lower().replace("_", "-") in ("utf-8", "utf8")


def _likeness(sample: bytes, charset: str) -> float:
    """How much bytes look like a language in this charset, from 0 to 1."""
    try:
        text = sample.decode(charset, "replace")
    except LookupError:
        return 0.0
    text = _among_letters(text)
    letters = sum(c > "\x7f" and c not in _NEUTRAL for c in text)
    if not letters:
        return 0.0
    broken = text.count("\N{REPLACEMENT CHARACTER}") / letters
    misread = len(_MARKS_MISREAD.findall(text)) / letters
    return max(0.0, sum(map(_plausible, _HIGH.findall(text))) / letters - 3 * broken - 2 * misread)


def _among_letters(text: str) -> str:
    """The text with Vietnamese marks set on their letters, as cp1258 writes them behind."""
    if any(mark in text for mark in _VIETNAMESE_MARKS):
        return unicodedata.normalize("NFC", text)
    return text


def _plausible(run: str) -> float:
    """How many letters of a run of letters beyond ASCII look right."""
    first = run[0]
    if "\u0e00" <= first < "\u0e80":
        marks = sum(len(match) - 1 for match in _THAI_MARK.findall(run))
        return len(_THAI_BASE.findall(run)) + marks if len(run) > 2 else 0
    chinese = sum("\u4e00" <= c < "\u9fff" for c in run)
    if chinese:
        kana = sum(ord(c) in _KANA for c in run)
        common = sum(c in _COMMON_CHINESE for c in run)
        return min(float(len(run)), 4.0 * common + 2.0 * kana)
    if ord(first) in _HANGUL:
        return sum(ord(c) in _HANGUL for c in run)
    if ord(first) in _KANA:
        return sum(ord(c) in _KANA for c in run)
    if "\u0370" <= first < "\u1e00":  # Greek, Cyrillic, Arabic and their like; capitals stand at the beginning
        lower = not any(map(str.isupper, run[1:])) or run.isupper()
        return sum(c.isalpha() for c in run) if lower and len(run) > 1 else 0
    if len(run) == 1 or (len(run) == 2 and any(c in _VIETNAMESE or "\u1ea0" <= c <= "\u1ef9" for c in run)):
        return sum(c.isalpha() for c in run)
    return sum(c.isalpha() for c in run) if run in _WESTERN_PAIRS else 0
