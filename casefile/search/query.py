"""The query language: what an investigator types, understood.

lowongan poipet                  posts that hold both words
"kerja di kamboja"               these words in this order
poipet OR bavet                  one of them
-loker                           not this word
lowong*                          words that begin so
source:id_harbor lang:th         fields; a minus before one turns it round
phone:+6281200000001             a label and a value: posts that name this entity
place:KH  destination:KH/poipet  places by country or name, or only where they play this role
after:2026-03-01 before:2026-04  published (or, if unknown, first seen) in this time
suspect:0.7                      looks at least this much like compound recruitment
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from casefile.errors import QueryError
from casefile.evidence.posts_json import storable_text
from casefile.records import Label, PostKind, Role
from casefile.search.tokens import digits_in

PLACE_FIELDS = ("place", *(role.value for role in Role))
LABEL_FIELDS = {
    "phone": Label.PHONE,
    "email": Label.EMAIL,
    "url": Label.URL,
    "wallet": Label.WALLET,
    "org": Label.ORG,
    "person": Label.PERSON,
    "indicator": Label.INDICATOR,
    "handle": Label.HANDLE,
}
PLATFORMS = tuple(
    "telegram whatsapp wechat line zalo viber facebook messenger instagram tiktok qq signal kakaotalk skype twitter".split()
)
PLAIN_FIELDS = ("source", "lang", "kind", "author", "network", "has")
TIME_FIELDS = ("after", "before")
FIELDS = (*PLAIN_FIELDS, *TIME_FIELDS, "suspect", *PLACE_FIELDS, *LABEL_FIELDS, *PLATFORMS)


@dataclass(frozen=True, slots=True)
class Term:
    """One condition. `field` is empty for words of the text; `prefix` means: words that begin so."""

    value: str
    field: str = ""
    negated: bool = False
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """Alternatives, of which one must hold; in each, all terms must hold."""

    alternatives: tuple[tuple[Term, ...], ...]

    def words(self) -> Iterator[Term]:
        """The terms that are looked for in the text (not the negated ones)."""
        for terms in self.alternatives:
            yield from (term for term in terms if not term.field and not term.negated)


def is_country(value: str) -> bool:
    """Whether this names a country by its code."""
    return bool(re.fullmatch(r"[A-Z]{2}", value))


def number_in(term: Term) -> Term | None:
    """The telephone number that a word may be; it is found however it was typed in the post."""
    if len(digits_in(term.value)) < 6 or re.search(r"[^\W\d_]", term.value):
        return None
    return Term(term.value, "phone")


_PIECE = re.compile(r'\s*(-?)(?:([A-Za-z_]+):)?(?:"([^"]*)"|(\S+))')
_LONGEST = 2_000
_MOST_TERMS = 100


def parse_query(text: str) -> Query:
    """What `text` asks; an empty text asks for everything. Raises QueryError."""
    alternatives: list[list[Term]] = [[]]
    position = 0
    text = storable_text(text).strip()
    if len(text) > _LONGEST:
        raise QueryError(f"The search is too long ({len(text)} characters).", f"Use at most {_LONGEST} characters.")
    if text.count('"') % 2:
        raise QueryError(f"A quotation mark is missing its partner: {text}", 'Write "two words" with both marks.')
    while position < len(text):
        piece = _PIECE.match(text, position)
        if piece is None:
            raise QueryError(
                f"This is not understood: {text[position:]}", 'Try words, "words in order", or field:value.'
            )
        position = piece.end()
        minus, field, quoted, bare = piece.groups()
        if bare == "OR" and not minus and not field:
            alternatives.append([])
        elif bare not in ("AND", "-"):
            alternatives[-1].append(_term(minus, field, quoted, bare))
    if sum(map(len, alternatives)) + len(alternatives) > _MOST_TERMS:
        raise QueryError("The search has too many parts.", f"Use at most {_MOST_TERMS} words and fields.")
    if len(alternatives) > 1 and not all(alternatives):
        raise QueryError(f"OR needs something on both sides: {text}", "For example: poipet OR bavet")
    return Query(tuple(tuple(terms) for terms in alternatives))


def narrowed(text: str, term: str, instead_of: Collection[str] = ()) -> str:
    """The query with one more condition in each of its alternatives, without those on the fields `instead_of`.

    An empty term only takes these out. Raises QueryError as `parse_query` does.
    """
    kept = [[piece for piece in pieces if _field_of(piece) not in instead_of] for pieces in _alternatives(text)]
    return _joined([*pieces, *([term] if term and term not in pieces else [])] for pieces in kept)


def without(text: str, term: str) -> str:
    """The query without one condition as it is written, in each of its alternatives; raises QueryError."""
    return _joined([piece for piece in pieces if piece != term] for pieces in _alternatives(text))


def holds(text: str, term: str) -> bool:
    """Whether a condition stands in each alternative of a query as it is written; raises QueryError."""
    return all(term in pieces for pieces in _alternatives(text))


def _alternatives(text: str) -> list[list[str]]:
    """The pieces of a query as they are written."""
    parse_query(text)
    found: list[list[str]] = [[]]
    for piece in _PIECE.finditer(storable_text(text).strip()):
        if piece[0].strip() == "OR":
            found.append([])
        else:
            found[-1].append(piece[0].strip())
    return found


def _joined(alternatives: Iterable[Sequence[str]]) -> str:
    """Alternatives as a query; one without any condition is met by every post, whatever the others ask."""
    told = [" ".join(pieces) for pieces in alternatives]
    return " OR ".join(told) if all(told) else ""


def _field_of(piece: str) -> str:
    found = _PIECE.match(piece)
    return (found[2] or "").lower() if found else ""


def _term(minus: str, field: str | None, quoted: str | None, bare: str | None) -> Term:
    value = quoted if quoted is not None else bare or ""
    if bare and bare.endswith(":") and bare[:-1].lower() in FIELDS:
        _check(bare[:-1].lower(), "")
    if field is None:
        prefix = quoted is None and value.endswith("*")
        return Term(value.rstrip("*") if prefix else value, "", bool(minus), prefix)
    name = field.lower()
    if name in ("http", "https") and value.startswith("//"):
        return Term(f"{field}:{value}", "url", bool(minus))
    if name not in FIELDS:
        raise QueryError(
            f"There is no field “{field}:”.",
            f"Fields: {', '.join(FIELDS)}. Put words in quotation marks to search for them.",
        )
    _check(name, value)
    prefix = value.endswith("*")
    return Term(value.rstrip("*") if prefix else value, name, bool(minus), prefix)


def _check(name: str, value: str) -> None:
    if not value:
        raise QueryError(f"“{name}:” needs a value.", f"For example: {name}:{_EXAMPLES.get(name, '…')}")
    if name in TIME_FIELDS and not _is_date(value):
        raise QueryError(f"“{name}:{value}” is no date.", f"Write {name}:2026-03-31, {name}:2026-03 or {name}:2026.")
    if name == "kind" and value not in list(PostKind):
        raise QueryError(f"There is no kind “{value}”.", f"Kinds: {', '.join(PostKind)}.")
    if name == "suspect" and not _FROM_0_TO_1.fullmatch(value):
        raise QueryError(f"“suspect:{value}” is no number from 0 to 1.", "Write suspect:0.7 for posts at or above 0.7.")
    if name == "has" and value.upper() not in list(Label):
        raise QueryError(f"There is no label “{value}”.", f"Labels: {', '.join(Label).lower()}.")


_FROM_0_TO_1 = re.compile(r"0|1|0?\.[0-9]{1,9}|1\.0{1,9}")


def _is_date(value: str) -> bool:
    """Whether this is a day, a month or a year, in ISO 8601."""
    if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?", value):
        return False
    try:
        date.fromisoformat(value + "-01-01"[len(value) - 4 :])
    except ValueError:
        return False
    return True


_EXAMPLES = {
    "phone": "+6281200000001",
    "place": "KH/poipet",
    "lang": "id",
    "has": "phone",
    "suspect": "0.7",
    "kind": "warning",
}
