"""Telling what would leave, what is held back and why, and what left."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from desk import terminal
from desk.handing_over.door import Given, Prepared, counts, held_back
from desk.handing_over.held_back import in_words
from desk.handing_over.profiles import Profile
from graph.export.view import View

_WORDS = {
    "keep": "as they are",
    "pseudonym": "under pseudonyms",
    "full": "all of it",
    "site": "the site only",
    "offers": "of job offers only",
    "addresses": "where they stand, not the pictures",
    "pages": "where nothing but job offers stands",
    "none": "do not leave",
}


def show_preview(prepared: Prepared, as_json: bool) -> None:
    """What would leave, in plain words; nothing was written."""
    if as_json:
        terminal.say_json({"preview": _told(prepared)})
        return
    profile = prepared.profile
    terminal.say(
        f"For {profile.title} ({profile.name}), marked TLP:{prepared.handling.upper()}: {prepared.selection}.", "bold"
    )
    terminal.say("\nThis would leave:")
    terminal.table(("what", "number"), counted(prepared.view), numbers=["number"])
    terminal.say()
    terminal.table(("of it", "leaves"), may_have(profile))
    _show_held_back(prepared)
    terminal.say(
        f"\nFormats: {', '.join(prepared.formats)}. Nothing was written; leave out --preview to write it.", "dim"
    )


def show_given(given: Given, as_json: bool) -> None:
    """Where it lies, and how it is checked."""
    if as_json:
        place = [str(given.place / name) for name in given.files] if given.place.is_dir() else [str(given.place)]
        terminal.say_json({"place": str(given.place), "files": place, **_told(given.prepared)})
        return
    if given.place.is_dir():
        sizes = ((name, f"{(given.place / name).stat().st_size / 1000:,.1f}") for name in given.files)
        terminal.table(("file", "kB"), list(sizes), numbers=["kB"])
    _show_held_back(given.prepared)
    where = given.place if given.place.is_dir() else f"{given.place} ({given.place.stat().st_size / 1000:,.1f} kB)"
    terminal.say(f"\nFor {given.prepared.profile.title}, marked TLP:{given.prepared.handling.upper()}: {where}")
    terminal.say("It is signed; HOW-TO-CHECK.txt in it says how the recipient checks it.", "dim")


def show_recipients(profiles: Iterable[Profile], case: Path, as_json: bool) -> None:
    """Who may be given what."""
    known = sorted(profiles, key=lambda profile: profile.name)
    if as_json:
        terminal.say_json({"recipients": [profile.model_dump(mode="json") for profile in known]})
        return
    columns = ("--for", "who", "up to", "names", "contacts", "addresses", "texts")
    rows = [(p.name, p.title, f"TLP:{p.receives.upper()}", p.names, p.contacts, p.addresses, p.texts) for p in known]
    terminal.table(columns, rows)
    terminal.say(f"\nOne file each; your own lie in {case}/sharing/ (docs/sharing.md).", "dim")


def _show_held_back(prepared: Prepared) -> None:
    if reasons := held_back(prepared.held, prepared.pages):
        terminal.say("\nHeld back, of all that the case knows:")
        terminal.table(
            ("number", "what, and how"), [(number, why) for why, number in reasons.items()], numbers=["number"]
        )
    if short := prepared.held.finder.short:
        terminal.say(
            f"{short} of these values are shorter than any search of whole files can tell from chance: names and texts were searched for them.",
            "dim",
        )


def counted(view: View) -> list[tuple[str, int]]:
    """How much there is of everything, in plain words."""
    return sorted((in_words(what), number) for what, number in counts(view).items())


def may_have(profile: Profile) -> list[tuple[str, str]]:
    """What a recipient may have of what leaves, and how, in words."""
    told = (
        ("names of persons and authors", profile.names),
        ("recruiters' contacts", profile.contacts),
        ("addresses of posts", profile.addresses),
        ("texts", profile.texts),
        ("pictures", profile.images),
        ("pages as they were captured", profile.evidence),
    )
    return [(what, _WORDS[how]) for what, how in told]


def _told(prepared: Prepared) -> dict[str, object]:
    return {
        "recipient": prepared.profile.name,
        "handling": f"TLP:{prepared.handling.upper()}",
        "selection": prepared.selection,
        "formats": list(prepared.formats),
        "leaves": counts(prepared.view),
        "held_back": held_back(prepared.held, prepared.pages),
    }
