"""A drawing as a picture that can be put into a letter: marked, and with the names withheld that an export withholds."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from statistics import fmean

from casefile.records import Entity, Link
from casefile.store.store import Store
from desk.page.asked import Asked
from desk.page.drawings import Drawing, degrees_of, look_of
from desk.page.opened import Ties
from desk.report.shown import plain

_WIDTH, _EDGE, _HEAD = 1400.0, 70.0, 64.0
_WEAK = 0.55  # ICD 203: up to here no more than a roughly even chance
_MOST_LABELS, _LONGEST_LABEL = 140, 30
_COLOURS = {
    "actor": "#8a2b38", "contact": "#d08a2c", "account": "#8b94a1", "company": "#2b5c93", "place": "#2f7f86",
    "person": "#74468e", "text": "#5c7a2c", "group": "#e3e8ef",
}  # fmt: skip
_CORNERS = {
    "contact": (4, 45),
    "account": (4, 45),
    "company": (4, 0),
    "place": (3, -90),
    "person": (6, 0),
    "text": (5, -90),
}
_NAMELESS = ("account", "person")  # who may be harmed: never by name in what may leave
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Thing:
    """A node, or a closed group of them."""

    at: Point
    radius: float
    look: str
    name: str
    weight: int


def figure(drawing: Drawing, asked: Asked, ties: Ties, store: Store, pins: Mapping[str, Point], marking: str) -> str:
    """The drawing as it is asked for, whole, as SVG."""
    links = [link for link in drawing.links if asked.sieve.lets(link)]
    degrees = degrees_of(links)
    shown = [node for node in drawing.nodes if asked.sieve.is_open or node in degrees]
    names = _names(drawing, shown, ties, store)
    things: dict[str, _Thing] = {}
    thing_of: dict[str, str] = {}
    for number, nodes in _by_group(drawing, shown).items():
        places = [pins.get(node, drawing.places[node]) for node in nodes]
        if number in asked.opened or len(drawing.groups[number].members) == 1:
            for node, at in zip(nodes, places, strict=True):
                look = look_of(ties.nodes.get(node))
                things[node] = _Thing(at, 10.0 if look == "actor" else 6.0, look, names[node], degrees.get(node, 0))
            thing_of |= {node: node for node in nodes}
        else:
            middle = (fmean(x for x, _ in places), fmean(y for _, y in places))
            name = f"{names[drawing.groups[number].name]} ({len(nodes)})"
            things[f"group {number}"] = _Thing(middle, 8 + 15 * math.sqrt(len(nodes)), "group", name, 1_000_000)
            thing_of |= dict.fromkeys(nodes, f"group {number}")
    title = plain(ties.called(drawing.id) if drawing.id in ties.networks else "All networks together", 120)
    return _drawn(things, _lines(links, thing_of), marking, title)


def _by_group(drawing: Drawing, nodes: Iterable[str]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for node in nodes:
        found.setdefault(drawing.group_of[node], []).append(node)
    return found


def _names(drawing: Drawing, shown: Iterable[str], ties: Ties, store: Store) -> dict[str, str]:
    """What may be written at nodes (by id) and groups (by name): an export's rule, and nobody's own name or account."""
    from graph.export.shield import Fate, who_is_named

    nodes = [ties.nodes[node] for node in shown]
    entities = [node for node in nodes if isinstance(node, Entity)]
    named = who_is_named(store.read_posts({post for entity in entities for post in store.posts_naming(entity.id)}))
    names = {node.id: plain(ties.called(node.id), _LONGEST_LABEL) for node in nodes}
    names |= {group.name: group.name for group in drawing.groups}
    called: dict[str, list[str]] = {}  # a recruiter or a group may be called by a contact's name
    for key, name in names.items():
        called.setdefault(name, []).append(key)
    withheld = [one for one in entities if look_of(one) in _NAMELESS or named.fate(one) is not Fate.TOLD]
    for number, entity in enumerate(withheld, 1):
        names |= dict.fromkeys(called.pop(names[entity.id], ()), f"{look_of(entity)} {number}")
    return names


def _lines(links: Iterable[Link], thing_of: Mapping[str, str]) -> dict[tuple[str, str], tuple[int, float]]:
    """Between each two things how many links there are, and how sure the surest is."""
    lines: dict[tuple[str, str], tuple[int, float]] = {}
    for link in links:
        one, other = sorted((thing_of[link.from_id], thing_of[link.to_id]))
        if one != other:
            many, sure = lines.get((one, other), (0, 0.0))
            lines[one, other] = many + 1, max(sure, link.confidence)
    return lines


def _drawn(
    things: Mapping[str, _Thing], lines: Mapping[tuple[str, str], tuple[int, float]], marking: str, title: str
) -> str:
    xs, ys = [t.at[0] for t in things.values()] or [0.0], [t.at[1] for t in things.values()] or [0.0]
    scale = min(2.0, (_WIDTH - 2 * _EDGE) / max(max(xs) - min(xs), max(ys) - min(ys), 1.0))
    height = (max(ys) - min(ys)) * scale + 2 * _EDGE + _HEAD
    nearer = min(1.6, max(0.3, math.sqrt(scale)))

    def put(at: Point) -> Point:
        return (at[0] - (max(xs) + min(xs)) / 2) * scale + _WIDTH / 2, (at[1] - min(ys)) * scale + _EDGE + _HEAD

    sizes = {key: max(9.0, t.radius * scale) if t.look == "group" else t.radius * nearer for key, t in things.items()}
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH:g} {height:.0f}" width="{_WIDTH:g}" height="{height:.0f}" '
        'font-family="Noto Sans, Arial, sans-serif" font-size="13">',
        f'<title>{escape(title)}</title><rect width="100%" height="100%" fill="#fff"/>',
        f'<rect width="100%" height="28" fill="#000"/><text x="{_WIDTH / 2:g}" y="19" fill="#fff" text-anchor="middle" '
        f'font-weight="700">{escape(marking)}</text><text x="16" y="52" font-size="17">{escape(title)}</text>',
    ]
    for (one, other), (many, sure) in lines.items():
        (x1, y1), (x2, y2) = put(things[one].at), put(things[other].at)
        dashes = ' stroke-dasharray="5 4"' if sure <= _WEAK else ""
        wide = 1 + 0.7 * min(5, round(math.log2(many)))
        parts.append(
            f'<path d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" stroke="#b4bac3" stroke-width="{wide:g}"{dashes}/>'
        )
    for key, thing in sorted(things.items(), key=lambda item: item[1].look != "group"):
        parts.append(_shape(thing.look, put(thing.at), sizes[key]))
    parts += _labels({key: (put(t.at), sizes[key], t) for key, t in things.items()})
    return "\n".join([*parts, "</svg>", ""])


def _shape(look: str, at: Point, size: float) -> str:
    edge = "#1f4570" if look == "group" else "#fff"
    if look not in _CORNERS:
        return f'<circle cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="{size:.1f}" fill="{_COLOURS[look]}" stroke="{edge}"/>'
    corners, turn = _CORNERS[look]
    angles = (math.radians(turn + 360 * n / corners) for n in range(corners))
    points = " ".join(f"{at[0] + size * math.cos(a):.1f},{at[1] + size * math.sin(a):.1f}" for a in angles)
    return f'<polygon points="{points}" fill="{_COLOURS[look]}" stroke="{edge}"/>'


def _labels(placed: Mapping[str, tuple[Point, float, _Thing]]) -> Iterable[str]:
    """The heaviest first; a label that would cover another is left away."""
    taken: list[tuple[float, float]] = []
    for (x, y), size, thing in sorted(placed.values(), key=lambda one: (-one[2].weight, one[2].name, one[0])):
        if len(taken) >= _MOST_LABELS:
            return
        low, wide = y + size + 14, 3.9 * min(len(thing.name), _LONGEST_LABEL)
        if all(abs(low - other_y) > 16 or abs(x - other_x) > 2 * wide for other_x, other_y in taken):
            taken.append((x, low))
            yield (
                f'<text x="{x:.1f}" y="{low:.1f}" text-anchor="middle" fill="#1c2330" stroke="#fff" stroke-width="3" '
                f'paint-order="stroke">{escape(plain(thing.name, _LONGEST_LABEL))}</text>'
            )
