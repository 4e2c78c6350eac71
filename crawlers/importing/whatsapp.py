"""WhatsApp chat exports (`.txt`): Android and iOS, in the date formats and languages of our region."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from casefile.errors import ImportRefused
from casefile.identity import post_id
from casefile.records import Media, Post
from crawlers.importing.lines import Line, Lines
from crawlers.importing.model import (
    BIDI_MARKS,
    MAX_RECORD,
    DateOrder,
    Given,
    NativeIds,
    Note,
    Options,
    Read,
    SetAside,
    clean,
    many,
    one_line,
)
from crawlers.importing.words import plain, words
from crawlers.importing.written_dates import DATE, TIME, Written, plain_digits, written
from crawlers.reading.date_order import OrderVote

_HEAD_LENGTH = 90
_JOIN = r"(?:,|\sat|\sum|\sà|\slúc|\spukul)?\s?"
# One file has one of these shapes; lines in another shape are part of a message (a pasted chat).
_SHAPES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\[{DATE}{_JOIN}{TIME}\]\s?",
        rf"\[{TIME},?\s{DATE}\]\s?",
        rf"{DATE}{_JOIN}{TIME}\s[-–—]\s",
        rf"{TIME},?\s{DATE}\s[-–—]\s",
        rf"{DATE}\s{TIME},\s",
    )
)
_AUTHOR_LENGTH = 120
_EDITED_LENGTH = 100
_PHONE = re.compile(r"\+[\d\s().\-‐‑]{7,25}")  # WhatsApp writes hyphens that do not break
_EXTENSION_KINDS = {
    "photo": "jpg jpeg png webp heic",
    "video": "mp4 3gp mov mkv",
    "audio": "opus ogg mp3 m4a aac amr",
    "contact": "vcf",
}
_KIND_BY_EXTENSION = {ext: kind for kind, exts in _EXTENSION_KINDS.items() for ext in exts.split()}


@dataclass(slots=True)
class _Message:
    """A message while its lines are gathered; without an author it is one that WhatsApp wrote."""

    line: int
    words: str
    when: Written
    author: str | None
    lines: list[str] = field(default_factory=list)
    length: int = 0
    cut: bool = False

    def add(self, line: Line) -> None:
        self.length += len(line.text) + 1
        if self.length > MAX_RECORD or not line.whole:
            self.cut = True
        else:
            self.lines.append(line.text)


def is_head(line: str) -> bool:
    """Whether a line begins a message in any of WhatsApp's shapes."""
    return _head(line, _SHAPES) is not None


def read_whatsapp(given: Given, options: Options) -> Iterator[Read]:
    """The messages of a chat, in order. Raises ImportRefused when there is none."""
    lines = Lines(given)
    shape, order, reason = _survey(lines, options)
    chat = chat_name(given)
    ids = NativeIds()
    left_out: Counter[str] = Counter()
    group: str | None = None  # the name under which iOS writes its own lines, told by the first of them
    for message in _messages(lines, shape):
        kind = "piece of text before the first message" if not message.words else _not_by_people(message, group)
        if kind == _OF_WHATSAPP:
            group = group or message.author
        if kind:
            left_out[kind] += 1
            continue
        if message.cut:
            yield SetAside(
                f"line {message.line}",
                f"a message is longer than {MAX_RECORD:,} characters; its beginning was kept",
                "Split the file if the rest matters.",
            )
        yield _post(message, order, chat, ids, options)
    yield from _notes(lines, order, reason, left_out, options)


def chat_name(given: Given) -> str | None:
    """The name of the chat as the file's name tells it (`WhatsApp Chat with NAME.txt`)."""
    for name in (given.stem, given.folder):
        for before in words().chat_before:
            if name.casefold().startswith(before):
                return one_line(name[len(before) :])
    return None


def _survey(lines: Lines, options: Options) -> tuple[re.Pattern[str], DateOrder, str]:
    """A first pass: the shape of the file's lines and the order of its dates."""
    votes = {shape: OrderVote() for shape in _SHAPES}
    count: Counter[re.Pattern[str]] = Counter()
    for line in lines:
        head = _head(line.text, _SHAPES)
        if head:
            shape, when, _ = head
            votes[shape].see(when)
            count[shape] += 1
    if not count:
        raise ImportRefused(
            f"{lines.name}: no line looks like a message of a WhatsApp export",
            "Export the chat again (More, Export chat, Without media), or name the kind of the file.",
        )
    shape = count.most_common(1)[0][0]
    if options.date_order:
        return shape, options.date_order, "as you said"
    return shape, *votes[shape].order(options.region)


def _head(line: str, shapes: tuple[re.Pattern[str], ...]) -> tuple[re.Pattern[str], Written, int] | None:
    """The shape, the date and the place where the rest of the line begins."""
    first = line[:1]
    if not first or not (first == "[" or first.isdigit() or ord(first) in BIDI_MARKS or first.isalpha()):
        return None
    prefix = line[:_HEAD_LENGTH]
    shown = plain_digits(prefix)
    for shape in shapes:
        match = shape.match(shown)
        when = written(match) if match else None
        if match and when:
            return shape, when, _original_offset(prefix, match.end())
    return None


