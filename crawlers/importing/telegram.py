"""Telegram Desktop exports in JSON (`result.json`): one chat, or a whole account; of any size."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from casefile.identity import post_id
from casefile.records import Media, Post, Precision
from crawlers.importing.json_stream import JsonStream, Malformed, Unreadable
from crawlers.importing.lines import SAMPLE, encoding_of
from crawlers.importing.model import Given, NativeIds, Note, Options, Read, SetAside, clean, many, one_line

_AGAIN = "Export the chat again in Telegram Desktop (format: machine-readable JSON)."
_MEDIA_KINDS = {
    "sticker": "sticker",
    "video_message": "video",
    "video_file": "video",
    "voice_message": "voice",
    "audio_file": "audio",
    "animation": "gif",
}


@dataclass(slots=True)
class _Chat:
    """What the export says about a chat before its messages begin."""

    facts: dict[str, Any] = field(default_factory=dict)
    topics: dict[int, str] = field(default_factory=dict)

    @property
    def name(self) -> str | None:
        return one_line(_text_or_none(self.facts.get("name"))) or (
            "Saved Messages" if self.facts.get("type") == "saved_messages" else None
        )

    def thread(self, message: Mapping[str, Any]) -> str | None:
        """The chat, and in a group with topics the topic: a message in one answers what opened it, or a message in it."""
        topic = self.topics.get(replied) if isinstance(replied := message.get("reply_to_message_id"), int) else None
        number = message.get("id")
        if topic is not None and isinstance(number, int):
            self.topics[number] = topic
        return f"{self.name or ''} / {topic}".strip(" /") if topic else self.name

    @property
    def id(self) -> str:
        value = self.facts.get("id")
        return str(value) if isinstance(value, int | str) else ""


def read_telegram(given: Given, options: Options) -> Iterator[Read]:
    """The messages of an export, in order; what Telegram itself wrote (joins, pins, calls) is left out and counted."""
    with given.open() as stream:
        encoding = encoding_of(stream.read(SAMPLE))
    reader = _Reader(options)
    with io.TextIOWrapper(given.open(), encoding, errors="replace") as text:
        try:
            yield from reader.chats(JsonStream(text))
        except Malformed as error:
            yield SetAside(f"after {reader.place}", f"the file is broken from there on: {error}", _AGAIN)
    yield from reader.notes()


class _Reader:
    def __init__(self, options: Options) -> None:
        self._options = options
        self._ids = NativeIds()
        self._left_out: Counter[str] = Counter()
        self._without_zone = 0
        self.place = "the beginning"

    def chats(self, stream: JsonStream) -> Iterator[Read]:
        """The messages of the export's only chat or of all its chats."""
        chat = _Chat()
        for key in stream.names():
            if key in ("chats", "left_chats") and stream.peek() == "{":
                for name in stream.names():
                    if name == "list" and stream.peek() == "[":
                        yield from self._list(stream)
                    else:
                        stream.skip()
            else:
                yield from self._value(stream, key, chat)

    def notes(self) -> Iterator[Note]:
        for kind, count in self._left_out.items():
            yield Note(f"Left out: {many(count, kind)}.")
        if self._ids.shared:
            yield Note(
                f"{many(self._ids.shared, 'message')} with the id of another one but other words: each is kept as a post of its own."
            )
        if self._without_zone and not self._options.zone_is_told:
            yield Note(
                f"{many(self._without_zone, 'time')} without a zone, read as UTC; name the zone to correct them."
            )

    def _list(self, stream: JsonStream) -> Iterator[Read]:
        for _ in stream.places():
            if stream.peek() != "{":
                stream.skip()
                continue
            chat = _Chat()
            for key in stream.names():
                yield from self._value(stream, key, chat)

    def _value(self, stream: JsonStream, key: str, chat: _Chat) -> Iterator[Read]:
        if key == "messages" and stream.peek() == "[":
            for place in stream.places():
                self.place = f"message {place + 1}" + (f" of {chat.name}" if chat.name else "")
                read = self._message(stream.value(), chat)
                if read is not None:
                    yield read
        elif key in ("name", "type", "id"):
            chat.facts[key] = stream.value()
        else:
            stream.skip()

    def _message(self, message: Any, chat: _Chat) -> Post | SetAside | None:
        if isinstance(message, Unreadable):
            return SetAside(self.place, message.reason, _AGAIN)
        if not isinstance(message, dict):
            return SetAside(self.place, "it is no message", _AGAIN)
        if message.get("type", "message") != "message":
            service = message.get("type") == "service"
            if message.get("action") in ("topic_created", "topic_edit") and (
                title := _text_or_none(message.get("title"))
            ):
                opened = message.get("id" if message.get("action") == "topic_created" else "reply_to_message_id")
                if isinstance(opened, int):
                    chat.topics[opened] = one_line(title) or title
            self._left_out[
                "line that Telegram wrote itself" if service else "message of a kind that the export does not show"
            ] += 1
            return None
        text, media = _full_text(message), _media(message)
        if not text and not media:
            self._left_out["message without text or media"] += 1
            return None
        return self._post(message, chat, text, media)

    def _post(self, message: Mapping[str, Any], chat: _Chat, text: str, media: tuple[Media, ...]) -> Post:
        options = self._options
        published, said = self._time(message)
        author = one_line(_text_or_none(message.get("from")) or _text_or_none(message.get("author")))
        native_id = self._native_id(message, chat, author, said, text)
        replied = message.get("reply_to_message_id")
        return Post(
            id=post_id(options.source, native_id),
            source=options.source,
            url=None,
            text=text,
            native_id=native_id,
            author=author,
            author_url=_author_url(message.get("from_id")),
            published=published,
            published_precision=Precision.SECOND if published else None,
            published_words=said,
            lang=options.lang,
            region=options.region,
            thread=chat.thread(message),
            reply_to=f"{chat.id}/{replied}" if isinstance(replied, int) else None,
            forwarded_from=one_line(
                _text_or_none(message.get("forwarded_from")) or _text_or_none(message.get("saved_from"))
            ),
            media=media,
        )

    def _native_id(self, message: Mapping[str, Any], chat: _Chat, *content: str | None) -> str:
        number = message.get("id")
        if isinstance(number, int):
            return self._ids.given(f"{chat.id}/{number}", *content)
        return self._ids.next(chat.id, *content)

    def _time(self, message: Mapping[str, Any]) -> tuple[datetime | None, str | None]:
        said = one_line(_text_or_none(message.get("date")))
        try:
            seconds = message.get("date_unixtime")
            if isinstance(seconds, str | int) and int(seconds) > 0:
                return datetime.fromtimestamp(int(seconds), UTC), said or str(seconds)
            moment = datetime.fromisoformat(said or "")
            if moment.tzinfo is None:
                self._without_zone += 1
                moment = moment.replace(tzinfo=self._options.zone)
            return moment.astimezone(UTC), said
        except (ValueError, OverflowError, OSError):
            return None, said


