"""Sets that grow together (union-find); the result does not depend on the order of the joins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Generic, Protocol, TypeVar


class _Ordered(Protocol):
    def __lt__(self, other: Any, /) -> bool: ...


T = TypeVar("T", bound=_Ordered)


class Unions(Generic[T]):
    """Disjoint sets of keys; each set is known by its smallest key."""

    def __init__(self, keys: Iterable[T] = ()) -> None:
        self._parent: dict[T, T] = {key: key for key in keys}

    def find(self, key: T) -> T:
        """The smallest key of the set that holds `key`; a new key is a set of its own."""
        parent = self._parent
        root = parent.setdefault(key, key)
        while (above := parent[root]) != root:
            root = above
        while (above := parent[key]) != root:
            parent[key], key = root, above
        return root

    def union(self, left: T, right: T) -> bool:
        """Make one set of two; False when they were one already."""
        left, right = self.find(left), self.find(right)
        if left == right:
            return False
        if right < left:
            left, right = right, left
        self._parent[right] = left
        return True

    def groups(self) -> list[Sequence[T]]:
        """All sets, each in order, ordered by their smallest keys."""
        members: dict[T, list[T]] = defaultdict(list)
        for key in self._parent:
            members[self.find(key)].append(key)
        return [sorted(members[root]) for root in sorted(members)]
