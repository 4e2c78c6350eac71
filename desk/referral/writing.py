"""Writing a referral sheet for one hotline, and noting in the journal who got it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path

from markupsafe import Markup

from casefile.case import Case
from casefile.settings import Handling
from desk import paper, terminal
from desk.languages import Language
from desk.paper import Form
from desk.referral.hotlines import Hotline
from desk.referral.sheet import Sheet
from desk.report.templating import environment, hash_of

PURPOSE = "Help for a person who may be held or exploited"
HANDLING = Handling.RED
"""A sheet names people who may be harmed: it is for the eyes of its recipient, however the case is handled."""


@dataclass(frozen=True, slots=True)
class Written:
    """A sheet that was written."""

    path: Path
    hotline: Hotline


def write(case: Case, sheet: Sheet, hotline: Hotline, language: Language, form: Form, to: Path | None) -> Written:
    """Write the sheet, for its owner's eyes only; raises ExportRefused where something stands already."""
    now = datetime.now(UTC)
    path = to or case.folder / "exports" / f"referral-{sheet.post.id[:8]}-{now:%Y%m%d-%H%M%S}.{form}"
    paper.refuse_existing(path)
    written = paper.made(render(case, sheet, hotline, language, now), form)
    paper.put(path, written)
    case.audit(
        "refer",
        post=sheet.post.id,
        recipient=hotline.id,
        handling=f"TLP:{HANDLING.upper()}",
        purpose=PURPOSE,
        because=sheet.because or "read as a plea for help",
        legal_basis=case.settings.legal_basis,
        file=path.name,
        sha256=hashlib.sha256(written).hexdigest(),
    )
    return Written(path, hotline)


def render(case: Case, sheet: Sheet, hotline: Hotline, language: Language, now: datetime) -> str:
    """The sheet as one HTML page in which nothing can run."""
    style = resources.files("desk.referral").joinpath("templates", "sheet.css").read_text(encoding="utf-8")
    template = environment("desk.referral").get_template("sheet.html.j2")
    return template.render(
        sheet=sheet,
        hotline=hotline,
        language=language,
        say=language.say,
        sender=case.settings.contact,
        now=now,
        style=Markup(style),
        policy=f"default-src 'none'; base-uri 'none'; form-action 'none'; style-src {hash_of(style)}",
    )


def show_hotlines(sheet: Sheet, case: Path, as_json: bool) -> None:
    """Whom to tell of this post; nothing was written."""
    if as_json:
        terminal.say_json({"post": sheet.post.id, "hotlines": [one.model_dump(mode="json") for one in sheet.hotlines]})
        return
    terminal.say("Nothing was written or sent. Choose whom to tell:", "bold")
    rows = [(one.id, one.name, one.reached, one.source.date or "undated") for one in sheet.hotlines]
    terminal.table(("--for", "who", "how", "known since"), rows)
    if not rows:
        terminal.say(
            "The post names no country of which a hotline is known; config/hotlines.yml has them all.", "yellow"
        )
    terminal.say(
        "\nCall first, by a number that you looked up yourself. Do not write to a number in the post: it may be in the hands "
        "of those who hold the person.",
        "yellow",
    )
    terminal.say(f"Write the sheet: jejak refer {case} {sheet.post.id[:12]} --for ID", "dim")


def show_written(written: Written, as_json: bool) -> None:
    """Where it lies, and how it is handed over."""
    if as_json:
        terminal.say_json(
            {"sheet": str(written.path), "for": written.hotline.id, "handling": f"TLP:{HANDLING.upper()}"}
        )
        return
    terminal.say(f"Sheet: {written.path} (TLP:{HANDLING.upper()})", "bold")
    terminal.say(f"For {written.hotline.name}: {written.hotline.reached}")
    terminal.say(
        "Call first and ask how they want to receive it. Hand it over encrypted or in person; delete it when they have it. "
        "The journal keeps that it was made.",
        "dim",
    )
