"""What a contact is by its own letters: its number under any messenger, its name without a running number."""

from __future__ import annotations

from functools import lru_cache

_TAIL = 8  # the last digits of a number: the same with and without a country's code
_SIGNS = "_.-"


@lru_cache(maxsize=1 << 16)
def number_of(contact: str) -> tuple[str, str]:
    """The kind of a contact, and the digits of its phone number if it is one under any messenger."""
    kind, _, value = contact.partition(":")
    digits = value.removeprefix("+")
    is_number = kind not in ("email", "wallet") and 8 <= len(digits) <= 15 and digits.isascii() and digits.isdecimal()
    return kind, digits if is_number else ""


@lru_cache(maxsize=1 << 16)
def tail_of(contact: str) -> str:
    """The last digits of a phone number, whether its country was told or not; "" for what is none."""
    digits = number_of(contact)[1] or _raw_digits(contact)
    return digits[-_TAIL:] if len(digits) > _TAIL else ""


def is_same_number(left: str, right: str) -> bool:
    """Whether two contacts are one phone number under two messengers."""
    number = number_of(left)[1]
    return bool(number) and number == number_of(right)[1]


def is_like(left: str, right: str) -> bool:
    """Whether one of two numbers is the other without its country's code."""
    if not _raw_digits(right):
        left, right = right, left
    known, raw = number_of(left)[1], _raw_digits(right)
    national = raw.lstrip("0")
    return bool(known) and len(national) > _TAIL and known.endswith(national)


def _raw_digits(contact: str) -> str:
    value = contact.removeprefix("phone:raw:")
    return value if value != contact and value.isascii() and value.isdecimal() else ""


@lru_cache(maxsize=1 << 16)
def base_of(contact: str) -> str:
    """A handle's name without the running number at its end; "" for a number, an address or a name of digits."""
    kind, _, value = contact.partition(":")
    if kind in ("phone", "email", "wallet") or number_of(contact)[1]:
        return ""
    return value.rstrip("0123456789").rstrip(_SIGNS)


def is_short_code(contact: str, shortest: int) -> bool:
    """Whether a phone number is too short to be a person's: 110, 1343, +66 1300."""
    label, _, number = contact.partition(":")
    return label == "phone" and sum(map(str.isdecimal, number)) < shortest
