"""`jejak compare` and `jejak common`: two networks, two cases."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casefile.case import Case
from casefile.errors import NotFound
from casefile.records import Connections, Network
from desk import names, terminal
from desk.answers.shown import counted, day, short_ids
from desk.names import called_names
from desk.reading_copies import CaseCopy, open_copy

if TYPE_CHECKING:  # the graph is loaded only when something is asked of it
    from graph.analysis.comparison import Aspect
    from graph.analysis.overlap import Common, Overlap

_SHOWN = 5
_PROVES_NOTHING = ("destinations", "origins")


def compare(case: Case, first: str, second: str, as_json: bool) -> None:
    """Show two networks side by side."""
    from graph.analysis.comparison import compare_networks, translated_texts

    connections = case.store.connections()
    networks = {network.id: network for network in connections.networks}
    left, right = (networks[names.find_network(connections, typed)] for typed in (first, second))
    if left.id == right.id:
        raise NotFound(f"“{first}” and “{second}” are one network.", "`jejak network CASE` lists them.")
    aspects = compare_networks(connections, left, right)
    translated = translated_texts(connections, left, right)
    if as_json:
        told = {aspect.what: {**asdict(aspect), "share": aspect.share} for aspect in aspects}
        terminal.say_json({"left": left.id, "right": right.id, "aspects": told, "translated_texts": translated})
        return
    called = called_names(connections)
    _say_heads(left, right)
    rows = [_aspect_row(aspect, called) for aspect in aspects if aspect.both or aspect.only_left or aspect.only_right]
    terminal.table(("", "in both", "only in A", "only in B"), rows, title="\nSide by side")
    if translated:
        terminal.say(
            f"{counted(len(translated), 'text')} of the one may be translated from the other's: a hint, no finding."
        )
    _say_verdict(connections, aspects, left, right)


def _say_heads(left: Network, right: Network) -> None:
    for letter, network in (("A", left), ("B", right)):
        terminal.say(f"{letter}  {network.name}", "bold")
        terminal.say(
            f"   {len(network.posts)} posts, {day(network.first_seen)} to {day(network.last_seen)}, "
            f"suspect {network.suspect:.2f}  {network.id}",
            "dim",
        )


def _aspect_row(aspect: Aspect, called: dict[str, str]) -> tuple[str, str, str, str]:
    sides = (aspect.both, aspect.only_left, aspect.only_right)
    return aspect.what, *(_few(ids, called, named=aspect.what not in ("posts", "texts")) for ids in sides)  # type: ignore[return-value]


def _few(ids: tuple[str, ...], called: dict[str, str], *, named: bool) -> str:
    if not ids:
        return "–"
    if not named:
        return f"{len(ids)}"
    more = f" +{len(ids) - _SHOWN}" if len(ids) > _SHOWN else ""
    return f"{len(ids)}: " + ", ".join(called.get(identity, identity) for identity in ids[:_SHOWN]) + more


def _say_verdict(connections: Connections, aspects: list[Aspect], left: Network, right: Network) -> None:
    shared = [aspect.what for aspect in aspects if aspect.both and aspect.what not in _PROVES_NOTHING]
    if shared:
        terminal.say(f"\nThey share {', '.join(shared)}. See how: jejak path CASE A B, with a contact of each.")
    else:
        terminal.say("\nNothing that binds is in both; places in common prove nothing.")


def common(first: Path, second: Path, limit: int, as_json: bool) -> None:
    """Show what links two cases; neither is written to."""
    from graph.analysis.overlap import overlap_of

    with open_copy(first) as left, open_copy(second) as right:
        overlap = overlap_of((left.connections, left.read_posts), (right.connections, right.read_posts))
    if as_json:
        terminal.say_json(_as_dict(overlap, left, right))
        return
    for letter, one in (("A", left), ("B", right)):
        terminal.say(f"{letter}  {one.title}  ({one.folder})", "bold")
        if not one.connections.actors:
            terminal.note(f"{one.folder} is not connected yet: run `jejak process {one.folder}` first.", "yellow")
    if not overlap.found:
        terminal.say("Nothing links these two cases: no contact, text, account, company or place is in both.")
        return
    called = called_names(right.connections) | called_names(left.connections)
    rows = [_common_row(one, called) for one in overlap.found[:limit]]
    terminal.table(("what", "in A", "in B", "posts in A", "posts in B", "note"), rows)
    if len(overlap.found) > limit:
        terminal.say(f"and {len(overlap.found) - limit} more (--limit {len(overlap.found)} shows all)")
    if overlap.same_posts:
        terminal.say(
            f"\n{counted(len(overlap.same_posts), 'post')} in both cases: there the two cases are one witness, not two.",
            "yellow",
        )


def _common_row(one: Common, called: dict[str, str]) -> tuple[object, ...]:
    is_text = one.kind == "text"
    left, right = (post[:12] if is_text else called.get(post, post) for post in (one.left, one.right))
    note = (
        "everybody's in one of them" if one.everybodys else "proves nothing alone" if one.kind == "destination" else ""
    )
    return (
        one.kind.value,
        left,
        right if right != left else "the same",
        short_ids(one.left_posts),
        short_ids(one.right_posts),
        note,
    )


def _as_dict(overlap: Overlap, left: CaseCopy, right: CaseCopy) -> dict[str, Any]:
    return {
        "left": str(left.folder),
        "right": str(right.folder),
        "found": [asdict(one) for one in overlap.found],
        "same_posts": list(overlap.same_posts),
    }
