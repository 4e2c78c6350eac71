"""How invented adverts write contacts."""

from __future__ import annotations

import random

import pytest

from benchmarks.networks.contacts import Contact, Inventor, plain, with_a_slip, written
from benchmarks.networks.settings import languages


@pytest.mark.parametrize("code", sorted(languages()))
def test_a_number_keeps_its_digits_in_every_plain_writing(code: str) -> None:
    random_ = random.Random(1)
    contact = Contact("phone:+6281200012345", "ID")
    for _ in range(40):
        digits = "".join(filter(str.isdigit, plain(contact, languages()[code], random_)))
        assert digits in ("6281200012345", "081200012345")


def test_a_disguised_number_is_still_the_same_number() -> None:
    random_ = random.Random(2)
    for _ in range(60):
        shown = written(Contact("phone:+66900012345", "TH"), languages()["th"], random_, True, "phone")
        digits = "".join(str(int(c)) if c.isdecimal() else "0" if c == "O" else "" for c in shown)
        assert digits in ("0900012345", "66900012345"), shown


def test_no_contact_is_invented_twice() -> None:
    inventor = Inventor(random.Random(3))
    made = [inventor.phone("ID").identifier for _ in range(500)] + [
        inventor.name("telegram", "ID").identifier for _ in range(500)
    ]
    assert len(set(made)) == 1000


def test_a_turned_handle_mostly_keeps_its_stem() -> None:
    inventor = Inventor(random.Random(4))
    turned = [inventor.name("telegram", "ID", like=f"contoh_hr{n}0") for n in range(1, 41)]
    kept = [contact for contact in turned if contact.value.startswith("contoh_hr")]
    assert len(turned) / 2 < len(kept) < len(turned)


def test_a_slip_changes_one_digit() -> None:
    for seed in range(20):
        wrong = with_a_slip("WA 0812-0000-1234", random.Random(seed))
        assert sum(a != b for a, b in zip(wrong, "WA 0812-0000-1234", strict=True)) == 1
    assert with_a_slip("no digits", random.Random(1)) == "no digits"
