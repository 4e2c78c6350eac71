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


def _start_of_name(plain: Plain, start: int) -> int:
    text = plain.text
    for word in _BEFORE:
        for gap in ("", " "):
            at = start - len(word) - len(gap)
            if at < 0 or text[at:start] != word + gap:
                continue
            alone = at == 0 or plain.shape[at - 1] != "s"
            if alone if word[0].isascii() or "à" <= word[0] <= "ỹ" else True:
                return at if gap or not word[-1].isalpha() or not word[0].isascii() else start
    return start


def _end_of_name(plain: Plain, end: int) -> int:
    for word in _AFTER:
        if plain.text.startswith(word, end):
            after = plain.shape[end + len(word) : end + len(word) + 1]
            if not word.startswith(" ") or after != "s":
                return end + len(word)
    return end
