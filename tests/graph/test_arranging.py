"""How networks are laid out for the eye."""

import math
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.arranging import Arrangement, arrange

WHEELS = {f"g{group}-{n:03}": f"g{group}" for group in range(6) for n in range(60)}


def wheels() -> Arrangement:
    """Six wheels of sixty nodes, each tied to the next by one tie."""
    nodes = sorted(WHEELS)
    ties = [(one, other) for one, other in pairwise(nodes) if WHEELS[one] == WHEELS[other]]
    ties += [(f"{WHEELS[one]}-030", one) for one in nodes]
    ties += [(f"g{group}-000", f"g{(group + 1) % 6}-000") for group in range(6)]
    return arrange(nodes, ties)


def test_what_hangs_together_is_a_group_and_stands_apart_from_others() -> None:
    made = wheels()
    middle = {
        group: tuple(sum(made.places[n][axis] for n in WHEELS if WHEELS[n] == group) / 60 for axis in (0, 1))
        for group in WHEELS.values()
    }
    nearest = [
        min(middle, key=lambda group: math.dist(middle[group], made.places[node])) == WHEELS[node] for node in WHEELS
    ]
    assert sum(nearest) > 0.95 * len(nearest)


def test_the_same_network_is_always_laid_out_the_same() -> None:
    assert wheels() == wheels()


def test_groups_that_are_named_are_kept() -> None:
    made = arrange(["a", "b", "c"], [("a", "b")], {"a": "x", "b": "y", "c": "x"})
    assert made.groups == {"a": 0, "c": 0, "b": 1}


@given(st.integers(0, 40), st.lists(st.tuples(st.integers(0, 39), st.integers(0, 39)), max_size=80))
@settings(deadline=None)
def test_every_node_has_a_place_and_a_group_whatever_ties_them(count: int, pairs: list[tuple[int, int]]) -> None:
    nodes = [f"n{number}" for number in range(count)]
    made = arrange(nodes, [(f"n{a}", f"n{b}") for a, b in pairs if max(a, b) < count])
    assert made.places.keys() == made.groups.keys() == set(nodes)
    assert all(math.isfinite(x) and math.isfinite(y) for x, y in made.places.values())
