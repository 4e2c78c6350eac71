"""Cases of tests in an index."""

from __future__ import annotations

import secrets

from benchmarks.index_world import Digests, digests
from casefile.case import Case
from casefile.search.elastic.indexing import compare_index, index_case
from casefile.settings import ElasticSettings
from tests.elastic.fixtures import remove_all
from tests.elastic.server import Server


class Indexer:
    """Indexes cases on a server, each under a prefix of its own, and takes all of it away again."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self._begin = f"test{secrets.token_hex(4)}"
        self._cases = 0

    def index(self, case: Case) -> Case:
        """Let the server hold the case as it is now."""
        if case.settings.elastic.urls != (self.server.url,):
            self.point(case)
        done = index_case(case)
        assert done.shown and not done.refused
        return case

    def point(self, case: Case, **settings: object) -> None:
        """Let the case name this server, and indices that nobody has yet."""
        self._cases += 1
        elastic = ElasticSettings.model_validate(
            {"urls": (self.server.url,), "prefix": f"{self._begin}-{self._cases}", **settings}
        )
        case.settings = case.settings.model_copy(update={"elastic": elastic})

    def holds(self, case: Case) -> Digests:
        """What the index holds of the case."""
        with self.server.client() as client:
            return digests(client, case.settings.elastic.prefix)

    def holds_all(self, case: Case) -> bool:
        """Whether the index is the one that is written where nothing ever went wrong; afterwards the case names that one."""
        assert all(one.case == one.index for one in compare_index(case))
        found = self.holds(case)
        self.point(case)
        return self.holds(self.index(case)) == found

    def remove(self) -> None:
        """Take everything away that was indexed."""
        remove_all(self.server, self._begin)
