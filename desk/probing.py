"""Probing an address or a file, telling what was found, and making a source of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, replace
from pathlib import Path

from casefile.atomic import write_text
from casefile.errors import CaseError, ImportRefused, Refused
from casefile.settings_files import read_case_settings, read_source_file
from crawlers.probing.draft import Guesses, country_of_address, draft_source, family_of, source_name
from crawlers.probing.probed import Probed, ProbedPost
from desk import terminal

_TOLD = ("type", "engine", "sure", "signs", "robots", "javascript", "wall", "next_page", "languages", "notes")
_SHOWN = 20
_LETTERS_SHOWN = 70
_SAMPLE_POSTS = 60
_NO_CONTACT = "no contact stated"
_AUTO = "auto"
_CALLED = {
    "forum": "A forum",
    "telegram": "A Telegram channel",
    "job": "A job advert",
    "listing": "A list of adverts or articles",
    "feed": "A feed",
    "article": "A single page",
    "whatsapp": "A WhatsApp chat",
    "telegram-export": "An export of Telegram",
}


def look(address: str, *, url: str | None, timezone: str | None, case: Path | None, use_browser: bool) -> Probed:
    """What stands at an address or in a file. Raises JejakError when nothing can be seen."""
    path = Path(address)
    if path.is_file():
        return _look_into(path, url, timezone)
    if "://" not in address and ("/" not in address or "." not in address.partition("/")[0]):
        raise ImportRefused(
            f"{address}: there is no such file, and it is no address.", "Write https:// before an address."
        )
    from crawlers.probing.web import probe_address

    settings = read_case_settings(case) if case else None
    with terminal.progress(f"Looking at {address}"):
        return probe_address(
            address,
            contact=settings.contact if settings else _NO_CONTACT,
            allow=settings.allow_addresses if settings else (),
            network=settings.network if settings else None,
            zone=timezone,
            use_browser=use_browser,
        )


def _look_into(path: Path, url: str | None, timezone: str | None) -> Probed:
    from crawlers.importing.options import make_options
    from crawlers.probing.files import probe_file

    options = make_options(path, source=None, columns={}, timezone=timezone, region=None, lang=None, date_order=None)
    return probe_file(path, options, url=url, zone=timezone)


def in_languages(probed: Probed) -> Probed:
    """The same with the languages that most of its posts are written in, as far as our detector knows them.

    What the page declares counts where the posts say nothing, and where it names a language that we cannot tell.
    """
    from pipeline.language import UNKNOWN, detect_language, is_taken_for

    told = Counter(detect_language(post.text[:1_000]) for post in probed.posts[:_SAMPLE_POSTS] if post.text)
    told.pop(UNKNOWN, None)
    enough = max(1, sum(told.values()) // 5)
    languages = tuple(code for code, count in told.most_common(3) if count >= enough)
    if probed.languages and all(is_taken_for(probed.languages[0], code) for code in languages):
        return probed
    return replace(probed, languages=languages or probed.languages)


def show_json(probed: Probed) -> None:
    """Everything in one JSON object."""
    told = asdict(probed)
    terminal.say_json({**{name: told[name] for name in _TOLD}, "posts": told["posts"]})


def show(probed: Probed, *, explain: bool) -> None:
    """What was found, for a person."""
    if probed.type is None:
        terminal.say("This page could not be read.", "bold red")
    else:
        engine = "engine not known" if probed.engine == "unknown" else probed.engine
        terminal.say(f"{_article(probed.type)} ({engine}; {probed.sure:.0%} sure)", "bold")
    facts = {
        "because": "; ".join(probed.signs),
        "address": probed.url,
        "title": probed.title,
        "robots.txt": probed.robots,
        "JavaScript": {True: "needed: a browser shows more", False: "not needed", None: None}[probed.javascript],
        "language": ", ".join(probed.languages),
        "time zone": probed.timezone,
        "next page": probed.next_page,
        "leads to": f"{len(probed.threads)} pages" if probed.threads else None,
        "posts": len(probed.posts),
    }
    for name, value in facts.items():
        if value not in (None, ""):
            terminal.say(f"  {name:12} {value}")
    for note in probed.notes:
        terminal.say(f"  {'note':12} {note}", "yellow")
    if probed.wall:
        terminal.say(f"\nA wall hides what is here: {probed.wall}.", "bold yellow")
        terminal.say(
            "We do not get around this. Ask the site, or import what you may save yourself with `jejak import`."
        )
    _show_posts(probed)
    if explain:
        _explain(probed)


def _show_posts(probed: Probed) -> None:
    if not probed.posts:
        return
    terminal.say()
    terminal.table(("author", "published", "first words", "link"), map(_row, probed.posts[:_SHOWN]))
    if len(probed.posts) > _SHOWN:
        terminal.say(f"and {len(probed.posts) - _SHOWN} more (--json shows all)", "dim")


def _row(post: ProbedPost) -> tuple[object, ...]:
    words = " ".join(post.text[: 2 * _LETTERS_SHOWN].split())
    short = words[:_LETTERS_SHOWN] + ("…" if len(words) > _LETTERS_SHOWN else "")
    return post.author or "–", (post.published or post.published_words or "–").replace("T", " "), short, post.url or "–"


def _explain(probed: Probed) -> None:
    rows = []
    for field in dict.fromkeys([*probed.why, "author", "published", "url", "title", "text"]):
        held = sum(bool(getattr(post, field, None)) for post in probed.posts)
        told = f"{held} of {len(probed.posts)}" if field in ProbedPost.__dataclass_fields__ else ""
        rows.append((field, told, probed.why.get(field, "–")))
    terminal.table(("field", "posts that tell it", "taken from"), rows, title="\nWhere each field was taken from")


def _article(kind: str) -> str:
    return _CALLED.get(kind, f"A file of the kind {kind}")


def save(probed: Probed, name: str, case: Path | None) -> None:
    """Write the source's file: into a case under a name, or where a file is named."""
    family = family_of(probed)
    if family is None:
        raise Refused(*_why_no_source(probed))
    guesses = _guess(in_languages(probed))
    if name.endswith((".yml", ".yaml")):
        path = Path(name)
    elif case is None:
        raise CaseError(
            f"“{name}” needs a case to be saved into.", "Add --case FOLDER, or name a file: --save FILE.yml"
        )
    else:
        read_case_settings(case)  # says so when there is no case
        if Path(name).name != name:
            raise CaseError(
                f"“{name}” is no name of a source.", "Use a name like id_harborjobs, or a file: --save FILE.yml"
            )
        chosen = source_name(probed.url or "", guesses.country) if name == _AUTO else name
        path = case / "sources" / f"{chosen}.yml"
    if path.exists():
        raise CaseError(f"{path}: there is a file of this name already.", "Choose another name, or move it away.")
    path.parent.mkdir(parents=True, exist_ok=True)
    write_text(path, draft_source(probed, guesses))
    try:
        source = read_source_file(path)
    except Exception:
        path.unlink()
        raise
    terminal.note(f"{path}: a source, ready to crawl; look at what is marked as a guess.", "bold")
    if case is not None and path.parent == case / "sources":
        terminal.note(f"Next: jejak crawl {case} {source.name}", "")


def _why_no_source(probed: Probed) -> tuple[str, str]:
    if probed.wall:
        return f"This is no source: {probed.wall}.", "We do not get around walls."
    if not probed.url:
        return (
            "This file has no address, so it cannot be visited again.",
            "Name its address with --url, or use `jejak import`.",
        )
    return f"{_article(probed.type or 'page')} is no source that can be crawled.", "Use `jejak import` to read it once."


def _guess(probed: Probed) -> Guesses:
    from pipeline.homes import home_countries

    if country := country_of_address(probed.url or ""):
        return Guesses(country=country, country_because="by the site's name", languages=probed.languages)
    for language in probed.languages:
        if homes := home_countries(language):
            because = f"by its language ({language})"
            return Guesses(country=homes[0].lower(), country_because=because, languages=probed.languages)
    return Guesses(country="xx", country_because="nothing tells", languages=probed.languages)
