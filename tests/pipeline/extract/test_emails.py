"""E-mail addresses are found, disguised or not."""

from __future__ import annotations

import pytest

from pipeline.extract.emails import emails
from tests.pipeline.extract.reading import read, values


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("hr@demo.example.", "hr@demo.example"),
        ("HR.Team+jobs@Demo.Example", "hr.team+jobs@demo.example"),
        ("邮箱hr@demo-firm.com电话", "hr@demo-firm.com"),
        ("TO:hr@demo-firm.co.id", "hr@demo-firm.co.id"),
        ("[hr@demo-firm.com.vn]", "hr@demo-firm.com.vn"),
        ("ｈｒ＠ｄｅｍｏ．ｃｏｍ", "hr@demo.com"),
        ("hr[at]demo[dot]com", "hr@demo.com"),
        ("hr (at) demo.com", "hr@demo.com"),
        ("hr.99(a)gmail.com", "hr.99@gmail.com"),
        ("hr AT demo DOT com", "hr@demo.com"),
        ("hr_99 at gmail dot com", "hr_99@gmail.com"),
        ("hr99 at yahoo.com", "hr99@yahoo.com"),
        ("hr99 @ gmail . com", "hr99@gmail.com"),
        ("hr @ demo . com", "hr@demo.com"),
        ("email: hr@ demo.com", "hr@demo.com"),
        ("write hr@demo.comPhone 1", "hr@demo.com"),
        ("mail hr@demo.com.Call us", "hr@demo.com"),
    ],
)
def test_an_address_is_found_however_it_is_disguised(text: str, address: str) -> None:
    assert values(emails, text) == [address]


@pytest.mark.parametrize(
    "text",
    [
        "Telegram @demo_hr",
        "meet us at office.com",
        "contact us at gmail.com",
        "x@y",
        "a@@b.com@",
        "hr@demo,com",
        "5 @ 3.50",
    ],
)
def test_what_is_no_address_is_left_alone(text: str) -> None:
    assert values(emails, text) == []


def test_a_disguised_address_is_believed_less() -> None:
    (plain,) = read(emails, "hr@demo.com")
    (hidden,) = read(emails, "hr [at] demo [dot] com")
    assert plain.confidence > hidden.confidence
    assert hidden.surface == "hr [at] demo [dot] com"
