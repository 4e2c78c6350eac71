"""Facebook and Instagram: the JSON of "Download your information" (posts, group posts, comments, chats, stories)."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from casefile.identity import post_id
from casefile.records import Media, Post, Precision
from crawlers.importing.json_stream import JsonStream, Malformed, Unreadable
from crawlers.importing.model import Given, NativeIds, Note, Options, Read, SetAside, clean, many, one_line
from crawlers.importing.words import words

_AGAIN = "Ask for the download again (format: JSON), and import it whole."
_CHAT_FACTS = ("title", "thread_path")
_CHAT_MEDIA = {"photos": "photo", "videos": "video", "gifs": "gif", "audio_files": "audio", "files": "file"}
_PHOTO = re.compile(r"\.(?:jpe?g|png|webp|heic|gif)$", re.IGNORECASE)
_NO_TIME = 253_402_300_800_000  # milliseconds since 1970 up to the year 10,000
_VIDEO = re.compile(r"\.(?:mp4|mov|mkv|3gp)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Entry:
    """One post, comment or message, before it becomes a record."""

    text: str
    seconds: float | None
    author: str | None = None
    thread: str | None = None
    title: str | None = None
    media: tuple[Media, ...] = ()
    url: str | None = None


def read_download(given: Given, options: Options) -> Iterator[Read]:
    """The posts in one file of a download, in its order. The text is mended: the files write each byte as a letter."""
    chat = _chat(given)
    reader = _Reader(options, chat)
    with _opened(given) as text:
        try:
            yield from reader.entries(JsonStream(text))
        except Malformed as error:
            yield SetAside(f"after {reader.place}", f"the file is broken from there on: {error}", _AGAIN)
    yield from reader.notes()


def mend(text: str) -> str:
    """A text whose UTF-8 was written byte by byte as letters (`\\u00c3\\u00a9` for é), as it was; any other as it is."""
    if text.isascii():
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def _opened(given: Given) -> io.TextIOWrapper:
    return io.TextIOWrapper(given.open(), "utf-8-sig", errors="replace")


def _chat(given: Given) -> Mapping[str, Any]:
    """What a chat's file says of the chat, which stands behind its messages; empty for other files."""
    facts: dict[str, Any] = {}
    with _opened(given) as text:
        stream = JsonStream(text)
        try:
            if stream.peek() != "{":
                return facts
            for key in stream.names():
                if key in _CHAT_FACTS:
                    facts[key] = stream.value()
                else:
                    stream.skip()
        except Malformed:  # told when the entries are read
            return facts
    return facts


class _Reader:
    def __init__(self, options: Options, chat: Mapping[str, Any]) -> None:
        self._options, self._chat = options, chat
        self._ids = NativeIds()
        self._left_out: Counter[str] = Counter()
        self.place = "the beginning"

    def entries(self, stream: JsonStream) -> Iterator[Read]:
        """The entries of the file's list, or of every list in its object."""
        if stream.peek() == "[":
            yield from self._list(stream, "entry")
            return
        for name in stream.names():
            if stream.peek() == "[" and name != "participants":
                yield from self._list(stream, "message" if name == "messages" else "entry")
            else:
                stream.skip()

    def notes(self) -> Iterator[Note]:
        for kind, count in self._left_out.items():
            yield Note(f"Left out: {many(count, kind)}.")

    def _list(self, stream: JsonStream, kind: str) -> Iterator[Read]:
        for place in stream.places():
            self.place = f"{kind} {place + 1}"
            value = stream.value()
            if isinstance(value, Unreadable):
                yield SetAside(self.place, value.reason, _AGAIN)
                continue
            entries = list(_entries(value, _text(self._chat.get("title")))) if isinstance(value, dict) else []
            posts = [self._post(entry) for entry in entries if entry.text or entry.media]
            if not posts:
                unsent = isinstance(value, dict) and value.get("is_unsent")
                self._left_out["message that its author had deleted" if unsent else "part without text or media"] += 1
            yield from posts

    def _post(self, entry: _Entry) -> Post:
        options, author, thread = self._options, one_line(entry.author), one_line(entry.thread)
        published = _moment(entry.seconds)
        said = str(int(entry.seconds)) if entry.seconds and published else None
        text = clean(entry.text)
        path = _text(self._chat.get("thread_path"))
        native_id = self._ids.next(path or thread, author, said, text, *(media.name for media in entry.media))
        return Post(
            id=post_id(options.source, native_id),
            source=options.source,
            url=entry.url,
            text=text,
            native_id=native_id,
            title=one_line(entry.title),
            author=author,
            published=published,
            published_precision=Precision.SECOND if published else None,
            published_words=said,
            lang=options.lang,
            region=options.region,
            thread=thread,
            media=entry.media,
        )


def _entries(value: Mapping[str, Any], chat: str | None) -> Iterator[_Entry]:
    """What one object of a list says, by the shape that it has."""
    if "sender_name" in value:
        yield _message(value, chat)
    elif isinstance(value.get("string_map_data"), dict) or _dicts(value.get("string_list_data")):
        yield _instagram_comment(value)
    elif comments := [comment for data in _dicts(value.get("data")) if (comment := _dict(data.get("comment")))]:
        yield from (_comment(comment, value) for comment in comments)
    else:
        yield _published(value)


