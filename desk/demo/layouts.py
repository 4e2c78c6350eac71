"""The ways in which adverts lay out and disguise a contact; the truth keeps the plain value."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import phonenumbers
from phonenumbers import PhoneNumberFormat

_ZEROS = {"thai": "๐", "burmese": "၀", "khmer": "០", "devanagari": "०", "wide": "０"}


def lay_out(value: str, layout: str) -> str:
    """`value` (E.164, `platform:name`, an address) as an advert in this layout writes it."""
    if value.startswith("+"):
        return _PHONE[layout or "national"](phonenumbers.parse(value))
    platform, colon, name = value.partition(":")
    if not colon or platform in ("http", "https"):
        return value
    return _HANDLE[layout or "plain"](platform, name)


def contact_id(value: str) -> str:
    """The entity id of a contact value as config/demo writes it."""
    if value.startswith("+"):
        return f"phone:{value}"
    if value.startswith(("http://", "https://")):
        return f"url:{value}"
    return f"email:{value}" if "@" in value else value


def _national(number: phonenumbers.PhoneNumber) -> str:
    return phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)


def _digits(number: phonenumbers.PhoneNumber) -> str:
    return "".join(filter(str.isdigit, _national(number)))


def _e164(number: phonenumbers.PhoneNumber) -> str:
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def _groups(digits: str, size: int, between: str) -> str:
    return between.join(digits[i : i + size] for i in range(0, len(digits), size))


def _in_script(zero: str) -> Callable[[phonenumbers.PhoneNumber], str]:
    table = {ord(str(i)): chr(ord(zero) + i) for i in range(10)}
    return lambda number: _digits(number).translate(table)


_PHONE: Mapping[str, Callable[[phonenumbers.PhoneNumber], str]] = {
    "national": _national,
    "international": lambda n: phonenumbers.format_number(n, PhoneNumberFormat.INTERNATIONAL),
    "plus": _e164,
    "bare": lambda n: _e164(n)[1:],
    "zeros": lambda n: "00" + _e164(n)[1:],
    "brackets": lambda n: f"(+{n.country_code}) {_groups(str(n.national_number), 3, ' ')}",
    "digits": _digits,
    "dashes": lambda n: _groups(_digits(n), 4, "-"),
    "dots": lambda n: _groups(_digits(n), 3, "."),
    "spaced": lambda n: " ".join(_digits(n)),
    "pairs": lambda n: _groups(_digits(n), 2, " "),
    "letters": lambda n: _digits(n).replace("0", "O").replace("1", "l"),
    "keycaps": lambda n: "".join(f"{digit}\ufe0f\u20e3" for digit in _digits(n)),
    "stars": lambda n: _groups(_digits(n), 3, "*"),
    "wame": lambda n: f"https://wa.me/{_e164(n)[1:]}",
    "zalo": lambda n: f"zalo.me/{_digits(n)}",
    **{script: _in_script(zero) for script, zero in _ZEROS.items()},
}

_HANDLE: Mapping[str, Callable[[str, str], str]] = {
    "plain": lambda platform, name: name,
    "at": lambda platform, name: f"@{name}",
    "upper": lambda platform, name: f"@{name.upper()}",
    "wideat": lambda platform, name: f"＠{name}",
    "link": lambda platform, name: {
        "telegram": f"https://t.me/{name}",
        "line": f"https://line.me/ti/p/~{name}",
        "facebook": f"https://www.facebook.com/{name}",
    }[platform],
    "short": lambda platform, name: f"t.me/{name}",
}
