"""Organisations (ORG): company forms and kinds of institution of the region, well-known names, named employers."""

from __future__ import annotations

from collections.abc import Iterator

from casefile.records import Label, Mention
from pipeline.extract.mentions import make_mention
from pipeline.extract.names import Name, longest_names
from pipeline.extract.orgs_by_script import names_by_script
from pipeline.extract.orgs_by_words import employers, names_with_forms, short_forms, spelt_out, with_short_form
from pipeline.extract.words import words_of
from pipeline.hints import Hints
from pipeline.phrases import PhraseFinder, together
from pipeline.plain import Plain
from pipeline.tables import read_lists

_SHORT = 5  # letters; known names up to this length are words as well, so only their capitals tell


def orgs(plain: Plain, hints: Hints) -> Iterator[Mention]:
    """Every organisation that is named, each occurrence; `form` holds its legal form where it has one."""
    text = plain.folded.text
    words = words_of(text)
    names = [*names_with_forms(text, words), *employers(text, words), *spelt_out(text, words)]
    names += [*names_by_script(text), *_known(plain)]
    names = longest_names(with_short_form(text, name) for name in names)
    for name in longest_names([*names, *short_forms(text, names, words)]):
        yield make_mention(
            plain.original,
            plain.folded,
            Label.ORG,
            (name.start, name.end),
            " ".join(text[name.start : name.end].split()),
            confidence=name.confidence,
            extractor="orgs",
            form=name.form,
        )


@together
def _known_finder() -> PhraseFinder[str]:
    return PhraseFinder((str(name), str(name)) for name in read_lists("orgs")["known"])


def _known(plain: Plain) -> Iterator[Name]:
    """Names that everybody in the region knows."""
    for found in _known_finder().find(plain):
        surface = plain.cased(found.start, found.end)
        only_capitals = all(len(name) <= _SHORT and name.isupper() for name in found.meanings)
        written_so = surface.isupper() or not surface.isascii() or surface in found.meanings
        if written_so or (not only_capitals and surface[0].isupper()):
            yield Name(*plain.folded_span(found.start, found.end), 0.8)
