"""Where the name of a place begins and ends: the words for town, province and state belong to it."""

from __future__ import annotations

from pipeline.plain import Plain

_BEFORE = (
    "kota", "kab.", "kab", "kabupaten", "kec.", "kecamatan", "provinsi", "prov.", "kampung", "kg", "kg.", "taman", "bandar",
    "tỉnh", "thành phố", "tp.", "tp", "quận", "huyện", "thị xã", "phường",
    "จังหวัด", "จ.", "อำเภอ", "อ.", "ตำบล", "ต.", "เขต", "แขวง",
    "ប្រទេស", "រាជធានី", "ខេត្ត", "ក្រុង", "ស្រុក", "khan", "sangkat", "krong", "kerajaan",
)  # fmt: skip
_AFTER = (
    "市中心", "市", "省", "县", "縣", "自治区", "特区", "园区", "園區", "州",
    "မြို့နယ်", "မြို့သစ်", "မြို့", "ပြည်နယ်", "နိုင်ငံ", "တိုင်း",
    " city", " province", " state",
)  # fmt: skip


def widen(plain: Plain, start: int, end: int) -> tuple[int, int]:
    """The span with the words around it that belong to the name, in offsets of `Plain.text`."""
    return _start_of_name(plain, start), _end_of_name(plain, end)


_ANY_BEFORE = tuple(word + gap for word in _BEFORE for gap in ("", " "))
_LONGEST_BEFORE = max(map(len, _ANY_BEFORE))


def _start_of_name(plain: Plain, start: int) -> int:
    before = plain.text[max(0, start - _LONGEST_BEFORE) : start]
    if not before.endswith(_ANY_BEFORE):
        return start
    for word in _ANY_BEFORE:
        at = start - len(word)
        if before.endswith(word) and _begins_here(plain, at) and not _is_glued_letters(word):
            return at
    return start


def _begins_here(plain: Plain, at: int) -> bool:
    """Whether no other word runs into this one; scripts without spaces do not tell."""
    return at == 0 or plain.shape[at] == "u" or plain.shape[at - 1] != "s"


def _is_glued_letters(word: str) -> bool:
    """Latin words need a space or a dot before the name."""
    return word[-1].isalpha() and word[0] < "\u0e00"


def _end_of_name(plain: Plain, end: int) -> int:
    if not plain.text.startswith(_AFTER, end):
        return end
    for word in _AFTER:
        if plain.text.startswith(word, end):
            after = plain.shape[end + len(word) : end + len(word) + 1]
            if not word.startswith(" ") or after != "s":
                return end + len(word)
    return end
