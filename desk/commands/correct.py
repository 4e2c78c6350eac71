"""`correct`, `corrections`: what a person knows better about one post."""

from __future__ import annotations

from typing import Annotated

import typer

from casefile.case import Case
from casefile.errors import CorrectionError
from casefile.records import Label, PostKind, Role
from desk import correcting
from desk.answers import corrections as answers
from desk.commands.options import AsJson, CaseFolder

_KINDS = {kind.value: kind for kind in PostKind}
_LABELS = {label.value.lower(): label for label in Label}
_TOLD = ", ".join((*_KINDS, *_LABELS))


def register(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (correct, corrections):
        app.command(rich_help_panel="Decide")(command)


def correct(
    case: CaseFolder,
    post: Annotated[str, typer.Argument(help="A post's id; or undo.", show_default=False)],
    told: Annotated[str, typer.Argument(metavar="KIND|LABEL", help=f"What it is: {_TOLD}. Of undo: a number.")],
    words: Annotated[str, typer.Argument(help="Of a label: the words in the post, wherever they stand in it.")] = "",
    because: Annotated[
        str, typer.Option("--because", "-b", help="Why; kept for ever with your name.", show_default=False)
    ] = "",
    means: Annotated[str, typer.Option(help="What the words name, where they do not say it by themselves.")] = "",
    role: Annotated[Role | None, typer.Option(help="Of a place: the part that it plays in the post.")] = None,
    nothing: Annotated[bool, typer.Option("--nothing", help="Nothing of that label stands in these words.")] = False,
    as_json: AsJson = False,
) -> None:
    """Set right how one post was read: its kind, or what words in it name. It outranks the machine for good.

    The post is read again at once, and so it is after every upgrade and rebuild; networks and search follow.

    Example: jejak correct demo-case dbe12403 loc Manado --role origin --because "the bus leaves there"
    """
    with Case.open(case) as opened:
        if post == "undo":
            if not (told.isascii() and told.isdecimal()):
                raise CorrectionError(
                    "`undo` takes the number of a correction.", "`jejak corrections CASE` lists them."
                )
            answers.show(opened, correcting.take_back(opened, int(told), because), as_json)
            return
        meant = opened.store.find_post(post)
        if told in _KINDS:
            corrected = correcting.correct_kind(opened, meant, _KINDS[told], because)
        elif told in _LABELS:
            spans = correcting.places_of(meant, words)
            named = "" if nothing else means or words
            corrected = correcting.correct_words(opened, meant, spans, _LABELS[told], named, role, because)
        else:
            raise CorrectionError(f"“{told[:60]}” is no kind and no label.", f"One of: {_TOLD}.")
        answers.show(opened, corrected, as_json)


def corrections(case: CaseFolder, as_json: AsJson = False) -> None:
    """List what people set right in readings, by whom, when and why; also what was taken back.

    Example: jejak corrections demo-case
    """
    with Case.open(case) as opened:
        answers.list_all(opened, as_json)
