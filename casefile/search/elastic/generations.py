"""The indices of a case on a server: each time they are written anew is a generation, and aliases show one of them.

`PREFIX-posts` is an alias of `PREFIX-posts-000003`; Kibana and searches know aliases only. A new generation is filled
beside the old one and takes all aliases over in one step, so nobody ever sees half an index.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML

from casefile.config_folder import CONFIG_FOLDER
from casefile.search.elastic.connection import Server

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

FOLDER = CONFIG_FOLDER / "elastic"
_PRIORITY = 500
_DIGITS = 6
_WHILE_FILLED = {"refresh_interval": "-1"}  # quicker, as nobody searches there yet
_IN_USE = {"refresh_interval": None}
_LAST_SEARCHES_SECONDS = 10.0


@cache
def common() -> dict[str, Any]:
    """What all indices share, as config/elastic/common.yml says."""
    return _read("common.yml")


@cache
def kinds() -> dict[str, dict[str, Any]]:
    """The indices by kind, as config/elastic/indices/ says."""
    return {path.stem: _read(f"indices/{path.name}") for path in sorted((FOLDER / "indices").glob("*.yml"))}


def schema() -> int:
    """Which fields the indices have: when it changes, they are written anew."""
    return int(common()["_meta"]["schema"])


class Generations:
    """The generations of one prefix on one server."""

    def __init__(self, client: Elasticsearch, prefix: str, server: Server) -> None:
        self._client, self._prefix, self._server = client, prefix, server

    def name(self, kind: str, generation: int) -> str:
        """The index (or data stream) of a kind."""
        return f"{self._prefix}-{kind}-{generation:0{_DIGITS}}"

    def alias(self, kind: str) -> str:
        """Under which name a kind is searched."""
        return f"{self._prefix}-{kind}"

    def is_stream(self, kind: str) -> bool:
        """Whether a kind is kept in a data stream."""
        return bool(kinds()[kind].get("stream")) and self._server.has_streams

    def known(self) -> list[int]:
        """Every generation of which anything is there, in order."""
        pattern = f"{self._prefix}-*"
        names = set(self._client.indices.get(index=pattern, expand_wildcards="all", features="settings"))
        if self._server.has_streams:
            names |= {stream["name"] for stream in self._client.indices.get_data_stream(name=pattern)["data_streams"]}
        return sorted({number for name in names for number in self._number_of(name)})

    def live(self) -> int | None:
        """The generation that the aliases show."""
        found = self._client.options(ignore_status=404).indices.get_alias(name=self.alias("posts"))
        return next((number for name in found if name != "error" for number in self._number_of(name)), None)

    def stamp_of(self, generation: int) -> dict[str, Any]:
        """What was written on a generation by `stamp`; empty where there is none such."""
        name = self.name("posts", generation)
        found = self._client.options(ignore_status=404).indices.get_mapping(index=name)
        return dict(found[name]["mappings"].get("_meta", {})) if name in found else {}

    def stamp(self, generation: int, marks: Mapping[str, str]) -> None:
        """Write on a generation whose it is."""
        self._client.indices.put_mapping(index=self.name("posts", generation), meta={**common()["_meta"], **marks})

    def create(self, generation: int) -> None:
        """Make templates and empty indices, quick to be filled."""
        self._put_templates()
        for kind in kinds():
            name = self.name(kind, generation)
            if self.is_stream(kind):
                self._client.indices.create_data_stream(name=name)
            else:
                self._client.indices.create(index=name, settings={"index": _WHILE_FILLED})

    def show(self, generation: int) -> None:
        """Make a generation whole and safe, then let all aliases show it, in one step."""
        names = [self.name(kind, generation) for kind in kinds()]
        plain = [self.name(kind, generation) for kind in kinds() if not self.is_stream(kind)]
        self._client.indices.refresh(index=names)
        self._client.indices.put_settings(index=plain, settings={"index": _IN_USE})
        self._client.indices.flush(index=names, wait_if_ongoing=True)
        actions: list[dict[str, Any]] = []
        for kind in kinds():
            for old in self._shown(self.alias(kind)):
                actions.append({"remove": {"index": old, "alias": self.alias(kind)}})
            actions.append({"add": {"index": self.name(kind, generation), "alias": self.alias(kind)}})
        self._client.indices.update_aliases(actions=actions)

    def refresh(self, generation: int) -> None:
        """Let what was sent be found."""
        self._client.indices.refresh(index=[self.name(kind, generation) for kind in kinds()])

    def count(self) -> dict[str, int]:
        """How many documents each kind has, as a search sees it."""
        self._client.indices.refresh(index=[self.alias(kind) for kind in kinds()])
        return {kind: int(self._client.count(index=self.alias(kind))["count"]) for kind in kinds()}

    def remove(self, generations: Iterable[int]) -> None:
        """Remove generations, once the last searches on them are done."""
        for generation in generations:
            names = [self.name(kind, generation) for kind in kinds()]
            self._wait_for_searches(names)
            for kind, name in zip(kinds(), names, strict=True):
                if self.is_stream(kind):
                    self._client.options(ignore_status=404).indices.delete_data_stream(name=name)
                else:
                    self._client.options(ignore_status=404).indices.delete(index=name)

    def drop(self) -> None:
        """Remove everything of this prefix: indices, aliases, templates."""
        self.remove(self.known())
        for kind in kinds():
            self._client.options(ignore_status=404).indices.delete_index_template(name=self.alias(kind))
        self._client.options(ignore_status=404).cluster.delete_component_template(name=self.alias("common"))

    def _put_templates(self) -> None:
        shared = self.alias("common")
        self._client.cluster.put_component_template(
            name=shared, template=common()["template"], meta=common()["_meta"], version=schema()
        )
        for kind, told in kinds().items():
            settings = {"index": {"mode": "lookup"}} if told.get("lookup") else {}
            try:
                self._put_template(kind, {"mappings": told["mappings"], "settings": settings}, shared)
            except self._refused():
                if not settings:
                    raise
                # A server without ES|QL knows no lookup indices: kept as a plain one.
                self._put_template(kind, {"mappings": told["mappings"]}, shared)

    def _put_template(self, kind: str, template: Mapping[str, Any], shared: str) -> None:
        self._client.indices.put_index_template(
            name=self.alias(kind),
            # Not "-*": PREFIX-entities-* would take PREFIX-entities-lookup-… too.
            index_patterns=[f"{self.alias(kind)}-0*"],
            composed_of=[shared],
            priority=_PRIORITY,
            template=template,
            version=schema(),
            meta=common()["_meta"],
            data_stream={} if self.is_stream(kind) else None,
        )

    def _shown(self, alias: str) -> list[str]:
        found = self._client.options(ignore_status=404).indices.get_alias(name=alias)
        # A data stream is named by itself, not by the indices that lie behind it.
        return [name for name in found if name not in ("error", "status")]

    def _number_of(self, name: str) -> Iterator[int]:
        for kind in kinds():
            number = name.removeprefix(f"{self.alias(kind)}-")
            if number != name and len(number) == _DIGITS and number.isdecimal():
                yield int(number)

    def _wait_for_searches(self, names: list[str]) -> None:
        """A search that began before the aliases moved may still be at work."""
        until = time.monotonic() + _LAST_SEARCHES_SECONDS
        while time.monotonic() < until:
            time.sleep(0.5)
            told = self._client.options(ignore_status=404).indices.stats(index=names, metric="search")
            search = told.get("_all", {}).get("total", {}).get("search", {})
            if not any(search.get(name) for name in ("query_current", "fetch_current", "open_contexts")):
                return

    @staticmethod
    def _refused() -> type[Exception]:
        from elasticsearch import BadRequestError

        return BadRequestError


def _read(name: str) -> dict[str, Any]:
    return dict(YAML(typ="safe", pure=True).load((FOLDER / name).read_text(encoding="utf-8")))
