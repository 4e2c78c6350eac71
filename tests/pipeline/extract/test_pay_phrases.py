"""Pay in eleven languages: a table of phrases with their truth, and of money that is no pay.

pay.tsv was written before any of it was tried (the code had been looked at): at first 223 of 280 phrases were read
right and 7 of 120 other amounts were taken for pay; of 56 further phrases 47 at first and none of 20 other amounts, of
39 more 38 and 1 of 11.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from casefile.records import Mention
from pipeline.extract.salaries import salaries
from tests.pipeline.extract.reading import read

ROWS = [tuple(row.split("\t")) for row in (Path(__file__).parents[1] / "pay.tsv").read_text("utf-8").splitlines()]
PAY = [row for row in ROWS if row[2] != "-"]
OTHER_MONEY = [row for row in ROWS if row[2] == "-"]
LANGUAGES = ("id", "ms", "tl", "en", "vi", "th", "zh", "my", "km", "lo", "hi")


def found(lang: str, marked: str) -> list[Mention]:
    return read(salaries, marked.replace("⟦", "").replace("⟧", ""), lang)


def test_the_table_is_large_and_serves_every_language() -> None:
    assert len(PAY) >= 370 and len(OTHER_MONEY) >= 150
    assert all(Counter(row[0] for row in PAY)[lang] >= 13 for lang in LANGUAGES)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_pay_is_read_as_a_native_reader_reads_it(lang: str) -> None:
    rows = [row for row in PAY if row[0] == lang]
    wrong = [marked for _, marked, truth in rows if [m.value for m in found(lang, marked)] != truth.split("; ")]
    assert len(wrong) <= 1, wrong


@pytest.mark.parametrize("lang", LANGUAGES)
def test_pay_is_found_at_its_words(lang: str) -> None:
    rows = [row for row in PAY if row[0] == lang]
    wrong = [
        marked for _, marked, _ in rows if [m.surface for m in found(lang, marked)] != re.findall("⟦(.*?)⟧", marked)
    ]
    assert len(wrong) <= 3, wrong


@pytest.mark.parametrize(("lang", "text", "_"), OTHER_MONEY)
def test_fees_fines_ransoms_rents_and_prices_are_no_pay(lang: str, text: str, _: str) -> None:
    assert found(lang, text) == []
