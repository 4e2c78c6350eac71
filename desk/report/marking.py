"""A post's text cut into pieces: what each mention names is marked, what is shielded is taken out."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from itertools import pairwise

from casefile.records import Label, Mention, PostKind, ReadPost
from desk.report.model import Piece
from desk.report.shield import Mask, is_negated, is_sign, masks_in_text, masks_in_title, told_kind
from desk.report.wording import LABEL_WORDS, ROLE_WORDS

LONGEST_TEXT = 2_000
MOST_MARKS = 200


def marked_text(read: ReadPost, longest: int = LONGEST_TEXT) -> tuple[tuple[Piece, ...], int]:
    """The pieces of the post's text up to `longest` characters, and how many characters were left out."""
    if told_kind(read) is PostKind.PLEA:
        return tuple(_named_by_plea(read)), 0
    text = read.post.text
    mentions = [m for m in read.reading.mentions if 0 <= m.start < m.end <= len(text)]
    end = min(len(text), longest)
    hidden = masks_in_text(read, end)
    return tuple(pieces_of(text[:end], _sorted(mentions, end)[:MOST_MARKS], hidden)), len(text) - end


def marked_title(read: ReadPost) -> tuple[Piece, ...]:
    """The pieces of the post's title, with the shielded parts taken out."""
    if told_kind(read) is PostKind.PLEA:
        return ()
    title = (read.post.title or "")[:300]
    return tuple(pieces_of(title, [], masks_in_title(read, title)))


def _named_by_plea(read: ReadPost) -> Iterator[Piece]:
    """Instead of the words of a plea: the places and signs found in it, called as our own lists call them."""
    yield Piece(text="", withheld="text")
    told: dict[str, str] = {}
    for mention in read.reading.mentions:
        if mention.label is Label.LOC and (name := mention.attributes.get("name")):
            told.setdefault(str(name), "loc")
        elif is_sign(mention) and (title := mention.attributes.get("title")):
            told.setdefault(str(title), "indicator")
    for number, (words, mark) in enumerate(told.items()):
        yield Piece(text=", " if number else " It speaks of: ")
        yield Piece(text=words, marks=(mark,))


def opening(pieces: tuple[Piece, ...], longest: int = 110) -> str:
    """The first words of a marked text in one line, with an ellipsis for what is withheld."""
    words = " ".join("".join(piece.text or "…" for piece in pieces[:60])[: longest * 2].split())
    return words if len(words) <= longest else words[: longest - 1] + "…"


def _sorted(mentions: Sequence[Mention], end: int) -> list[Mention]:
    return sorted((m for m in mentions if m.end <= end and not is_negated(m)), key=lambda m: (m.start, -m.end))


def pieces_of(text: str, mentions: list[Mention], hidden: list[Mask]) -> list[Piece]:
    """A text cut where mentions and masks begin and end; both in the order of the text, longer mentions first.

    Sweeps over all borders once; at each, knows which mentions and which mask are open.
    """
    borders = {0, len(text)}
    for mention in mentions:
        borders |= {mention.start, mention.end}
    for start, end, _ in hidden:
        borders |= {min(start, len(text)), min(end, len(text))}
    cuts = sorted(borders)
    pieces: list[Piece] = []
    open_mentions: list[Mention] = []
    coming, masked = deque(mentions), deque(hidden)
    for start, end in pairwise(cuts):
        while coming and coming[0].start <= start:
            open_mentions.append(coming.popleft())
        while masked and masked[0][1] <= start:
            masked.popleft()
        open_mentions = [m for m in open_mentions if m.end > start]
        mask = masked[0] if masked else None
        if mask is not None and mask[0] <= start:
            if mask[0] == start:
                pieces.append(Piece(text="", withheld=mask[2]))
            continue
        pieces.append(_piece(text[start:end], open_mentions, end))
    return pieces


def _piece(text: str, mentions: list[Mention], end: int) -> Piece:
    inner = sorted(mentions, key=lambda m: m.start - m.end)
    return Piece(
        text=text,
        marks=tuple(m.label.value.lower() for m in inner),
        notes=tuple(_note(m) for m in inner if m.end == end),
    )


def _note(mention: Mention) -> str:
    """What a mention names, in a few words beside it."""
    words = LABEL_WORDS[mention.label]
    if mention.label is Label.INDICATOR:
        words = words if is_sign(mention) else "told"
        return f"{words}: {mention.attributes.get('title') or mention.value.replace('-', ' ')}"
    if mention.label is Label.LOC:
        role = next((said for role, said in ROLE_WORDS.items() if role.value == mention.attributes.get("role")), words)
        return f"{role}: {mention.attributes.get('name') or mention.value}"
    if mention.label is Label.PHONE and mention.value != mention.surface:
        return f"{words}: {mention.value}"
    if mention.label is Label.HANDLE:
        return f"{words}: {mention.value.partition(':')[0]}"
    return words
