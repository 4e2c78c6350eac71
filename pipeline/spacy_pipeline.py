"""The same pipeline as a spaCy `Language`, to be put into pipelines of spaCy; `jejak` itself does without its start-up."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from pipeline.components import COMPONENTS
from pipeline.draft import Draft

Doc.set_extension("draft", default=None, force=True)


def build_language() -> Language:
    """A `Language` with our components; `doc._.draft` of a Doc from `make_doc` holds what they found."""
    nlp = Language(Vocab())
    nlp.max_length = 50_000_000  # no parser and no statistics: the length costs nothing but its reading
    for name in COMPONENTS:
        nlp.add_pipe(f"jejak_{name}", name=name)
    return nlp


def make_doc(vocab: Vocab, draft: Draft) -> Doc:
    """A Doc that carries the draft. It has no tokens: our components read the text itself."""
    doc = Doc(vocab)
    doc._.draft = draft
    return doc


def _apply(component: Callable[[Draft], None], doc: Doc) -> Doc:
    component(doc._.draft)
    return doc


def _register(name: str, component: Callable[[Draft], None]) -> None:
    @Language.factory(f"jejak_{name}")
    def make(nlp: Language, name: str) -> Callable[[Doc], Doc]:
        return partial(_apply, component)


for _name, _component in COMPONENTS.items():
    _register(_name, _component)
