"""Corrections as they are shown."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from casefile.case import Case
from casefile.corrections import Correction
from casefile.errors import NotFound
from desk import terminal
from desk.answers.shown import counted
from desk.correcting import Corrected
from desk.report.wording import KIND_WORDS, LABEL_WORDS, ROLE_WORDS


def show(case: Case, corrected: Corrected, as_json: bool) -> None:
    """Tell what was written down, and when it takes effect."""
    if as_json:
        told = [as_dict(case, one) for one in corrected.corrections]
        terminal.say_json({"corrections": told, "connected": corrected.connected})
        return
    for one in corrected.corrections:
        taken_back = " taken back" if one.undone_by is not None else ""
        terminal.say(f"Correction {one.sequence}{taken_back}: post {one.post_id[:12]}: {in_words(case, one)}.", "bold")
    terminal.say("The post was read again with it.")
    if not corrected.connected:
        terminal.say("The networks follow with the next `jejak process`.")
    if corrected.corrections and corrected.corrections[0].undone_by is None:
        number = corrected.corrections[0].sequence
        terminal.say(f'Taken back with: jejak correct {case.folder} undo {number} --because "…"', "dim")


def list_all(case: Case, as_json: bool) -> None:
    """List every correction, the latest first."""
    corrections = case.corrections()[::-1]
    if as_json:
        for one in corrections:
            terminal.say_json(as_dict(case, one))
        return
    if not corrections:
        terminal.say("Nothing was set right yet. `jejak correct CASE POST warning` gives a post another kind.")
        return
    rows = [
        (
            one.sequence,
            f"{one.at:%Y-%m-%d %H:%M}",
            one.by,
            one.post_id[:12],
            in_words(case, one),
            one.because,
            f"taken back by {one.undone_by}" if one.undone_by else "",
        )
        for one in corrections
    ]
    terminal.say(counted(len(rows), "correction"), "bold")
    terminal.table(("number", "when (UTC)", "by", "post", "set right", "because", ""), rows, numbers=["number"])


def in_words(case: Case, correction: Correction) -> str:
    """What was set right, as a sentence; the words are taken from the post, where they stand there."""
    change = correction.change
    if change.kind is not None:
        return f"it is: {KIND_WORDS[change.kind]}"
    assert change.label is not None
    label, said = LABEL_WORDS[change.label], f"“{words_of(case, correction)}”"
    if not change.value:
        return f"no {label} in {said}"
    role = next((f", {words}" for role, words in ROLE_WORDS.items() if role is change.role), "")
    return f"{said} is the {label} {change.value}{role}"


def words_of(case: Case, correction: Correction) -> str:
    """The words that a correction is on, as they stand in the post now; … where they do not."""
    words = correction.change.words
    try:
        text = case.store.post(correction.post_id).text
    except NotFound:  # it was forgotten, and its words with it
        return "…"
    place = words.place_in(text) if words else None
    return text[slice(*place)] if place else "…"


def as_dict(case: Case, correction: Correction) -> dict[str, Any]:
    """A correction for programs."""
    told = asdict(correction) | {"at": correction.at.isoformat()} | asdict(correction.change)
    del told["change"]
    if correction.change.words is not None:
        told["words"]["text"] = words_of(case, correction)
    return told
