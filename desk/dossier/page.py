"""The dossier as one page: template, style and drawings in it, nothing fetched, nothing that runs."""

from __future__ import annotations

from importlib import resources

from markupsafe import Markup

from desk.dossier.model import Dossier
from desk.languages import ENGLISH, Language
from desk.report.model import Refs
from desk.report.templating import environment, hash_of
from desk.report.wording import ICD_203, certainty

_LOOKS = (
    ("actor", "recruiter"),
    ("contact", "contact or account"),
    ("company", "company"),
    ("place", "place"),
    ("person", "person"),
    ("text", "text sent many times"),
)


def render(dossier: Dossier, language: Language) -> str:
    """The page in that language; where a sentence has no translation, it stands in English, and the page says so."""
    page = _rendered(dossier, language, whole=True)
    return _rendered(dossier, language, whole=False) if language.missing else page


def _rendered(dossier: Dossier, language: Language, *, whole: bool) -> str:
    style = resources.files("desk.dossier").joinpath("templates", "dossier.css").read_text(encoding="utf-8")
    style = style.replace("MARKING", dossier.origin.marking)

    def notes(refs: Refs) -> list[int]:
        return sorted(dossier.numbers[post] for post in refs.shown if post in dossier.numbers)

    return environment("desk.dossier").get_template("dossier.html.j2").render(
        dossier=dossier,
        language=language,
        say=language.say,
        notes=notes,
        sure=lambda probability: language.say(certainty(probability)),
        scale=_scale(),
        looks=_LOOKS,
        english=language.code == ENGLISH,
        whole=whole,
        style=Markup(style),
        policy=f"default-src 'none'; base-uri 'none'; form-action 'none'; style-src {hash_of(style)}",
    )  # fmt: skip


def _scale() -> list[tuple[str, str]]:
    bounds = [0.0, *(bound for bound, _ in ICD_203)]
    return [(words, f"{low:.0%} – {high:.0%}") for (high, words), low in zip(ICD_203, bounds, strict=False)]
