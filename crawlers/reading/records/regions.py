"""Regions of a page in which like things repeat: cards, rows, replies, also such that take several siblings each.

After MDR (Liu, Grossman, Zhai: Mining Data Records in Web Pages, KDD 2003), DEPTA (Zhai, Liu: Web Data Extraction
Based on Partial Tree Alignment, WWW 2005) and tag-path clustering (Miao et al.: Extracting Data Records from the Web
Using Tag Path Clustering, WWW 2009). Elements are compared by the names of what they hold, never pair by pair.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import pstdev

from crawlers.reading.records.outline import Node, Outline

_FEWEST = 3
_ALIKE = 0.6  # mean share of names that a record has in common with most others
_MOST_PARTS = 12  # that a page is laid out in
_WORDS_OF_TEXTS = frozenset(
    {"p", "h1", "h2", "h3", "h4", "h5", "h6", "span", "br", "b", "strong", "em", "i", "td", "th"}
)
_MAY_BE_HEADLINES = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6"})
# Classes by which frameworks lay a page out, whatever it holds.
_GRID = frozenset({"row", "container", "section", "wrapper", "columns", "column", "col", "grid"})
_PROFILE_DEPTH = 4
_MOST_NAMES = 60  # compared of one record
_SHORTEST = 8  # characters of a mean record
_COVERED = 0.6  # of a record's text by records inside it: then it is a shelf, and they are the records

Record = tuple[Node, ...]
"""One record: an element, or several siblings that follow each other."""


@dataclass(frozen=True, slots=True)
class Region:
    """Records that look alike, in document order; `alike` (0 to 1) says how much."""

    records: tuple[Record, ...]
    alike: float

    @property
    def chars(self) -> int:
        return sum(node.chars for record in self.records for node in record)


def find_regions(outline: Outline) -> list[Region]:
    """The outermost regions of records in a page, none inside another, in document order."""
    regions: list[Region] = []
    waiting = [0] if outline.paths else []
    while waiting:
        path = waiting.pop()
        taken: set[int] = set()
        if rows := _interleaved(outline, path):
            regions.append(rows[0])
            taken = rows[1]
        for branch in outline.branches[path]:
            if branch in taken:
                continue
            region = _region(outline, branch)
            if region is None:
                waiting.append(branch)
            else:
                regions.append(region)
    return sorted(regions, key=lambda region: region.records[0][0].start)


def _region(outline: Outline, path: int) -> Region | None:
    """The nodes of a path as records, if they repeat, look alike and hold no smaller records themselves."""
    nodes = [node for node in outline.paths[path] if node.chars]
    if not _repeats(nodes) or sum(node.chars for node in nodes) < _SHORTEST * len(nodes):
        return None
    if (nodes[0].tag in _WORDS_OF_TEXTS and not _are_headlines(nodes)) or _is_layout(nodes):
        return None
    alike = _alikeness([(node,) for node in nodes])
    if alike < _ALIKE or _is_shelf(outline, path):
        return None
    return Region(tuple((node,) for node in nodes), alike)


def _are_headlines(nodes: Sequence[Node]) -> bool:
    """Whether paragraphs or headings are no text but one link each, with a few words around it."""
    linked = sum(node.linked for node in nodes)
    each = sum(node.links > 0 and node.linked > 0 for node in nodes)
    chars = sum(node.chars for node in nodes)
    return nodes[0].tag in _MAY_BE_HEADLINES and each >= 0.8 * len(nodes) and linked >= 0.4 * chars


def _repeats(nodes: Sequence[Node]) -> bool:
    parents = Counter(node.parent for node in nodes)
    return len(nodes) >= _FEWEST and max(parents.values()) > 1 and len(nodes) >= 1.5 * len(parents)


def _is_layout(nodes: Sequence[Node]) -> bool:
    """Whether these are the page's own parts: a menu among them, or few without a class and of very uneven size."""
    if len(nodes) > _MOST_PARTS:
        return False
    if len({node.chrome for node in nodes}) > 1:
        return True
    if nodes[0].key.rpartition(".")[2] in _GRID and _are_few_and_uneven(nodes):
        return True
    mean = sum(node.chars for node in nodes) / len(nodes)
    return "." not in nodes[0].key and pstdev(node.chars for node in nodes) > mean and nodes[0].tag not in ("li", "tr")


