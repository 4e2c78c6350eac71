"""All contacts of a post (phones, handles, e-mails, links, wallets) and its pay, from the extractors of each."""

from __future__ import annotations

from collections.abc import Iterator

from casefile.records import Mention
from pipeline.extract.emails import emails
from pipeline.extract.handles import handles
from pipeline.extract.homoglyphs import without_homoglyphs
from pipeline.extract.phones import phones
from pipeline.extract.salaries import salaries
from pipeline.extract.urls import urls
from pipeline.extract.wallets import wallets
from pipeline.folding import Folded
from pipeline.hints import Hints


def contacts(text: str, folded: Folded, hints: Hints) -> Iterator[Mention]:
    """Every way to reach or pay the writer."""
    plain = without_homoglyphs(folded)
    for extract in (urls, emails, wallets, handles, phones):
        yield from extract(text, plain, hints)


def pay(text: str, folded: Folded, hints: Hints) -> Iterator[Mention]:
    """Every amount of pay."""
    yield from salaries(text, folded, hints)
