"""At home: which countries a language points to, for numbers and places written without a country."""

from __future__ import annotations

from functools import cache

from pipeline.tables import read_lists


def home_countries(lang: str) -> tuple[str, ...]:
    """ISO 3166 codes, likeliest first; none for world languages."""
    return _homes().get(lang, ())


def countries_of_readers(lang: str) -> tuple[str, ...]:
    """Where an advert in this language is not abroad; Chinese has such countries, though its numbers tell nothing."""
    return home_countries(lang) or (_CHINESE if lang == "zh" else ())


_CHINESE = ("CN", "TW", "HK", "MO")


@cache
def _homes() -> dict[str, tuple[str, ...]]:
    return {str(lang): tuple(str(codes).split()) for lang, codes in read_lists("homes").items()}


def likely_regions(lang: str, region: str | None, named: tuple[str, ...]) -> tuple[str, ...]:
    """Countries whose numbers are meant, likeliest first.

    The language of an advert tells where it recruits, the places in it mostly tell where it sends: so the language
    comes first, then what the source or the caller said, then the places. World languages tell nothing.
    """
    told = (region.upper(),) if region else ()
    return tuple(dict.fromkeys((*home_countries(lang), *told, *named)))
