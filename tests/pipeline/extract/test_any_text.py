"""Contacts and pay in any text at all: no exception, right offsets, and the same finds wherever a contact stands."""

from __future__ import annotations

import base58
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract.emails import emails
from pipeline.extract.handles import handles
from pipeline.extract.phones import phones
from pipeline.extract.salaries import salaries
from pipeline.extract.urls import urls
from pipeline.extract.wallets import wallets
from tests.pipeline.extract.reading import Extractor, read, values

EXTRACTORS = (phones, handles, emails, urls, wallets, salaries)
CODE_POINTS = st.text(st.characters(codec=None, exclude_categories=[]), max_size=400)
# Bits of which hidden contacts are made: they come near to what the patterns look for.
WORDS = "gaji |jt|WA |tele |@hr_demo|line id|https://|wa.me/|t . me / | dot com|[at]|gmail.com|satu |RM|万| /月".split(
    "|"
)
SIGNS = [*"0189 oOl@.-/+:$\n()၀ဝ๘零一", "\u200b", "0️⃣", "\ud800", "\u0301"]
BITS = st.lists(st.sampled_from(SIGNS + WORDS), max_size=60).map("".join)
CONTACTS: list[tuple[Extractor, str, str]] = [
    (phones, "WA 0812-0000-1101", "+6281200001101"),
    (phones, "wa.me/6281200001101", "+6281200001101"),
    (handles, "Telegram: @hr_demo99", "telegram:hr_demo99"),
    (handles, "t.me/hr_demo99", "telegram:hr_demo99"),
    (emails, "hr [at] demo [dot] com", "hr@demo.com"),
    (urls, "hxxps://demo[.]com/x", "https://demo.com/x"),
    (wallets, base58.b58encode_check(b"\x41" + bytes(20)).decode(), ""),
    (salaries, "Gaji Rp 5.000.000 per bulan", "5000000-5000000 IDR/month"),
]


@given(st.one_of(CODE_POINTS, BITS), st.sampled_from(["id", "th", "zh", "en", "und"]))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_and_every_span_shows_its_surface(text: str, lang: str) -> None:
    for extract in EXTRACTORS:
        spans = [(mention.start, mention.end) for mention in read(extract, text, lang)]
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert len(set(spans)) == len(spans)


@pytest.mark.parametrize(("extract", "contact", "value"), CONTACTS)
@given(before=CODE_POINTS, behind=CODE_POINTS)
@settings(max_examples=40, deadline=None)
def test_a_contact_is_found_in_the_middle_of_any_text(
    extract: Extractor, contact: str, value: str, before: str, behind: str
) -> None:
    found = values(extract, f"{before}\n\n{contact}\n\n{behind}", "id")
    assert value in found if value else any(contact in one for one in found)


@pytest.mark.parametrize(
    "seed",
    [
        "8 ",
        "a.a.",
        "@",
        " ",
        "0812",
        "(at)",
        "+6",
        "gaji 10jt ",
        "t . me / ",
        "0️⃣",
        "一",
        "ဝ",
        "oo ",
        "0/",
        "+6",
        "satu ",
        "08 satu ",
        "a _ ",
        "l o ",
        "Те",
    ],
)
def test_a_long_text_of_one_kind_is_read_to_its_end(seed: str) -> None:
    text = (seed * 20_000)[:40_000] + "\n\nWA 0812-0000-1101"
    assert values(phones, text, "id")[-1] == "+6281200001101"
