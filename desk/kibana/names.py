"""How the things that Jejak puts into Kibana are called: one set for each case, or one for all."""

from __future__ import annotations

from dataclasses import dataclass

from desk.kibana.objects import stable_id

EVERY_CASE = "jejak*"
"""Instead of a case's prefix: what reads the indices of all cases together."""


@dataclass(frozen=True, slots=True)
class Names:
    """Names for the indices that begin with `prefix`. Ids hang on it: in Kibana no two spaces may share one."""

    prefix: str

    def index(self, kind: str) -> str:
        """The alias of the indices of one kind: posts, mentions, …"""
        return f"{self.prefix}-{kind}"

    def data_view(self, kind: str) -> str:
        """The id of the data view over them."""
        return stable_id(self.prefix, "data view", kind)

    def search(self, title: str) -> str:
        """The id of a saved search."""
        return stable_id(self.prefix, "search", title)

    def dashboard(self, title: str) -> str:
        """The id of a dashboard."""
        return stable_id(self.prefix, "dashboard", title)
