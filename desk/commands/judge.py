"""`judge`, `judgements`, `review`: what an investigator decides outranks the machine."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from casefile.case import Case
from casefile.records import Decision
from desk import judging, reviewing
from desk.answers import judgements as answers
from desk.commands.options import AsJson, CaseFolder


class Verb(StrEnum):
    """What can be decided, and taking it back."""

    SAME = "same"
    DIFFERENT = "different"
    CONFIRM = "confirm"
    REJECT = "reject"
    HIDE = "hide"
    UNDO = "undo"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (judge, judgements, review):
        app.command(rich_help_panel="Decide")(command)


def judge(
    case: CaseFolder,
    decision: Annotated[Verb, typer.Argument(help="What you decide.", show_default=False)],
    on: Annotated[
        list[str],
        typer.Argument(
            metavar="ID…",
            help="Numbers, handles, actors, posts; FROM KIND TO for a link; numbers to undo.",
            show_default=False,
        ),
    ],
    because: Annotated[
        str, typer.Option("--because", "-b", help="Why; kept for ever with your name.", show_default=False)
    ],
    as_json: AsJson = False,
) -> None:
    """Correct the machine for good: your decision outranks it, and holds after every rebuild and new post.

    same: one recruiter. different: never one recruiter. confirm, reject: a contact, a join (two IDs) or a link
    (FROM KIND TO). hide: leave out a contact, a place, a post. undo: take judgements back, by number.

    Example: jejak judge demo-case different +6281200001101 +6281200001102 --because "two voices on the phone"
    """
    with Case.open(case) as opened:
        if decision is Verb.UNDO:
            judged = judging.undo(opened, on, because)
        else:
            judged = judging.judge(opened, Decision(decision.value), on, because)
        answers.show(opened, judged, as_json)


def judgements(case: CaseFolder, as_json: AsJson = False) -> None:
    """List what was decided in this case, by whom, when and why; undone judgements too.

    Example: jejak judgements demo-case
    """
    with Case.open(case) as opened:
        answers.list_all(opened, as_json)


def review(
    case: CaseFolder,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=1_000, help="How many questions at most.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Answer what the machine doubts: are these two one recruiter? The most useful questions come first.

    Keys: s same, d different, n next, u undo, q quit. Every answer is kept as a judgement.

    Example: jejak review demo-case
    """
    with Case.open(case) as opened:
        reviewing.review(opened, limit, as_json)
