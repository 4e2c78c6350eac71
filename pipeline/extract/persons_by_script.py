"""Persons in Chinese, Thai and Burmese: by family name, title or word of contact."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipeline.extract.names import Name
from pipeline.tables import read_lists


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], tuple[re.Pattern[str], ...]], ...]:
    """The patterns of each script, behind what a text must have before they are tried."""
    lists = read_lists("persons")
    family, titles, contacts = str(lists["han_family"]), "|".join(lists["han_title"]), "|".join(lists["han_contact"])
    thai, burmese = ("|".join(map(re.escape, lists[key])) for key in ("thai", "burmese"))
    thai_name = rf"(?:{thai})[ ]?[\u0e01-\u0e4e]{{2,14}}(?: [\u0e01-\u0e4e]{{3,16}})?"
    before_a_contact = r"(?=[\s,)(]{0,2}(?:\d{2}|\n|,|\(|$|โทร|Tel|ไลน์|Line))"
    patterns = {
        "[\u4e00-\u9fff]": (
            # family name and title, at the start of a phrase or behind a small word
            rf"(?<![\u4e00-\u9fff]){_titled(family, titles)}",
            rf"(?<=[，。；、：的向对望让与和被]){_titled(family, '先生|女士|小姐')}",
            # word of contact and family name; 联系方式 is "contact details"
            rf"(?:{contacts})[:：]? ?(?P<name>[{family}][\u4e00-\u9fff]{{1,2}})(?<!方式)(?=[\s\d:：，,+]|$)",
        ),
        "HR": (r"\bHR ?[-—:：] ?(?P<name>[A-Z][A-Za-z]{1,15})\b(?! ?(?:Manager|Department|Dept))",),
        "[\u0e00-\u0e7f]": (rf"(?:^|[\s,:(/]|ติดต่อ)(?P<name>{thai_name}){before_a_contact}",),
        "[\u1000-\u109f]": (
            rf"(?:^|(?<=[\s။၊]))(?<!\d )(?P<name>(?:{burmese})(?:(?<!ဦး) )?[\u1000-\u1049\u104c-\u109f]{{3,24}})(?=[\s။၊])",
        ),
    }
    return tuple((re.compile(gate), tuple(map(re.compile, found))) for gate, found in patterns.items())


def _titled(family: str, titles: str) -> str:
    """A title belongs to a family name alone (王先生, 王大哥); a full name stands without it (王小明 in 王小明先生)."""
    return rf"(?P<name>[{family}][大小老]?(?:{titles})|[{family}][\u4e00-\u9fff]{{1,2}}?(?={titles}))"


# Words that begin like a title and a name: "qualification", "employer", "lead".
_ORDINARY = re.compile(
    "คุณ(?:สมบัติ|ภาพ|จะ|ต้อง|ได้|สามารถ|มี|เป็น|ไม่|ค่า|ที่|วุฒิ)|น้อง(?:ใหม่|ๆ)|นาย(?:จ้าง|หน้า)|พี่ๆ|ဦး(?:ဆောင်|စီး|စား|တည်|ရေ)|ကိုယ်|ကို(?:လည်း)"
)


def names_by_script(text: str) -> Iterator[Name]:
    """Names in Chinese, Thai and Burmese, by family name, title or contact word."""
    if text.isascii():
        return
    told = (pattern for gate, patterns in _patterns() if gate.search(text) for pattern in patterns)
    for pattern in told:
        for match in pattern.finditer(text):
            if not _ORDINARY.match(match.group("name")):
                yield Name(match.start("name"), match.end("name"), 0.65)
