"""`jejak search` and `jejak show POST`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from casefile.case import Case
from casefile.records import Post, PostKind, Reading
from casefile.search.engines import asked_engine, engine_of, not_there_yet
from casefile.search.hits import Hit
from casefile.settings import EngineName
from desk import terminal
from desk.answers.sensitive import note_views
from desk.answers.shown import counted, day, say_facts
from desk.report.wording import defang


def search(case: Case, query: str, limit: int, offset: int, as_json: bool, engine: EngineName | None = None) -> None:
    """Answer a query, with the engine that was named or the case's."""
    results = engine_of(case, engine).search(query, limit=limit, offset=offset)
    _note_engine(case, engine)
    note_views(case, [hit.post.id for hit in results.hits if hit.kind in (PostKind.PLEA, PostKind.WARNING)], "search")
    if as_json:
        terminal.say_json(
            {"total": results.total, "facets": results.facets, "posts": [_hit_json(hit) for hit in results.hits]}
        )
        return
    shown = (
        f", {offset + 1} to {offset + len(results.hits)} shown"
        if len(results.hits) < results.total and results.hits
        else ""
    )
    terminal.say(f"{counted(results.total, 'post')}{shown}", "bold")
    for hit in results.hits:
        post = hit.post
        kind = f"{hit.kind}, suspect {hit.suspect:.2f}" if hit.kind and hit.suspect is not None else "not read yet"
        terminal.say(f"\n{post.id[:12]}  {day(post.published)}  {post.source}  {hit.lang or '?'}  {kind}", "cyan")
        before, after = (
            ("… " if hit.snippet.offset else ""),
            ("…" if hit.snippet.offset + len(hit.snippet.text) < len(post.text) else ""),
        )
        marks = [(a + len(before), b + len(before)) for a, b in hit.snippet.marks]
        terminal.say_marked(f"{before}{hit.snippet.text}{after}", marks)
    if results.total:
        terminal.say()
        for facet, counts in results.facets.items():
            if counts:
                terminal.say(
                    f"{facet:9} " + "  ".join(f"{value} {number}" for value, number in list(counts.items())[:6]), "dim"
                )


def _note_engine(case: Case, engine: EngineName | None) -> None:
    """Say where the answer came from, where that is not what was expected."""
    if missing := not_there_yet(case, engine):
        changes = counted(missing, "change")
        terminal.note(f"The index is behind the case by {changes}; `jejak index CASE` brings it up to date.", "yellow")
    elif not engine and case.settings.elastic.engine != asked_engine(case):
        terminal.note(
            "The case itself was asked: no password or key for the server that it names is known here.", "yellow"
        )
        terminal.note("→ If you trust that server: --engine elastic", "")


def _hit_json(hit: Hit) -> dict[str, Any]:
    post = {k: v for k, v in asdict(hit.post).items() if v not in (None, ())}
    marks = [[hit.snippet.offset + a, hit.snippet.offset + b] for a, b in hit.snippet.marks]
    return {
        **post,
        "kind": hit.kind,
        "lang": hit.lang,
        "suspect": hit.suspect,
        "snippet": hit.snippet.text,
        "marks": marks,
    }


def show_post(case: Case, post: Post, as_json: bool) -> None:
    """Show a post with its reading and its evidence."""
    note_views(case, [post.id], "show")
    reading, captures, history = case.store.reading(post.id), case.store.captures(post.id), case.store.history(post.id)
    if as_json:
        reading_json = _reading_json(reading) if reading else None
        terminal.say_json(
            {
                "post": asdict(post),
                "reading": reading_json,
                "captures": [asdict(c) for c in captures],
                "seen": asdict(history),
            }
        )
        return
    terminal.say(f"Post {post.id}", "bold")
    facts = {
        "source": post.source,
        "permalink": defang(post.url),
        "title": post.title,
        "author": post.author,
        "published": f"{post.published:%Y-%m-%d %H:%M} UTC" if post.published else post.published_words,
        "seen": f"{history.first_seen:%Y-%m-%d %H:%M} to {history.last_seen:%Y-%m-%d %H:%M} UTC",
        "gone": f"{history.gone_at:%Y-%m-%d %H:%M} UTC" if history.gone_at else None,
        "language": ", ".join(reading.languages) or reading.lang if reading else None,
        "kind": f"{reading.kind} ({reading.kind_confidence:.0%})" if reading else None,
        "suspect": f"{reading.suspect:.2f}" if reading else "not read yet; run `jejak process`",
        "because": "; ".join(reading.reasons) if reading else None,
    }
    say_facts(facts)
    spans = [(m.start, m.end) for m in reading.mentions] if reading else []
    terminal.say()
    terminal.say_marked(post.text, spans, lines=True)
    if reading and reading.mentions:
        terminal.say()
        terminal.table(("label", "in the text", "value", "role", "sure"), _mention_rows(reading))
    terminal.say()
    columns = ("captured at (UTC)", "WARC file", "record", "SHA-256 of the payload")
    rows = [(f"{c.captured_at:%Y-%m-%d %H:%M:%S}", c.warc_file, c.record_id, c.payload_sha256) for c in captures]
    terminal.table(columns, rows, title="Evidence")


def _mention_rows(reading: Reading) -> Iterator[tuple[object, ...]]:
    for m in reading.mentions:
        negated = "not: " if m.attributes.get("negated") else ""
        yield m.label.value, m.surface, f"{negated}{m.value}", m.attributes.get("role", ""), f"{m.confidence:.2f}"


def _reading_json(reading: Reading) -> dict[str, Any]:
    mentions = [
        {
            "label": m.label,
            "start": m.start,
            "end": m.end,
            "text": m.surface,
            "value": m.value,
            "confidence": m.confidence,
            **m.attributes,
        }
        for m in reading.mentions
    ]
    return {
        "lang": reading.lang,
        "languages": reading.languages,
        "kind": reading.kind,
        "suspect": reading.suspect,
        "reasons": reading.reasons,
        "mentions": mentions,
    }
