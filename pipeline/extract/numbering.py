"""Which digits are a telephone number, and of which country: libphonenumber, asked cheaply."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

import phonenumbers
from phonenumbers import NumberParseException, PhoneMetadata, PhoneNumberFormat, PhoneNumberType, shortnumberinfo

# Countries that recruits come from or are sent to: the candidates where a post names no country.
NEIGHBOURS = (
    "ID",
    "MY",
    "PH",
    "VN",
    "TH",
    "KH",
    "MM",
    "LA",
    "SG",
    "IN",
    "BD",
    "NP",
    "LK",
    "PK",
    "CN",
    "TW",
    "HK",
    "AE",
)
LANGUAGE_REGIONS = {
    "id": "ID", "ms": "MY", "vi": "VN", "th": "TH", "km": "KH", "my": "MM", "tl": "PH", "hi": "IN", "lo": "LA",
    "bn": "BD", "ne": "NP", "ko": "KR", "zh": "CN", "ja": "JP",
}  # fmt: skip
CURRENCY_REGIONS = {
    "IDR": "ID", "MYR": "MY", "PHP": "PH", "VND": "VN", "THB": "TH", "INR": "IN", "MMK": "MM", "KHR": "KH", "LAK": "LA",
    "SGD": "SG", "BDT": "BD", "NPR": "NP", "LKR": "LK", "PKR": "PK", "TWD": "TW", "HKD": "HK", "AED": "AE", "KRW": "KR",
}  # fmt: skip
BARE_MOBILES = frozenset({"CN", "IN"})  # where mobile numbers are written without a trunk prefix
_MOBILE = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)


@dataclass(frozen=True, slots=True)
class Number:
    """A number that libphonenumber holds for valid (or, if not `valid`, for possible)."""

    e164: str
    region: str
    mobile: bool
    valid: bool = True


@lru_cache(maxsize=65536)
def international(digits: str) -> Number | None:
    """The number `+digits`, if valid. Digits count from the calling code."""
    try:
        parsed = phonenumbers.parse("+" + digits, None)
    except NumberParseException:
        return None
    if not phonenumbers.is_valid_number(parsed):
        return None
    return _number(parsed, phonenumbers.region_code_for_number(parsed) or "")


@lru_cache(maxsize=65536)
def national(digits: str, region: str) -> Number | None:
    """The number as dialled inside `region`, or written with its calling code but no plus, if valid."""
    shape = _shape(region)
    if not shape or not shape[0].fullmatch(digits):
        return None
    try:
        parsed = phonenumbers.parse(digits, region)
    except NumberParseException:
        return None
    if not phonenumbers.is_valid_number_for_region(parsed, region):
        return None
    return _number(parsed, region)


def possible(digits: str, region: str) -> Number | None:
    """The number if its length may be dialled in `region`, though its range is not known to be in use."""
    try:
        parsed = phonenumbers.parse(digits, region)
    except NumberParseException:
        return None
    if not phonenumbers.is_possible_number(parsed):
        return None
    e164 = phonenumbers.format_number(parsed, PhoneNumberFormat.E164)
    return Number(e164, region, mobile=False, valid=False)


@cache
def is_short_number(digits: str, region: str) -> bool:
    """Whether these 3 to 6 digits are a public short number of `region`."""
    if region not in phonenumbers.SUPPORTED_SHORT_REGIONS:
        return False
    metadata = PhoneMetadata.short_metadata_for_region(region)
    return metadata is not None and shortnumberinfo.is_valid_short_number_for_region(
        phonenumbers.PhoneNumber(
            country_code=phonenumbers.country_code_for_region(region), national_number=int(digits)
        ),
        region,
    )


@lru_cache(maxsize=4096)
def national_groups(e164: str) -> tuple[str, ...]:
    """How the number is commonly grouped in its country: ("0755", "8000", "0702")."""
    written = phonenumbers.format_number(phonenumbers.parse(e164, None), PhoneNumberFormat.NATIONAL)
    return tuple(re.findall(r"\d+", written))


@cache
def calling_code(region: str) -> str:
    """`62` for ID."""
    return str(phonenumbers.country_code_for_region(region))


@cache
def trunk_prefix(region: str) -> str:
    """What is dialled before a national number, mostly `0`; empty where nothing is."""
    metadata = PhoneMetadata.metadata_for_region(region, None)
    return (metadata.national_prefix or "") if metadata else ""


def _number(parsed: phonenumbers.PhoneNumber, region: str) -> Number:
    e164 = phonenumbers.format_number(parsed, PhoneNumberFormat.E164)
    return Number(e164, region, phonenumbers.number_type(parsed) in _MOBILE)


@cache
def _shape(region: str) -> tuple[re.Pattern[str]] | None:
    """One quick pattern of what may be valid in a region: asking the library costs 100 times more."""
    metadata = PhoneMetadata.metadata_for_region(region, None)
    if metadata is None or metadata.general_desc is None:
        return None
    prefix = metadata.national_prefix_for_parsing or metadata.national_prefix or ""
    before = f"(?:{metadata.country_code})?(?:{prefix})?"
    return (re.compile(f"{before}(?:{metadata.general_desc.national_number_pattern})"),)
