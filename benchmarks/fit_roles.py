"""Fit the points of config/roles.yml to places with known roles: python -m benchmarks.fit_roles [--write] [--mistakes].

Learnt from the posts of our own writing in training/ and half of tests/pipeline/roles.jsonl. The model is a multinomial
logistic regression over the signs of `pipeline.extract.role_signs`, held to zero. Told are the accuracy of cross-validation
by post, and that on the half that is never learnt from.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np

from benchmarks.regression import fit_kinds, folds
from casefile.records import Label, Mention, PostKind, Role
from casefile.settings import CONFIG_FOLDER
from pipeline.extract.role_signs import signs_of_roles
from pipeline.extract.roles import ROLES, Points, tell_roles
from pipeline.reader import load_reader
from training.template import fill, languages, read_names, read_templates

_OWN = Path("tests/pipeline/roles.jsonl")
_FOLDS = 3
_OURS = 5  # times that posts marked by one hand alone count
_RARE = 3  # a sign seen in fewer posts gets no points
_HOLD = 1.0
_LEAST = 0.05  # points that come out smaller are left out
_WORK = (Role.DESTINATION, Role.WORKSITE)


@dataclass(frozen=True, slots=True)
class Post:
    """One post: every place found in it with its signs, and the known roles by the number of the place."""

    name: str
    lang: str
    learn: bool
    kind: PostKind
    places: tuple[Mention, ...]
    signs: tuple[Sequence[str], ...]
    roles: Mapping[int, Role]
    text: str


def main() -> None:
    """Fit, tell the figures and, when asked, write the points."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--mistakes", action="store_true", help="print what is told wrongly where nothing was learnt")
    asked = parser.parse_args()
    posts = [*_from_training(), *_from_tests()]
    learn, unseen = [post for post in posts if post.learn], [post for post in posts if not post.learn]
    names = _names(learn)
    print(f"{sum(len(post.roles) for post in learn)} places to learn from, {len(names)} signs")
    read: list[Post] = []
    told: list[list[Role]] = []
    by_name = sorted({post.name for post in learn})
    for _, measured in folds(len(by_name), _FOLDS):
        held_back = {by_name[i] for i in measured}
        points = _fit([post for post in learn if post.name not in held_back], names)
        group = [post for post in learn if post.name in held_back]
        read += group
        told += [tell_roles(post.signs, post.places, post.kind, points) for post in group]
    _tell(f"{_FOLDS}-fold cross-validation", read, told)
    points = _fit(learn, names)
    told = [tell_roles(post.signs, post.places, post.kind, points) for post in unseen]
    _tell("posts that were not learnt from", unseen, told)
    if asked.mistakes:
        _show_mistakes(unseen, told)
    if asked.write:
        _write(points)


def _from_training() -> Iterator[Post]:
    """Each post twice: as of the kind that is read, and as of its true kind, which later readers may tell better."""
    for lang in languages():
        names = read_names(lang)
        for number, template in enumerate(read_templates(lang)):
            filled = fill(template, names, Random(f"{lang} {number}"))
            known = [(span.start, span.end, span.role) for span in filled.spans if span.role]
            if known:
                yield _read(f"{lang} {number}", lang, filled.text, known, learn=True)
                yield _read(f"{lang} {number}", lang, filled.text, known, learn=True, kind=PostKind(template.kind))


def _from_tests() -> Iterator[Post]:
    if not _OWN.is_file():
        return
    for number, line in enumerate(_OWN.read_text("utf-8").splitlines()):
        post = json.loads(line)
        text, at, known = str(post["text"]), 0, []
        for name, role in post["places"]:
            start = text.index(name, at)
            at = start + len(name)
            known.append((start, at, str(role)))
        yield _read(f"test {number}", post["lang"], text, known, learn=number % 2 == 0)


