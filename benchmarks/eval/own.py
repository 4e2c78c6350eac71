"""Roles of places in the posts of our own writing (training/), which mark them; real labelled posts do not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from random import Random

from casefile.records import Label
from pipeline.reader import load_reader
from training.template import fill, languages, read_names, read_templates


def tell_roles_of_own(every: int) -> Iterator[str]:
    """How often the role of a found place is the marked one, by language and by role, in every so many-th post."""
    reader = load_reader()
    by_language: Counter[tuple[str, bool]] = Counter()
    confused: Counter[tuple[str, str]] = Counter()
    for lang in languages():
        names = read_names(lang)
        for number, template in enumerate(read_templates(lang)[::every]):
            post = fill(template, names, Random(f"{lang} {number}"))
            told = {
                (m.start, m.end): m.attributes.get("role")
                for m in reader.draft(post.text).mentions
                if m.label is Label.LOC
            }
            for span in post.spans:
                if span.role and (span.start, span.end) in told:
                    role = str(told[span.start, span.end])
                    by_language[lang, role == span.role] += 1
                    confused[span.role, role] += 1
    right, all_found = sum(n for (_, hit), n in by_language.items() if hit), by_language.total()
    yield f"role of places in posts of our own writing: {right / max(1, all_found):.3f} of {all_found} found"
    yield "  " + "  ".join(
        f"{lang} {by_language[lang, True]}/{by_language[lang, True] + by_language[lang, False]}" for lang in languages()
    )
    wrong = [(pair, n) for pair, n in confused.most_common() if pair[0] != pair[1]]
    yield "  " + ", ".join(f"{marked} told as {told} {n}" for (marked, told), n in wrong[:8])