def _is_shelf(outline: Outline, path: int) -> bool:
    """Whether most text of the nodes lies in like things inside them that could each be a record."""
    whole = sum(node.chars for node in outline.paths[path])
    covered = 0
    waiting = list(outline.branches[path])
    while waiting:
        inner = waiting.pop()
        nodes = [node for node in outline.paths[inner] if node.chars]
        if _repeats(nodes) and len(nodes) >= 2 * len(outline.paths[path]) and _could_be_records(nodes):
            covered += sum(node.chars for node in nodes)
        else:
            waiting.extend(outline.branches[inner])
    return covered > (_COVERED if not _are_few_and_uneven(outline.paths[path]) else _COVERED / 2) * whole


def _are_few_and_uneven(nodes: Sequence[Node]) -> bool:
    return len(nodes) <= _MOST_PARTS and pstdev(n.chars for n in nodes) > 0.7 * sum(n.chars for n in nodes) / len(nodes)


def _could_be_records(nodes: Sequence[Node]) -> bool:
    """Cards hold a link each, and more than one thing: a paragraph of a post or a label does not."""
    linked = sum(node.links > 0 for node in nodes)
    rich = sum(bool(node.headings or node.pictures) or len(_spoken(node)) > 1 for node in nodes)
    chars = sum(node.chars for node in nodes)
    in_rows = nodes[0].tag in ("li", "tr", "article")
    return linked >= 0.8 * len(nodes) and chars >= 20 * len(nodes) and (in_rows or rich >= 0.6 * len(nodes))


def _spoken(node: Node) -> list[Node]:
    """The parts of a node that say something, below wrappers of one child."""
    while len(node.children) == 1 and not node.own:
        node = node.children[0]
    return [child for child in node.children if child.chars]


def _interleaved(outline: Outline, path: int) -> tuple[Region, set[int]] | None:
    """Records of several siblings: the names of some children take turns (rows of three, dt and dd, heading and list)."""
    records: list[Record] = []
    taken: set[int] = set()
    for parent in outline.paths[path]:
        children = parent.children
        if len(children) < 2 * _FEWEST:
            continue
        turns = _turns(children)
        if turns:
            taken |= turns
            records += _cut(children, turns)
    if len(records) < _FEWEST:
        return None
    alike = _alikeness(records)
    return (Region(tuple(records), alike), taken) if alike >= _ALIKE else None


def _turns(children: Sequence[Node]) -> set[int]:
    """The paths whose nodes take turns among siblings: about as many of each, hardly ever twice in a row."""
    counts = Counter(child.path for child in children)
    spoken = Counter(child.path for child in children if child.chars)
    top = max((count for path, count in counts.items() if spoken[path]), default=0)
    if top < _FEWEST:
        return set()
    equal = {path for path, count in counts.items() if abs(count - top) <= max(1, 0.1 * top)}
    if len(equal) < 2 or len([path for path in equal if spoken[path] > top / 2]) < 2:
        return set()
    row = [child.path for child in children if child.path in equal]
    twice = sum(a == b for a, b in pairwise(row))
    return equal if twice <= 0.1 * len(row) else set()


def _cut(children: Sequence[Node], turns: set[int]) -> Iterator[Record]:
    """Siblings cut into records before each node of the path that comes first."""
    first = next(child.path for child in children if child.path in turns)
    record: list[Node] = []
    for child in children:
        if child.path == first and record:
            yield tuple(record)
            record = []
        if child.path == first or record:
            record.append(child)
    if record:
        yield tuple(record)


def _alikeness(records: Sequence[Record]) -> float:
    """How much records look alike: the mean share of each one's names that most records have too, and the reverse."""
    profiles = [_profile(record) for record in records]
    counts = Counter(name for profile in profiles for name in profile)
    common = {name for name, count in counts.items() if count >= 0.5 * len(profiles)}
    if not common:
        return 0.0
    return sum(len(common & profile) / len(common | profile) for profile in profiles) / len(profiles)


def _profile(record: Record) -> set[str]:
    """The names of what a record holds, each with its depth."""
    names: set[str] = set()
    level: Sequence[Node] = record
    for depth in range(_PROFILE_DEPTH):
        names.update(f"{depth}{node.tag}" for node in level)
        level = [child for node in level[:_MOST_NAMES] for child in node.children[:_MOST_NAMES]]
        if not level or len(names) > _MOST_NAMES:
            break
    return names