def _read(
    name: str,
    lang: str,
    text: str,
    known: Iterable[tuple[int, int, str]],
    *,
    learn: bool,
    kind: PostKind | None = None,
) -> Post:
    draft = load_reader().draft(text)
    kind = kind or draft.kind
    places = tuple(mention for mention in draft.mentions if mention.label is Label.LOC)
    signs = tuple(signs_of_roles(draft.plain, draft.mentions, kind, draft.hints))
    found = ((_found(places, start, end), Role(role)) for start, end, role in known)
    roles = {i: role for i, role in found if i is not None and "country" in places[i].attributes}
    return Post(name, lang, learn, kind, places, signs, roles, text)


def _found(places: Sequence[Mention], start: int, end: int) -> int | None:
    """The number of the place that shares half of its characters with a marked span."""
    for i, place in enumerate(places):
        shared = min(place.end, end) - max(place.start, start)
        if shared >= 0.5 * max(place.end - place.start, end - start):
            return i
    return None


def _names(posts: Sequence[Post]) -> list[str]:
    seen: dict[str, set[str]] = defaultdict(set)
    for post in posts:
        for i in post.roles:
            for sign in post.signs[i]:
                seen[sign].add(post.name)
    return sorted(sign for sign, names in seen.items() if len(names) >= _RARE)


def _fit(posts: Sequence[Post], names: Sequence[str]) -> Points:
    column = {name: i for i, name in enumerate(names, 1)}
    counted = [post for post in posts for _ in range(_OURS if post.name.startswith("test") else 1)]
    rows = [(post.signs[i], role) for post in counted for i, role in post.roles.items()]
    shown, told = np.zeros((len(rows), len(names) + 1)), np.zeros((len(rows), len(ROLES)))
    shown[:, 0] = 1.0
    for row, (signs, role) in enumerate(rows):
        shown[row, [column[sign] for sign in signs if sign in column]] = 1.0
        told[row, ROLES.index(Role.DESTINATION if role in _WORK else role)] = 1.0
    fitted = fit_kinds(shown, told, _HOLD)
    return {name: tuple(map(float, row)) for name, row in zip(["always", *names], fitted, strict=True)}


def _tell(title: str, posts: Sequence[Post], told: Sequence[Sequence[Role]]) -> None:
    exact, fair, count = Counter[str](), Counter[str](), Counter[str]()
    for post, roles in zip(posts, told, strict=True):
        for i, role in post.roles.items():
            for key in ("all", post.lang, role.value):
                count[key] += 1
                exact[key] += roles[i] is role
                fair[key] += roles[i] is role or (roles[i] in _WORK and role in _WORK)
    print(f"{title}: share of places told rightly, and with destination and worksite as one")
    for key, number in sorted(count.items(), key=lambda item: (len(item[0]) == 2, item[0])):
        print(f"  {key:12}{number:5} {exact[key] / number:8.3f} {fair[key] / number:8.3f}")


def _show_mistakes(posts: Sequence[Post], told: Sequence[Sequence[Role]]) -> None:
    for post, roles in zip(posts, told, strict=True):
        for i, role in post.roles.items():
            if roles[i] is not role:
                print(f"{post.lang} {post.kind} {role} told as {roles[i]}: {post.places[i].surface} in {post.text!r}")


def _write(points: Points) -> None:
    path = CONFIG_FOLDER / "roles.yml"
    head = path.read_text("utf-8").split(_EXPLAINED[0])[0].rstrip("\n")
    lines = [head, "", *_EXPLAINED, "points:"]
    for name, row in points.items():
        kept = {role.value: round(point, 2) for role, point in zip(ROLES, row, strict=True) if abs(point) >= _LEAST}
        if kept:
            lines.append(f'  "{name}": {{{", ".join(f"{role}: {point}" for role, point in kept.items())}}}')
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


_EXPLAINED = (
    "# Points of each sign for each role, fitted by benchmarks/fit_roles.py; `destination` stands for the worksite too.",
    "# A sign may be joined with the kind of post and with whether the place is at home for readers of the language.",
    "# The role with the largest sum is told: every figure here can be changed by hand.",
)


if __name__ == "__main__":
    main()
