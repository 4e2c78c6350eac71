"""Checks the posts and names of our own writing, and shows some posts as the model will see them."""

from __future__ import annotations

import sys
from collections import Counter
from random import Random

from casefile.errors import Mistake, SettingsError
from training.template import (
    NAMES,
    POSTS,
    Filled,
    Template,
    fill,
    languages,
    read_names,
    read_sentences,
    read_templates,
)

_TRIES = 5  # a slot is filled this often, so that most patterns are drawn once


def main() -> int:
    """Print what every language has, some filled posts, and all that is wrong; 1 where something is."""
    only = sys.argv[1:]
    mistakes: list[Mistake] = []
    for lang in languages():
        if only and lang not in only:
            continue
        posts, wrong = check(lang)
        mistakes += wrong
        if posts:
            _show(lang, posts)
    mistakes += [
        Mistake(f"training/names/{path.name}", "file", "no posts use it", f"posts/{path.stem}.txt", "posts/id.txt")
        for path in sorted(NAMES.glob("*.yml"))
        if not (POSTS / f"{path.stem}.txt").is_file()
    ]
    for mistake in mistakes:
        print(mistake, file=sys.stderr)
    return 1 if mistakes else 0


def check(lang: str) -> tuple[list[tuple[Template, Filled]], list[Mistake]]:
    """The posts and sentences of a language with one filling each, and every mistake in them."""
    good: list[tuple[Template, Filled]] = []
    mistakes: list[Mistake] = []
    try:
        names, templates = read_names(lang), read_templates(lang)
        for name in names.choices:
            names.draw(name, Random(0))
    except SettingsError as error:
        return [], error.mistakes
    random = Random(13)
    for template in [*templates, *read_sentences(lang)]:
        try:
            filled = [fill(template, names, random) for _ in range(_TRIES)]
        except SettingsError as error:
            mistakes += error.mistakes
        else:
            good.append((template, filled[-1]))
    return good, mistakes


def _show(lang: str, posts: list[tuple[Template, Filled]]) -> None:
    kinds = Counter(template.kind for template, _ in posts)
    labels = Counter(span.label for _, filled in posts for span in filled.spans)
    print(f"== {lang}: {len(posts)} posts ({_counts(kinds)}), names: {_counts(labels)}")
    for template, filled in Random(7).sample(posts, min(3, len(posts))):
        print(f"-- line {template.line}, {template.kind}\n{_marked(filled)}")


def _counts(counted: Counter[str]) -> str:
    return ", ".join(f"{number} {name}" for name, number in counted.most_common())


def _marked(filled: Filled) -> str:
    """The post with its names in brackets."""
    parts, at = [], 0
    for span in filled.spans:
        parts += [filled.text[at : span.start], f"[{span.label} ", filled.text[span.start : span.end], "]"]
        at = span.end
    return "".join([*parts, filled.text[at:]])


if __name__ == "__main__":
    sys.exit(main())