def _full_text(message: Mapping[str, Any]) -> str:
    """The text, what polls, contacts and places say, and at the end the addresses that links and buttons hide."""
    shown = "\n".join(filter(None, [_joined(message, "text") or _joined(message, "text_entities"), *_cards(message)]))
    links = [*_pieces(message, "text"), *_pieces(message, "text_entities")]
    hidden = [_hidden_link(piece) for piece in links if isinstance(piece, dict)]
    hidden += _button_addresses(message.get("inline_bot_buttons"))
    unseen = [address for address in dict.fromkeys(hidden) if address and address not in shown]
    return clean("\n".join([shown, *unseen]))


def _hidden_link(piece: Mapping[str, Any]) -> str | None:
    """Where a marked part of a text leads: an address, or the account of somebody who has no user name."""
    number = piece.get("user_id")
    if piece.get("type") == "mention_name" and isinstance(number, int):
        return f"tg://user?id={number}"
    return _text_or_none(piece.get("href"))


def _pieces(message: Mapping[str, Any], name: str) -> list[Any]:
    """A text as Telegram writes it: one string, or a list of strings and of marked parts."""
    parts = message.get(name) or []
    return parts if isinstance(parts, list) else [parts]


def _joined(message: Mapping[str, Any], name: str) -> str:
    """A text in parts, put together."""
    return "".join(
        piece if isinstance(piece, str) else _text_or_none(piece.get("text")) or ""
        for piece in _pieces(message, name)
        if isinstance(piece, str | dict)
    )


def _cards(message: Mapping[str, Any]) -> Iterator[str]:
    contact = message.get("contact_information")
    if isinstance(contact, dict):
        names = (_text_or_none(contact.get(key)) for key in ("first_name", "last_name", "phone_number"))
        yield " ".join(filter(None, names))
    poll = message.get("poll")
    if isinstance(poll, dict):
        answers = poll.get("answers")
        choices = [answer for answer in answers if isinstance(answer, dict)] if isinstance(answers, list) else []
        yield "\n".join(filter(None, [_joined(poll, "question"), *(_joined(answer, "text") for answer in choices)]))
    todo = message.get("todo_list")
    if isinstance(todo, dict):
        tasks = [task for name in ("items", "answers") for task in _pieces(todo, name) if isinstance(task, dict)]
        yield "\n".join(filter(None, [_joined(todo, "title"), *(_joined(task, "text") for task in tasks)]))
    for key in ("place_name", "address", "game_title", "game_description", "game_link"):
        yield _text_or_none(message.get(key)) or ""
    place = message.get("location_information")
    if isinstance(place, dict) and isinstance(place.get("latitude"), float | int):
        yield f"{place['latitude']}, {place.get('longitude')}"


def _button_addresses(rows: Any) -> list[str | None]:
    buttons = [button for row in rows if isinstance(row, list) for button in row] if isinstance(rows, list) else []
    return [_text_or_none(b.get("data")) for b in buttons if isinstance(b, dict) and b.get("type") in ("url", "auth")]


def _media(message: Mapping[str, Any]) -> tuple[Media, ...]:
    if "photo" in message:
        return (Media(kind="photo", name=_file_name(message.get("photo"))),)
    if "file" not in message:
        return ()
    kind = _MEDIA_KINDS.get(str(message.get("media_type")))
    if kind is None:
        family = str(message.get("mime_type")).partition("/")[0]
        kind = {"image": "photo", "video": "video", "audio": "audio"}.get(family, "file")
    return (
        Media(kind=kind, name=one_line(_text_or_none(message.get("file_name"))) or _file_name(message.get("file"))),
    )


def _file_name(path: Any) -> str | None:
    """The file beside the export; Telegram writes a sentence in brackets where it left the file out."""
    name = one_line(_text_or_none(path))
    return None if name is None or name.startswith("(") else name


def _author_url(from_id: Any) -> str | None:
    """Names are not unique and change; the number of the account stays."""
    number = str(from_id).removeprefix("user")
    return f"tg://user?id={number}" if number.isascii() and number.isdecimal() and len(number) < 20 else None


def _text_or_none(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None
