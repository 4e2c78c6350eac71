"""Contacts: how they are invented, and how adverts write and disguise them."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import phonenumbers

from benchmarks.networks.settings import Language, common

_ZEROS = {"th": "๐", "my": "၀", "km": "០", "hi": "०", "zh": "０"}
_NUMBERED = {"whatsapp", "zalo", "viber"}
_Layout = Callable[[str, str], str]  # digits and language: how they are written


@dataclass
class Contact:
    """One identifier (`phone:+62…`, `telegram:name`) and from when to when it is used, in days from the start."""

    identifier: str
    country: str
    first: float = 0.0
    last: float = 0.0

    @property
    def platform(self) -> str:
        """What stands before the colon."""
        return self.identifier.partition(":")[0]

    @property
    def value(self) -> str:
        """What stands behind it."""
        return self.identifier.partition(":")[2]


class Inventor:
    """Invents contacts and names, each contact once."""

    def __init__(self, random_: random.Random) -> None:
        self.random = random_
        self._used: set[str] = set()

    def phone(self, country: str) -> Contact:
        """A number of that country; the last five digits are not used by any other as long as there are such."""
        for attempt in range(1000):
            tail = f"{self.random.randrange(100_000):05d}"
            number = self.random.choice(common()["phones"][country]) + tail
            if number not in self._used and (attempt > 20 or tail not in self._used):
                self._used |= {number, tail}
                return Contact(f"phone:{number}", country)
        raise ValueError(f"no more numbers in {country}")

    def name(self, platform: str, country: str, like: str = "") -> Contact:
        """A name on a platform; `like` is the name before it, of which mostly the digits change."""
        for _ in range(1000):
            made = self._next(like) if like else self._fresh()
            if platform == "facebook":  # its names may hold dots, but no underscores
                made = made.replace("_", ".")
            if f"{platform}:{made}" not in self._used:
                self._used.add(f"{platform}:{made}")
                return Contact(f"{platform}:{made}", country)
            like = ""
        raise ValueError("no more names")

    def given(self, platform: str, name: str, country: str) -> Contact:
        """A name that somebody chose, with a digit more where it is taken."""
        name = name.replace("_", ".") if platform == "facebook" else name
        while f"{platform}:{name}" in self._used:
            name += str(self.random.randrange(10))
        self._used.add(f"{platform}:{name}")
        return Contact(f"{platform}:{name}", country)

    def email(self, domain: str) -> Contact:
        """An address at a domain that cannot exist (RFC 2606)."""
        return Contact(f"email:{self.random.choice(['hr', 'career', 'info', 'rekrut'])}@{domain}.example", "")

    def word(self, syllables: int = 2) -> str:
        """An invented word."""
        return "".join(self.random.choices(common()["syllables"], k=syllables))

    def _fresh(self) -> str:
        role, digits = (
            self.random.choice(common()["roles"]),
            self.random.choice(["", f"{self.random.randrange(10, 100)}"]),
        )
        parts = [self.word(self.random.choice([2, 2, 3])), role]
        self.random.shuffle(parts)
        return "_".join(parts) + digits

    def _next(self, like: str) -> str:
        stem = like.rstrip("0123456789")
        digits = like[len(stem) :]
        if self.random.random() < 0.75:
            return f"{stem}{int(digits) + 1 if digits else 2:0{max(2, len(digits))}d}"
        return self._fresh()


def written(contact: Contact, language: Language, random_: random.Random, disguised: bool, label: str = "") -> str:
    """How an advert writes a contact, with the word that announces it."""
    platform = label or contact.platform
    word = random_.choice(language.says.get(platform, [platform.title()]))
    shown = _shown(contact, platform, language, random_, disguised)
    if "/" in shown and random_.random() < 0.5:
        return shown
    return f"{word}{random_.choice([': ', ' ', ': '])}{shown}"


def _shown(contact: Contact, platform: str, language: Language, random_: random.Random, disguised: bool) -> str:
    if contact.platform == "phone":
        if platform == "whatsapp" and not disguised and random_.random() < 0.2:
            return f"https://wa.me/{contact.value[1:]}"
        if platform == "zalo" and not disguised and random_.random() < 0.15:
            return f"zalo.me/{_national(contact.value)}"
        return _number(contact, language, random_, _DISGUISES if disguised else _PLAIN)
    if contact.platform in _LINKS and random_.random() < 0.2:
        return _LINKS[contact.platform] + contact.value
    return f"@{contact.value}" if contact.platform == "telegram" and random_.random() < 0.9 else contact.value


def plain(contact: Contact, language: Language, random_: random.Random) -> str:
    """A contact as people write it who do not hide it: without a word before a number or an address."""
    if contact.platform == "phone":
        return _number(contact, language, random_, _PLAIN)
    return f"{contact.platform.title()} {contact.value}" if contact.platform != "email" else contact.value


def _number(contact: Contact, language: Language, random_: random.Random, layouts: Sequence[_Layout]) -> str:
    """A number as it is dialled at home; with the country's code in a text for readers elsewhere."""
    at_home = contact.country == language.numbers[0] and language.code != "en"
    if random_.random() < (0.25 if at_home else 0.95):
        if layouts is _PLAIN:
            return random_.choice([contact.value, _international(contact.value)])
        return random_.choice(["+", "+", "+", ""]) + random_.choice(layouts)(contact.value[1:], language.code)
    return random_.choice(layouts)(_national(contact.value), language.code)


def numbered(platforms: Sequence[str]) -> list[str]:
    """Those of the platforms that know people by their number."""
    return [platform for platform in platforms if platform in _NUMBERED]


def _national(number: str) -> str:
    """The digits dialled inside the country."""
    parsed = phonenumbers.parse(number)
    return "".join(filter(str.isdigit, phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)))


def _grouped(digits: str, between: str, size: int = 4) -> str:
    return between.join(digits[i : i + size] for i in range(0, len(digits), size))


def _international(number: str) -> str:
    return phonenumbers.format_number(phonenumbers.parse(number), phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def _own_digits(digits: str, code: str) -> str:
    zero = ord(_ZEROS.get(code, "0"))
    return "".join(chr(zero + int(digit)) for digit in digits)


_PLAIN: Sequence[_Layout] = (
    lambda digits, _: digits,
    lambda digits, _: _grouped(digits, "-"),
    lambda digits, _: _grouped(digits, " "),
    lambda digits, _: _grouped(digits, ".", 3),
)
_DISGUISES: Sequence[_Layout] = (
    lambda digits, _: " ".join(digits),
    lambda digits, _: digits.replace("0", "O", 2),
    lambda digits, _: "".join(f"{digit}\ufe0f\u20e3" for digit in digits),
    _own_digits,
    lambda digits, _: _grouped(digits, " . ", 3),
    lambda digits, _: _grouped(digits, "*", 3),
)
_LINKS: Mapping[str, str] = {
    "telegram": "https://t.me/",
    "facebook": "https://www.facebook.com/",
    "line": "https://line.me/ti/p/~",
}


def with_a_slip(written_number: str, random_: random.Random) -> str:
    """The text with one of its digits wrong; unchanged where it has none."""
    places = [i for i, c in enumerate(written_number) if c in "0123456789"]
    if not places:
        return written_number
    place = random_.choice(places[len(places) // 2 :])
    wrong = str((int(written_number[place]) + random_.randrange(1, 10)) % 10)
    return written_number[:place] + wrong + written_number[place + 1 :]
