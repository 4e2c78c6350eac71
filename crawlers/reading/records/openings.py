"""How a reply opens: above its words stand its author's name and the moment, each in a short line."""

from __future__ import annotations

import re
from dataclasses import dataclass

from crawlers.reading.words import bare, page_words

PARTS = re.compile(r"[|•·–]| - ")
"""What stands between the parts of one line: "budi · 3 hours ago"."""

_MOST_LINES = 4
_LONGEST_LINE = 120
_LONGEST_NAME = 60
_MONTHS = (
    r"jan(?:uary|uari)?|feb(?:ruary|ruari)?|mar(?:ch|et)?|apr(?:il)?|may|mei|june?|juni|july?|juli|aug(?:ust)?|agu(?:stus)?"
    r"|sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cs](?:ember)?"
)
# Words that are a date and little else: tried on short lines only.
_DATE_WORDS = re.compile(
    rf"(?:posted|published|updated|diposting|on)?\s*(?:\w{{3,9}},? )?(?:(?:{_MONTHS})\.? \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?"
    rf"|\d{{1,2}}\.? (?:{_MONTHS})\.?,?(?: \d{{4}})?|\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|\d{{1,2}}[-/.]\d{{1,2}}[-/.]\d{{2,4}}"
    r"|\d{4}年\d{1,2}月\d{1,2}日|\d{1,2}月\d{1,2}日|(?:\d+|an?|one) ?\w{1,8} (?:ago|yang lalu|lalu)|\d+ \w+ trước|\d+ ?\S{1,12}ที่แล้ว"
    r"|\d+ ?(?:分钟|小时|天|周|个月|分鐘|小時)前|today|yesterday|kemarin|hari ini|hôm qua|hôm nay|昨天|今天|เมื่อวาน|วันนี้)"
    r"(?:,? (?:at |pukul |lúc )?\d{1,2}[:.]\d\d(?: ?[ap]m)?)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Opening:
    """What the first lines of a reply tell, and what follows them: the author's own words."""

    author: str | None
    date: str | None
    words: str


def date_in(line: str) -> str | None:
    """The part of a short line that is a date as a visitor sees it."""
    return next((part.strip() for part in PARTS.split(line[:300]) if _DATE_WORDS.fullmatch(part.strip())), None)


def posted_date(text: str) -> str | None:
    """The date behind a label such as "Posted date:", in the words of an advert."""
    labels = page_words().posted
    for line in text.split("\n"):
        before, colon, after = line[-_LONGEST_LINE:].replace("：", ":").partition(":")
        while colon:
            words = bare(before).split()
            if any(" ".join(words[-count:]) in labels for count in (1, 2, 3)) and (date := date_in(after)):
                return date
            before, colon, after = after.partition(":")
    return None


def read_opening(text: str, author: str | None = None, date: str | None = None) -> Opening:
    """Part a reply's opening lines from its words; `author` and `date` are what its markup tells already.

    Nothing is parted where neither stands in a short line near the top, or where no words would be left.
    """
    lines = text.split("\n", _MOST_LINES)
    end, by, at = 0, author, date
    for number, line in enumerate(lines[:_MOST_LINES]):
        if len(line) > _LONGEST_LINE:
            break
        if (shown := date_in(line)) or _tells(line, by, date):
            end = number + 1
            at = at or shown
            by = by or _name_in(lines[:end])
    words = "\n".join(lines[end:]).strip()
    return Opening(by, at, words) if words else Opening(author, date, text)


def _tells(line: str, author: str | None, date: str | None) -> bool:
    """Whether a line says nothing but the author's name, the date, or both and a number ("budi 2 days ago #4")."""
    if any(bare(part) == bare(told) for part in PARTS.split(line) for told in (author, date) if told):
        return True
    if not author or not line.startswith(author):
        return False
    rest = line.removeprefix(author).lstrip(" ,:|·•–-")
    shown = _DATE_WORDS.match(rest)
    return shown is not None and not any(map(str.isalpha, rest[shown.end() :]))


def _name_in(lines: list[str]) -> str | None:
    """The first words above or beside a date that may be a name."""
    buttons = page_words().buttons
    parts = (part.strip() for line in lines for part in PARTS.split(line))
    named = (part for part in parts if any(map(str.isalpha, part)) and not date_in(part) and bare(part) not in buttons)
    return next((part for part in named if len(part) <= _LONGEST_NAME), None)
