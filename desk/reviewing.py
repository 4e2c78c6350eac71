"""Reviewing: the machine's doubts as questions, two posts side by side, one key an answer."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import typer
from rich.table import Table
from rich.text import Text

from casefile.case import Case
from casefile.judgements import in_force
from casefile.records import Connections, Decision, Judgement, ReadPost
from casefile.search.tokens import tokens
from desk import judging, terminal
from desk.answers.shown import counted, day
from desk.comparing import common_spans

if TYPE_CHECKING:  # the graph is loaded only when something is asked of it
    from graph.doubts import Doubt

_LOOKED_AT = 12  # posts of each side from which the two most alike are chosen
_SHOWN_LETTERS = 1_200
_WEIGHED_FIRST, _WEIGHED_MORE = 50, 5  # doubts for one who waits, and how many times more where they yield too few
_HELP = "s same   d different   n next   u undo the last answer   q quit"


@dataclass(frozen=True, slots=True)
class Question:
    """A doubt with the two posts that tell most about it; one post when both contacts stand only in that one."""

    doubt: Doubt
    left: ReadPost
    right: ReadPost | None


def questions(case: Case, limit: int) -> list[Question]:
    """The most useful questions, the most useful first."""
    from graph.doubts import find_doubts
    from graph.sureness import weigh

    connections, judged = case.store.connections(), in_force(case.judgements())
    with terminal.progress("Looking for what is in doubt", "posts") as progress:
        doubts = weigh(find_doubts(connections, judged), connections, case.store.read_posts, judged, progress)
    return _ask(case, doubts, limit)


def next_questions(case: Case, connections: Connections, limit: int) -> list[Question]:
    """The first `limit` questions for somebody who waits: of the foremost doubts alone, if these suffice."""
    from graph.doubts import find_doubts
    from graph.sureness import MOST_WEIGHED, weigh

    judged, most = in_force(case.judgements()), _WEIGHED_FIRST
    doubts = find_doubts(connections, judged)
    while True:
        asked = _ask(case, weigh(doubts, connections, case.store.read_posts, judged, most=most), limit)
        if len(asked) >= limit or most >= min(MOST_WEIGHED, len(doubts)):
            return asked
        most = min(MOST_WEIGHED, most * _WEIGHED_MORE)


def _ask(case: Case, doubts: Iterable[Doubt], limit: int) -> list[Question]:
    asked = (_question(case, doubt) for doubt in doubts)
    return [question for question, _ in zip((one for one in asked if one), range(limit), strict=False)]


def _question(case: Case, doubt: Doubt) -> Question | None:
    left = list(case.store.read_posts(doubt.left_posts[:_LOOKED_AT]))
    right = list(case.store.read_posts(doubt.right_posts[:_LOOKED_AT]))
    if not left or not right:
        return None
    words = {read.post.id: {token.word for token in tokens(read.post.text)} for read in (*left, *right)}
    pairs = [(one, other) for one in left for other in right if one.post.id != other.post.id]
    if not pairs:
        return Question(doubt, left[0], None)
    one, other = max(pairs, key=lambda pair: len(words[pair[0].post.id] & words[pair[1].post.id]))
    return Question(doubt, one, other)


def review(case: Case, limit: int, as_json: bool) -> None:
    """Ask the questions one after another; with `as_json`, list them."""
    asked = questions(case, limit)
    if as_json:
        for question in asked:
            terminal.say_json(_as_dict(question))
        return
    if not asked:
        terminal.say("Nothing is in doubt that a person could decide from the posts.")
        return
    answers = _ask_all(case, asked)
    if not answers:
        return
    terminal.say(f"Kept: {counted(len(answers), 'answer')}; `jejak judgements CASE` lists what was decided.", "bold")
    if not judging.connect_if_quick(case):
        terminal.say("They take effect with the next `jejak process`.")


def _ask_all(case: Case, asked: Sequence[Question]) -> list[Judgement]:
    answers: dict[int, Judgement] = {}  # by the question's place
    place = 0
    while place < len(asked):
        show(asked[place], place + 1, len(asked))
        match _key():
            case "s":
                answers[place] = _answer(case, asked[place], Decision.SAME)
            case "d":
                answers[place] = _answer(case, asked[place], Decision.DIFFERENT)
            case "u" if answers:
                place = max(answers)
                case.undo(answers.pop(place).sequence, "taken back in review")
                continue
            case "u":
                terminal.note("There is no answer to take back.")
                continue
            case "q":
                break
            case "n":
                pass
            case _:
                terminal.note(_HELP)
                continue
        place += 1
    return list(answers.values())


def _answer(case: Case, question: Question, decision: Decision) -> Judgement:
    doubt = question.doubt
    shown = [question.left.post.id, *([question.right.post.id] if question.right else [])]
    because = f"seen side by side in review, posts {' and '.join(shown)}"
    return case.judge(decision, [(doubt.left,), (doubt.right,)], because)


def _key() -> str:
    """The key that was struck; in a pipe the first letter of the next line, and q at its end."""
    if sys.stdin.isatty():
        terminal.note(_HELP)
        return typer.getchar().lower()
    line = sys.stdin.readline()
    return line.strip()[:1].lower() if line else "q"


def show(question: Question, number: int, of: int) -> None:
    """One question: who, why it is asked, and the two posts with what they have in common marked."""
    doubt = question.doubt
    terminal.say(f"\n{number} of {of}   One recruiter?   {doubt.left}   and   {doubt.right}", "bold")
    held = "holds them to be one" if doubt.joined else "does not join them"
    terminal.say(f"The machine {held} (sure {doubt.sure:.2f}): {'; '.join(doubt.reasons)}.")
    terminal.say(f"{doubt.hangs:,} posts and contacts hang on the answer.", "dim")
    reads = [question.left, *([question.right] if question.right else [])]
    marks = common_spans(*(read.post.text for read in reads)) if question.right else ([],)
    grid = Table(box=None, pad_edge=False, padding=(0, 3, 0, 0), show_header=False, expand=True)
    for _ in reads:
        grid.add_column(ratio=1, overflow="fold")
    grid.add_row(*(Text(_head(read), style="cyan") for read in reads))
    grid.add_row(*(_text(read, spans) for read, spans in zip(reads, marks, strict=True)))
    terminal.out.print(grid)


def _head(read: ReadPost) -> str:
    post = read.post
    author = f"  {terminal.plain(post.author)}" if post.author else ""
    return f"{post.id[:12]}  {day(post.published or read.first_seen)}  {terminal.plain(post.source)}{author}"


def _text(read: ReadPost, spans: Iterable[tuple[int, int]]) -> Text:
    shown = terminal.marked(read.post.text[:_SHOWN_LETTERS], spans, lines=True)
    if len(read.post.text) > _SHOWN_LETTERS:
        shown.append(" … (`jejak show` has the rest)", style="dim")
    return shown


def _as_dict(question: Question) -> dict[str, Any]:
    doubt = {name: value for name, value in asdict(question.doubt).items() if not name.endswith("_posts")}
    posts = [question.left, *([question.right] if question.right else [])]
    return doubt | {"worth": round(question.doubt.worth, 3), "posts": list(_posts(posts))}


def _posts(reads: Sequence[ReadPost]) -> Iterator[dict[str, Any]]:
    marks = common_spans(reads[0].post.text, reads[1].post.text) if len(reads) == 2 else ([],)
    for read, spans in zip(reads, marks, strict=True):
        yield {"id": read.post.id, "source": read.post.source, "text": read.post.text, "common": spans}
