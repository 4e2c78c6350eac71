"""Answers about a case, for people and for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from casefile.case import Case
from casefile.errors import NotFound
from casefile.records import Actor, Connections, Entity, Link, Network, Post, Reading
from casefile.search.embedded import Hit
from casefile.search.embedded import search as search_posts
from desk import names, terminal

_POSTS_SHOWN = 5


# search ---------------------------------------------------------------------------------------------------------------
def search(case: Case, query: str, limit: int, offset: int, as_json: bool) -> None:
    """Answer a query."""
    results = search_posts(case.store, query, limit=limit, offset=offset)
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
    terminal.say(f"{results.total:,} posts{shown}", "bold")
    for hit in results.hits:
        post = hit.post
        kind = f"{hit.kind}, suspect {hit.suspect:.2f}" if hit.kind and hit.suspect is not None else "not read yet"
        terminal.say(f"\n{post.id[:12]}  {_day(post.published)}  {post.source}  {hit.lang or '?'}  {kind}", "cyan")
        before, after = (
            ("… " if hit.snippet.offset else ""),
            ("…" if hit.snippet.offset + len(hit.snippet.text) < len(post.text) else ""),
        )
        marks = [(a + len(before), b + len(before)) for a, b in hit.snippet.marks]
        terminal.out.print(terminal.marked(f"{before}{hit.snippet.text}{after}", marks))
    if results.total:
        terminal.say()
        for facet, counts in results.facets.items():
            if counts:
                terminal.say(
                    f"{facet:9} " + "  ".join(f"{value} {number}" for value, number in list(counts.items())[:6]), "dim"
                )


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


# show -----------------------------------------------------------------------------------------------------------------
def show(case: Case, thing: str, as_json: bool) -> None:
    """Show a post, an entity or an actor."""
    try:
        post = case.store.find_post(thing)
    except NotFound:
        _show_node(case, thing, as_json)
    else:
        _show_post(case, post, as_json)


def _show_post(case: Case, post: Post, as_json: bool) -> None:
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
        "permalink": _defanged(post.url),
        "title": post.title,
        "author": post.author,
        "published": f"{post.published:%Y-%m-%d %H:%M} UTC" if post.published else post.published_words,
        "seen": f"{history.first_seen:%Y-%m-%d %H:%M} to {history.last_seen:%Y-%m-%d %H:%M} UTC",
        "gone": f"{history.gone_at:%Y-%m-%d %H:%M} UTC" if history.gone_at else None,
        "language": reading.lang if reading else None,
        "kind": f"{reading.kind} ({reading.kind_confidence:.0%})" if reading else None,
        "suspect": f"{reading.suspect:.2f}" if reading else "not read yet; run `jejak process`",
        "because": "; ".join(reading.reasons) if reading else None,
    }
    _facts(facts)
    spans = [(m.start, m.end) for m in reading.mentions] if reading else []
    terminal.say()
    terminal.out.print(terminal.marked(post.text, spans))
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
        "kind": reading.kind,
        "suspect": reading.suspect,
        "reasons": reading.reasons,
        "mentions": mentions,
    }


def _show_node(case: Case, typed: str, as_json: bool) -> None:
    connections = case.store.connections()
    node = names.find_node(connections, typed)
    links = [link for link in connections.links if node in (link.from_id, link.to_id)]
    found: Entity | Actor = next(n for n in (*connections.entities, *connections.actors) if n.id == node)
    if as_json:
        terminal.say_json({"node": asdict(found), "links": [asdict(link) for link in links]})
        return
    terminal.say(f"{found.name}  {found.id}", "bold")
    facts: dict[str, object] = {
        "first seen": _day(found.first_seen),
        "last seen": _day(found.last_seen),
        "network": found.network,
    }
    if isinstance(found, Actor):
        facts |= {
            "confidence": f"{found.confidence:.2f}",
            "posts": len(found.posts),
            "identifiers": ", ".join(found.identifiers),
        }
    else:
        facts |= {"posts": found.posts, "country": found.country, "links": found.degree}
    _facts(facts)
    if isinstance(found, Actor) and found.joins:
        rows = [(j.left, j.right, j.reason, f"{j.weight:.2f}", _posts(j.posts)) for j in found.joins]
        terminal.table(
            ("one", "other", "joined because", "weight", "posts"),
            rows,
            title="\nWhy these are held to be one recruiter",
        )
    if links:
        terminal.table(("kind", "with", "role", "sure", "posts"), _link_rows(connections, links, node), title="\nLinks")


def _link_rows(connections: Connections, links: list[Link], node: str) -> Iterator[tuple[object, ...]]:
    called = _called(connections)
    for link in sorted(links, key=lambda link: (-link.confidence, link.id)):
        other = link.to_id if link.from_id == node else link.from_id
        arrow = "→" if link.from_id == node else "←"
        yield (
            f"{arrow} {link.kind}",
            called.get(other, other),
            link.role or "",
            f"{link.confidence:.2f}",
            _posts(link.posts),
        )


# path -----------------------------------------------------------------------------------------------------------------
def path(case: Case, start: str, end: str, as_json: bool) -> None:
    """Show the strongest chain of evidence between two nodes."""
    from graph.paths import evidence_path

    connections = case.store.connections()
    first, last = names.find_node(connections, start), names.find_node(connections, end)
    found = evidence_path(connections, first, last)
    if as_json:
        terminal.say_json({"from": first, "to": last, "hops": [asdict(hop) for hop in found.hops] if found else None})
        return
    if found is None:
        terminal.say(f"No chain of evidence leads from {first} to {last}.")
        return
    called = _called(connections)
    terminal.say(f"From {called.get(first, first)} to {called.get(last, last)}, in {len(found.hops)} steps:", "bold")
    for number, hop in enumerate(found.hops, 1):
        terminal.say(
            f"{number}. {called.get(hop.from_id, hop.from_id)} — {hop.kind}{'' if hop.forward else ' (read backwards)'} — {called.get(hop.to_id, hop.to_id)}  ({hop.confidence:.2f})"
        )
        for post in case.store.read_posts(hop.posts[:_POSTS_SHOWN]):
            terminal.say(
                f"     {post.post.id[:12]}  {_day(post.post.published)}  {post.post.source}  {post.post.text[:90]}",
                "dim",
            )
        if len(hop.posts) > _POSTS_SHOWN:
            terminal.say(f"     and {len(hop.posts) - _POSTS_SHOWN} more posts", "dim")


# network --------------------------------------------------------------------------------------------------------------
def network(case: Case, name: str | None, as_json: bool) -> None:
    """List the networks, or show one."""
    connections = case.store.connections()
    networks = {n.id: n for n in connections.networks}
    if name is None:
        ranked = [networks[i] for i in names.ranked_networks(connections)]
        _list_networks(ranked, _called(connections), as_json)
        return
    _show_network(connections, networks[names.find_network(connections, name)], as_json)


def _list_networks(networks: list[Network], called: dict[str, str], as_json: bool) -> None:
    if as_json:
        for network in networks:
            terminal.say_json(asdict(network))
        return
    if not networks:
        terminal.say(
            "No networks were found yet. Collect posts (`jejak crawl`, `jejak import`), then run `jejak process`."
        )
        return
    rows = [
        (
            i,
            n.name,
            len(n.posts),
            len(n.members),
            ", ".join(called.get(d, d) for d in n.destinations),
            f"{n.suspect:.2f}",
            _day(n.first_seen),
            _day(n.last_seen),
            n.id,
        )
        for i, n in enumerate(networks, 1)
    ]
    columns = ("", "network", "posts", "members", "destinations", "suspect", "first", "last", "id")
    terminal.table(columns, rows, numbers=("", "posts", "members"))


def _show_network(connections: Connections, network: Network, as_json: bool) -> None:
    members = set(network.members)
    links = [link for link in connections.links if link.from_id in members and link.to_id in members]
    if as_json:
        terminal.say_json({"network": asdict(network), "links": [asdict(link) for link in links]})
        return
    called = _called(connections)
    terminal.say(network.name, "bold")
    _facts(
        {
            "id": network.id,
            "posts": len(network.posts),
            "from": ", ".join(called.get(p, p) for p in network.origins),
            "to": ", ".join(called.get(p, p) for p in network.destinations),
            "active": f"{_day(network.first_seen)} to {_day(network.last_seen)}",
            "suspect": f"{network.suspect:.2f}",
        }
    )
    counts = Counter(post for link in links for post in link.posts)
    rows = [(called.get(m, m), m, sum(1 for link in links if m in (link.from_id, link.to_id))) for m in network.members]
    terminal.table(
        ("member", "id", "links"),
        sorted(rows, key=lambda r: (-int(r[2]), str(r[1]))),
        title="\nMembers",
        numbers=["links"],
    )
    if counts:
        terminal.say("\nPosts that prove most: " + ", ".join(post[:12] for post, _ in counts.most_common(_POSTS_SHOWN)))
    terminal.say("See one with `jejak show CASE ID`; all with `jejak search CASE network:" + network.id + "`.", "dim")


# stats ----------------------------------------------------------------------------------------------------------------
def stats(case: Case, as_json: bool) -> None:
    """What the case holds and what was set aside."""
    counts, problems, crawls = case.store.counts(), case.store.problems(), case.store.crawls()
    facets = search_posts(case.store, "", limit=1).facets
    evidence = sum(p.stat().st_size for p in case.evidence_folder.rglob("*") if p.is_file())
    if as_json:
        terminal.say_json(
            {
                "counts": counts,
                "facets": facets,
                "evidence_bytes": evidence,
                "problems": [asdict(p) for p in problems],
                "crawls": [asdict(c) for c in crawls],
            }
        )
        return
    terminal.say(case.settings.title, "bold")
    terminal.say(f"handling TLP:{case.settings.handling.upper()}, evidence {evidence / 1e6:.1f} MB")
    terminal.table(("what", "how many"), counts.items(), numbers=["how many"])
    for facet in ("source", "language", "kind"):
        terminal.say(f"{facet:9} " + "  ".join(f"{value} {number}" for value, number in facets.get(facet, {}).items()))
    if problems:
        shown = 30
        terminal.say(f"\nSet aside or noticed: {len(problems)}", "bold yellow")
        rows = [(_day(p.at), p.stage, p.item, p.reason, p.remedy) for p in problems[:shown]]
        terminal.table(("when", "stage", "item", "what", "what to do"), rows)
        if len(problems) > shown:
            terminal.say(f"and {len(problems) - shown} more (--json lists all)")


# ----------------------------------------------------------------------------------------------------------------------
def _called(connections: Connections) -> dict[str, str]:
    return {n.id: n.name for n in (*connections.entities, *connections.actors)}


def _posts(ids: Iterable[str]) -> str:
    shown = list(ids)
    return ", ".join(i[:12] for i in shown[:3]) + (f" +{len(shown) - 3}" if len(shown) > 3 else "")


def _facts(facts: dict[str, Any]) -> None:
    for name, value in facts.items():
        if value not in (None, ""):
            terminal.say(f"  {name:12} {value}")


def _day(at: Any) -> str:
    return f"{at:%Y-%m-%d}" if at else "–"


def _defanged(url: str | None) -> str | None:
    """An address that nobody clicks by mistake."""
    return url.replace("http", "hxxp", 1).replace(".", "[.]") if url else None