def _original_offset(prefix: str, shown: int) -> int:
    """Where in `prefix` the character stands that is number `shown` when marks of direction are left out."""
    if prefix.isascii():
        return shown
    for offset, char in enumerate(prefix):
        if ord(char) in BIDI_MARKS:
            continue
        if shown == 0:
            return offset
        shown -= 1
    return len(prefix)


def _messages(lines: Lines, shape: re.Pattern[str]) -> Iterator[_Message]:
    message: _Message | None = None
    for line in lines:
        head = _head(line.text, (shape,))
        if head is None:
            if message is None:
                message = _Message(line.number, "", Written((0, 0, 0)), None)
            message.add(line)
            continue
        if message is not None:
            yield message
        _, when, offset = head
        author, text = _author_and_text(line.text[offset:])
        message = _Message(line.number, line.text[:offset], when, author)
        message.add(Line(line.number, text, line.whole))
    if message is not None:
        yield message


def _author_and_text(rest: str) -> tuple[str | None, str]:
    author, colon, text = rest.partition(":")
    if not colon or len(author) > _AUTHOR_LENGTH or (text and not text[0].isspace()):
        # A name may hold a colon itself; the one that ends it is followed by a space.
        author, colon, text = rest[: _AUTHOR_LENGTH + 2].partition(": ")
        text = rest[len(author) + 2 :]
    if not colon or not author.strip():
        return None, rest
    return author, text.removeprefix(" ")


_OF_WHATSAPP = "line that WhatsApp wrote itself"


def _not_by_people(message: _Message, group: str | None) -> str | None:
    """Why a message is not a post, in the words of the note that counts such messages; None if it is one."""
    if message.author is None:
        return _OF_WHATSAPP
    known = words()
    first = message.lines[0] if message.lines else ""
    text = first.translate(BIDI_MARKS).strip(" \u00a0.").casefold()
    if len(message.lines) == 1 and text in known.deleted:
        return "message that its author had deleted"
    # iOS marks its own words so; on both phones a group's name may stand before a colon, as an author's does.
    if _is_of_whatsapp(message.author) or (first.startswith("\u200e") and _is_of_whatsapp(text)):
        return _OF_WHATSAPP
    if message.author == group and first.startswith("\u200e") and len(message.lines) == 1 and not _media(first):
        return _OF_WHATSAPP if "://" not in first else None  # a place that somebody shares is an address
    return None


@lru_cache(maxsize=10_000)
def _is_of_whatsapp(line: str) -> bool:
    folded = line.casefold()
    return any(phrase in folded for phrase in words().system)


def _post(message: _Message, order: DateOrder, chat: str | None, ids: NativeIds, options: Options) -> Post:
    author = one_line(message.author)
    text = _without_edited(clean("\n".join(message.lines)).lstrip("\u200e\u200f \n"))
    native_id = ids.next(chat, "".join(message.words.split()), author, text)
    published = message.when.at(order, options.zone)
    return Post(
        id=post_id(options.source, native_id),
        source=options.source,
        url=None,
        text=text,
        native_id=native_id,
        author=author,
        author_url=_author_url(author),
        published=published,
        published_precision=message.when.precision if published else None,
        published_words=one_line(message.words.strip(" []-–—,")),
        lang=options.lang,
        region=options.region,
        thread=chat,
        media=_media(text),
    )


def _without_edited(text: str) -> str:
    """A text without the words by which WhatsApp says that it was changed later."""
    if not text.endswith(">"):
        return text
    end = text[-_EDITED_LENGTH:].translate(BIDI_MARKS).casefold()
    said = next((told for told in words().edited if end.endswith(told)), None)
    return text[: text.rindex("<")].rstrip("\u200e\u200f \n") if said else text


def _author_url(author: str | None) -> str | None:
    """An author who is not in the exporter's contacts is named by his number, and that number is his account."""
    digits = plain_digits(author or "")
    if not _PHONE.fullmatch(digits):
        return None
    return "https://wa.me/" + "".join(c for c in digits if c.isdigit())


def _media(text: str) -> tuple[Media, ...]:
    first = text.partition("\n")[0].translate(BIDI_MARKS).strip()
    if not first or len(first) > 300:
        return ()
    folded = first.casefold()
    known = words()
    kind = known.media.get(plain(first))
    if kind:
        return (Media(kind=kind),)
    for ending in known.attached:
        if folded.endswith(ending):
            return (_attached(first[: -len(ending)].strip()),)
    for before in known.attached_before:
        if folded.startswith(before) and first.endswith(">"):
            return (_attached(first[len(before) : -1].strip()),)
    return ()


def _attached(name: str) -> Media:
    extension = name.rpartition(".")[2].casefold()
    return Media(kind=_KIND_BY_EXTENSION.get(extension, "file"), name=one_line(name))


def _notes(lines: Lines, order: DateOrder, reason: str, left_out: Counter[str], options: Options) -> Iterator[Read]:
    yield Note(f"Dates were read as {order.value}: {reason}.")
    if not options.zone_is_told:
        yield Note(
            "The file does not say its time zone: times were read as UTC. Name the phone's zone to correct them."
        )
    yield from (Note(f"Left out: {many(count, kind)}.") for kind, count in left_out.items())
    yield from map(Note, lines.notes())
