"""The notes: every post that a dossier cites, in its own words, with the capture that proves it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from casefile.case import Case
from casefile.errors import Mistake, SettingsError
from casefile.identity import entity_id
from casefile.records import ReadPost
from desk.dossier.model import Note
from desk.handing_over.held_back import HeldBack
from desk.languages import Language
from desk.report.marking import pieces_of
from desk.report.model import Piece
from desk.report.shield import Mask, is_negated, masks_in_text
from desk.report.wording import defang, host

LONGEST = 3_000  # characters of one post
_MOST_MARKS = 200
_MOST_CAPTURES = 2


def make_notes(case: Case, reads: Iterable[ReadPost], held: HeldBack, gists: Mapping[str, str]) -> tuple[Note, ...]:
    """A note a post, in their order."""
    return tuple(_note(case, read, held, gists) for read in reads)


def in_time(reads: Iterable[ReadPost]) -> list[ReadPost]:
    """The posts as they are numbered: by when they were published, or first seen."""
    return sorted(reads, key=lambda read: (read.post.published or read.first_seen, read.post.id))


def _note(case: Case, read: ReadPost, held: HeldBack, gists: Mapping[str, str]) -> Note:
    post, lang = read.post, read.reading.lang
    has_text = held.profile.texts == "offers"
    return Note(
        id=held.post_of(post.id) or "",
        source=held.finder.redact(post.source),
        address=_address(post.url, held),
        language=lang if lang.isascii() and lang.isalpha() else "und",
        published=post.published,
        first_seen=read.first_seen,
        last_seen=read.last_seen,
        gone_at=read.gone_at,
        text=tuple(_text(read, held)) if has_text else (),
        cut=max(0, len(post.text) - LONGEST) if has_text else 0,
        gist=held.finder.redact(gists.get(post.id, "")) if has_text else "",
        captures=case.store.captures(post.id)[-_MOST_CAPTURES:],
    )


def _address(url: str | None, held: HeldBack) -> str:
    """Where it stands, as far as the recipient may know, and so that no program opens it."""
    if not url or held.profile.addresses == "none":
        return ""
    return defang(held.finder.redact(url)) if held.profile.addresses == "full" else held.finder.redact(host(url))


def _text(read: ReadPost, held: HeldBack) -> list[Piece]:
    """The post's words with what it names marked, and without what the recipient may not have."""
    text = read.post.text[:LONGEST]
    hidden: list[Mask] = [*masks_in_text(read, len(text))]
    hidden += [(one.start, one.end, one.secret.instead.strip("[]")) for one in held.finder.find_all(text)]
    mentions = [one for one in read.reading.mentions if 0 <= one.start < one.end <= len(text) and not is_negated(one)]
    for mention in mentions:
        identity = entity_id(mention)
        if identity and (identity in held.instead or identity in held.hidden) and not identity.startswith("place:"):
            hidden.append((mention.start, mention.end, held.text_instead(identity).strip("[]")))
    ordered = sorted(mentions, key=lambda one: (one.start, -one.end))[:_MOST_MARKS]
    return pieces_of(text, ordered, _without_overlap(sorted(hidden)))


def _without_overlap(masks: Iterable[Mask]) -> list[Mask]:
    kept: list[Mask] = []
    for start, end, words in masks:
        if kept and start < kept[-1][1]:
            left, right, first = kept[-1]
            kept[-1] = (left, max(right, end), first)
        else:
            kept.append((start, end, words))
    return kept


def read_gists(case: Case, language: Language) -> dict[str, str]:
    """Translations that somebody supplied: `translations/<language>.yml` of the case, post ids and what they say."""
    path: Path = case.folder / "translations" / f"{language.code}.yml"
    if not path.is_file():
        return {}
    name = f"translations/{path.name}"
    try:
        told = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, YAMLError) as error:
        raise SettingsError(
            [Mistake(name, "file", str(error).splitlines()[0], "post ids and texts", "0f3a…: A job in …")]
        ) from error
    if not isinstance(told, dict) or not all(isinstance(text, str) for text in told.values()):
        raise SettingsError(
            [Mistake(name, "file", "is no list of post ids and texts", "post ids and texts", "0f3a…: A job in …")]
        )
    return {case.store.find_post(str(post)).id: " ".join(text.split()) for post, text in told.items()}