def _message(value: Mapping[str, Any], chat: str | None) -> _Entry:
    share = _dict(value.get("share"))
    parts = [_text(value.get("content")), _text(share.get("share_text"))]
    link = _text(share.get("link"))
    text = "\n".join(filter(None, parts))
    media = [
        Media(kind=kind, name=_text(item.get("uri")))
        for name, kind in _CHAT_MEDIA.items()
        for item in _dicts(value.get(name))
    ]
    if sticker := _dict(value.get("sticker")):
        media.append(Media(kind="sticker", name=_text(sticker.get("uri"))))
    unsent = bool(value.get("is_unsent"))
    seconds = _number(value.get("timestamp_ms"))
    return _Entry(
        text="" if unsent else _with_links(text, [link]),
        seconds=seconds / 1000 if seconds else None,
        author=_text(value.get("sender_name")),
        thread=chat,
        media=() if unsent else tuple(media),
    )


def _comment(comment: Mapping[str, Any], entry: Mapping[str, Any]) -> _Entry:
    links, media = _attached(entry)
    return _Entry(
        text=_with_links(_text(comment.get("comment")) or "", links),
        seconds=_number(comment.get("timestamp")) or _number(entry.get("timestamp")),
        author=_text(comment.get("author")),
        thread=_text(comment.get("group")),
        title=_text(entry.get("title")),
        media=media,
    )


def _instagram_comment(value: Mapping[str, Any]) -> _Entry:
    """Its parts bear names in the language of the account: the words stand first, the time is the one with a moment."""
    told = value.get("string_map_data")
    parts = _dicts(list(told.values()) if isinstance(told, dict) else value.get("string_list_data"))
    texts = [said for part in parts if (said := _text(part.get("value")))]
    times = [seconds for part in parts if (seconds := _number(part.get("timestamp")))]
    return _Entry(
        text=texts[0] if texts else "",
        seconds=times[0] if times else None,
        thread=texts[1] if len(texts) > 1 else _text(value.get("title")),
    )


def _published(value: Mapping[str, Any]) -> _Entry:
    """A post of Facebook or Instagram, a story, a picture with a caption."""
    title = _text(value.get("title"))
    said = [text for data in _dicts(value.get("data")) if (text := _text(data.get("post")))]
    links, media = _attached(value)
    author, group = who_and_where(title)
    on_instagram = "data" not in value and "attachments" not in value
    pictures = _dicts(value.get("media")) or ([value] if "uri" in value else [])
    times = [_number(picture.get("creation_timestamp")) for picture in pictures]
    captions = [_text(picture.get(name)) for picture in pictures for name in ("title", "description")]
    if on_instagram:
        said = [*filter(None, [title]), *filter(None, captions)]
        media = tuple(map(_picture, pictures))
    elif not said:
        said = [*filter(None, [_text(data.get("description")) for data in _media_of(value)])]
    return _Entry(
        text=_with_links("\n".join(dict.fromkeys(said)), links),
        seconds=_number(value.get("timestamp"))
        or _number(value.get("creation_timestamp"))
        or next(filter(None, times), None),
        author=author,
        thread=group,
        title=None if on_instagram else title,
        media=media,
    )


def who_and_where(title: str | None) -> tuple[str | None, str | None]:
    """ "Ayu posted in Loker KH." names who wrote, and the group."""
    known = words().download
    at = min((place for verb in known.verbs if title and (place := title.find(verb)) > 0), default=-1)
    if title is None or at < 0:
        return None, None
    before = next((part for part in known.group_before if part in title[at:]), None)
    group = title[at:].partition(before)[2].rstrip(".。 ") if before else None
    return title[:at].strip(), group or None


def _attached(value: Mapping[str, Any]) -> tuple[list[str | None], tuple[Media, ...]]:
    """The addresses and the media that an entry shares."""
    data = [part for attachment in _dicts(value.get("attachments")) for part in _dicts(attachment.get("data"))]
    links = [_text(_dict(part.get("external_context")).get("url")) for part in data]
    return links, tuple(_picture(picture) for picture in _media_of(value))


def _media_of(value: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    data = [part for attachment in _dicts(value.get("attachments")) for part in _dicts(attachment.get("data"))]
    return [picture for part in data if (picture := _dict(part.get("media")))]


def _picture(value: Mapping[str, Any]) -> Media:
    name = _text(value.get("uri")) or ""
    kind = "photo" if _PHOTO.search(name) else "video" if _VIDEO.search(name) else "file"
    return Media(kind=kind, name=one_line(name))


def _with_links(text: str, links: Sequence[str | None]) -> str:
    return "\n".join(filter(None, [text, *(link for link in dict.fromkeys(links) if link and link not in text)]))


def _moment(seconds: float | None) -> datetime | None:
    try:
        return datetime.fromtimestamp(int(seconds), UTC) if seconds else None
    except (ValueError, OverflowError, OSError):
        return None


def _text(value: Any) -> str | None:
    return mend(value) or None if isinstance(value, str) else None


def _number(value: Any) -> float | None:
    told = isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < _NO_TIME
    return float(value) if told else None


def _dict(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _dicts(value: Any) -> list[Mapping[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
