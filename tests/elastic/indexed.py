"""Cases of tests in an index."""

from __future__ import annotations

import secrets

from casefile.case import Case
from casefile.search.elastic.indexing import index_case
from casefile.settings import ElasticSettings
from tests.elastic.fixtures import remove_all
from tests.elastic.server import Server


class Indexer:
    """Indexes cases on a server, each under a prefix of its own, and takes all of it away again."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._begin = f"test{secrets.token_hex(4)}"
        self._cases = 0

    def index(self, case: Case) -> Case:
        """Let the server hold the case as it is now."""
        if case.settings.elastic.urls != (self._server.url,):
            self._cases += 1
            elastic = ElasticSettings(urls=(self._server.url,), prefix=f"{self._begin}-{self._cases}")
            case.settings = case.settings.model_copy(update={"elastic": elastic})
        done = index_case(case)
        assert done.shown and not done.refused
        return case

    def remove(self) -> None:
        """Take everything away that was indexed."""
        remove_all(self._server, self._begin)
