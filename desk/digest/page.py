"""A digest as one HTML page that asks nothing of the network and in which nothing can run."""

from __future__ import annotations

from importlib import resources

from markupsafe import Markup

from desk.digest import words
from desk.digest.gathering import Digest
from desk.report import wording
from desk.report.templating import environment, hash_of


def render(digest: Digest) -> str:
    """The page."""
    style = resources.files("desk.digest").joinpath("templates", "digest.css").read_text(encoding="utf-8")
    return (
        environment("desk.digest")
        .get_template("digest.html.j2")
        .render(
            digest=digest,
            marking=wording.tlp(digest.handling),
            meaning=wording.TLP_MEANING[digest.handling],
            headline=words.headline(digest),
            kinds=words.kinds_in_words(digest),
            style=Markup(style),  # our own file
            policy=f"default-src 'none'; base-uri 'none'; form-action 'none'; style-src {hash_of(style)}",
        )
    )
