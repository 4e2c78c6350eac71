"""Organisations in Thai, Chinese and Khmer, which know no capitals: by forms before and behind the name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipeline.extract.names import Name
from pipeline.tables import read_lists

_THAI_LETTER, _HAN, _KHMER_LETTER = (re.compile(f"[{low}-{high}]") for low, high in ("กฮ", "一鿿", "កអ"))


def names_by_script(text: str) -> Iterator[Name]:
    """Every name in these scripts; a text without their letters costs one look."""
    if text.isascii():
        return
    if _THAI_LETTER.search(text):
        yield from _thai(text)
    if _HAN.search(text):
        yield from _chinese(text)
    if _KHMER_LETTER.search(text):
        for pattern in (_KHMER, _KHMER_PLAIN):
            yield from (Name(match.start(1), match.end(1), 0.7, "ក្រុមហ៊ុន") for match in pattern.finditer(text))
    if "लिमिटेड" in text:
        yield from (Name(match.start(), match.end(), 0.8, "लिमिटेड") for match in _INDIAN.finditer(text))
    if "ကုမ္ပဏီ" in text:
        yield from (Name(match.start(), match.end(), 0.6, "ကုမ္ပဏီ") for match in _BURMESE.finditer(text))


_THAI = re.compile(
    r"(?:บริษัท|หจก\.?|ห้างหุ้นส่วนจำกัด|บมจ\.?|บจก\.?)[ ]?"
    r"(?:[^\n]{1,70}?จำกัด(?:[ ]?\(มหาชน\))?|[A-Z][A-Za-z0-9&.-]{1,30})"
    r"(?:[ ]?\([A-Z][A-Z0-9 ]{1,20}\))?"
)
_THAI_SHORT = re.compile(r"(?:บมจ|บจก|หจก)\.?[ ]?[^\s\d]{2,30}(?: [^\s\d]{2,30}){0,3}")
_HAN_RUN = r"[A-Za-z0-9\u4e00-\u9fff（）()·&]"
_NAMED = re.compile(
    "(?<=【)(?P<bracket>[一-鿿A-Za-z0-9]{2,14}(?:集团|集團|公司))(?=】)"
    "|公司[:：] ?(?P<label>[一-鿿A-Za-z0-9]{2,16})(?=[（(，,\n]|$)"
)
_INDIAN = re.compile("(?:[ऀ-ॣ]{2,20} ){1,4}(?:प्राइवेट )?लिमिटेड")
_BURMESE = re.compile("(?m)^[က-႟ ]{2,40}?ကုမ္ပဏီ(?:လီမိတက်)?")
_KHMER_PLAIN = re.compile("(?m)^ក្រុមហ៊ុន ?([ក-៓ ]{2,40}?)(?= ?(?:នៅ|គឺ|ត្រូវ|ជ្រើស))")
_KHMER = re.compile(r"ក្រុមហ៊ុន[ ]?([\u1780-\u17d3][^\n។,]{2,60}?(?:ឯ\.ក|ខូអិលធីឌី|ក្រុប|គ្រុប))")


def _thai(text: str) -> Iterator[Name]:
    for match in _THAI.finditer(text):
        name = match.group()
        yield Name(
            match.start(), match.end(), 0.8 if "จำกัด" in name else 0.6, "บริษัท" if name.startswith("บริษัท") else name[:3]
        )
    for match in _THAI_SHORT.finditer(text):
        yield Name(match.start(), match.end(), 0.7, match.group()[:3])
    for match in _thai_shop().finditer(text):
        yield Name(match.start(1), match.end(1), 0.6)


@cache
def _thai_shop() -> re.Pattern[str]:
    kinds = "|".join(map(str, read_lists("orgs")["thai_shop"]))
    return re.compile(rf"(?:{kinds})[ ]?([A-Z][A-Za-z0-9&'-]{{1,20}}(?: [A-Z][A-Za-z0-9&'-]{{1,20}}){{0,3}})")


@cache
def _han() -> re.Pattern[str]:
    lists = read_lists("orgs")
    keys = ("han_after", "han_after_latin", "han_office", "han_house")
    sure, weak, office, house = ("|".join(map(_spaced, lists[key])) for key in keys)
    return re.compile(
        rf"(?P<sure>{_HAN_RUN}{{2,24}}?(?:{sure}))"
        rf"|(?P<latin>[A-Z][A-Za-z0-9]{{0,20}}(?: [A-Z][A-Za-z0-9]{{0,20}}){{0,2}} ?[\u4e00-\u9fff]{{0,6}}?(?:{weak}))"
        rf"|(?P<office>[\u4e00-\u9fff]{{2,3}}(?:{office}))"
        rf"|(?P<house>[\u4e00-\u9fff]{{2,8}}?(?:{house}))"
    )


def _spaced(ending: str) -> str:
    """An ending that may be written with spaces between its characters."""
    return " ?".join(ending)


_CUT = re.compile(r".*(?:[在是的与和由为给到从向被称据任于月年今，：]|[招诚誠]聘|直招|加入|来自)")
_NO_BRAND = frozenset(("web", "app", "it", "hr", "bd", "top", "ui", "pc", "ai", "pm", "cto", "ceo"))


def _chinese(text: str) -> Iterator[Name]:
    for match in _NAMED.finditer(text):
        yield Name(*match.span(match.lastgroup or 0), 0.7, "公司")
    for match in _han().finditer(text):
        cut = _CUT.match(match.group()[:-2])
        start = match.start() + (cut.end() if cut else 0)
        name = text[start : match.end()]
        is_title = match.lastgroup == "latin" and name.split()[0].lower().rstrip("公司集团") in _NO_BRAND
        if len(name) >= _SHORTEST and not is_title:
            legal = match.lastgroup == "sure"
            yield Name(start, match.end(), 0.85 if legal else 0.65, "公司" if legal else None)


_SHORTEST = 4  # characters of a Chinese name with its ending
