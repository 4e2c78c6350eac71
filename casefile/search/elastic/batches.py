"""What waits, in batches that are ready to be sent: read from the case, turned into documents, with one version each."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from casefile.alerts import Alert
from casefile.records import Actor, Campaign, Entity, Link, Network
from casefile.search.elastic.generations import Generations, kinds
from casefile.search.elastic.projection import Document, Projection, document_id, mention_id
from casefile.search.elastic.sending import Action, create, put, remove
from casefile.store.connected import Record
from casefile.store.indexable import Indexable, IndexablePost
from casefile.store.unindexed import Unindexed, Waiting

_LONGEST_TEXTS = 4_000_000  # code points in one batch of posts


@dataclass(slots=True)
class Batch:
    """Some things that wait, and what to send for them; `expected` is what the index may hold of each afterwards."""

    expected: list[tuple[Waiting, str | None]] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    owner: dict[str, Waiting] = field(default_factory=dict)

    def add(self, waiting: Waiting, expected: str | None, actions: Iterable[Action]) -> None:
        """Add one thing with its actions."""
        self.expected.append((waiting, expected))
        for action in actions:
            self.actions.append(action)
            self.owner[action["_id"]] = waiting


class Batches:
    """Makes batches for one generation. A version is the moment at which a batch was begun to be read."""

    def __init__(
        self,
        unindexed: Unindexed,
        indexable: Indexable,
        projection: Projection,
        generations: Generations,
        generation: int,
    ) -> None:
        self._unindexed, self._indexable, self._projection = unindexed, indexable, projection
        self._names = {kind: generations.name(kind, generation) for kind in kinds()}
        self._streams = {kind for kind in kinds() if generations.is_stream(kind)}
        self._version = 0

    def of(self, kind: str, alerts: Mapping[str, Alert]) -> Iterator[Batch]:
        """Everything of one kind that waits now."""
        after = ""
        while waiting := self._unindexed.waiting(kind, after):
            after = waiting[-1].id
            # Never the same twice, even if the clock was set back: of two readings the later one is the truth.
            self._version = max(time.time_ns() // 1000, self._version + 1)
            if kind == "posts":
                yield from self._posts(waiting)
            elif kind == "crawls":
                yield self._crawls(waiting)
            elif kind == "alerts":
                yield self._alerts(waiting, alerts)
            else:
                yield self._records(kind, waiting)

    def _posts(self, waiting: list[Waiting]) -> Iterator[Batch]:
        for part in self._in_parts(waiting):
            found = {one.post.id: one for one in self._indexable.posts([one.id for one in part])}
            batch = Batch()
            for one in part:
                self._add_post(batch, one, found.get(one.id))
            yield batch

    def _in_parts(self, waiting: list[Waiting]) -> Iterator[list[Waiting]]:
        sizes = self._indexable.sizes(one.id for one in waiting)
        part: list[Waiting] = []
        length = 0
        for one in waiting:
            length += sizes.get(one.id, 0)
            if part and length > _LONGEST_TEXTS:
                yield part
                part, length = [], sizes.get(one.id, 0)
            part.append(one)
        yield part

    def _add_post(self, batch: Batch, waiting: Waiting, found: IndexablePost | None) -> None:
        before = int(waiting.was or 0)
        post, mentions = self._projection.post(found) if found else (None, [])
        actions = [self._put_or_remove("posts", waiting.id, post)]
        actions += [self._put("mentions", mention_id(waiting.id, n), one) for n, one in enumerate(mentions)]
        actions += [
            remove(self._names["mentions"], mention_id(waiting.id, n), self._version)
            for n in range(len(mentions), before)
        ]
        # Should we die before the server answers, it may hold as many as it had, or as many as are sent.
        batch.add(waiting, str(max(before, len(mentions))), actions)

    def _records(self, kind: str, waiting: list[Waiting]) -> Batch:
        batch = Batch()
        found = self._indexable.records(kind, [one.id for one in waiting])
        documents = dict(self._documents(kind, [record for record, _ in found.values()]))
        for one in waiting:
            _, stored = found.get(one.id, (None, None))
            indices = ("entities", "entities-lookup") if kind == "entities" else (kind,)
            batch.add(one, stored, [self._put_or_remove(index, one.id, documents.get(one.id)) for index in indices])
        return batch

    def _documents(self, kind: str, records: list[Record]) -> Iterator[tuple[str, Document]]:
        projection = self._projection
        owners = self._indexable.owners(record.id for record in records) if kind == "entities" else {}
        ends = {end for record in records if isinstance(record, Link) for end in (record.from_id, record.to_id)}
        nodes = self._indexable.nodes(ends)
        for record in records:
            match record:
                case Entity():
                    yield record.id, projection.entity(record, owners.get(record.id, ()))
                case Actor():
                    yield record.id, projection.actor(record)
                case Link():
                    yield record.id, projection.link(record, nodes)
                case Network():
                    yield record.id, projection.network(record)
                case Campaign():
                    yield record.id, projection.campaign(record)

    def _crawls(self, waiting: list[Waiting]) -> Batch:
        batch = Batch()
        ended = {crawl.id: crawl for crawl in self._indexable.ended_crawls(one.id for one in waiting)}
        for one in waiting:
            if one.id not in ended:
                continue  # still running: it waits
            document = self._projection.crawl(ended[one.id])
            if "crawls" in self._streams:
                batch.add(one, None, [create(self._names["crawls"], one.id, document)])
            else:
                batch.add(one, None, [self._put("crawls", one.id, document)])
        return batch

    def _alerts(self, waiting: list[Waiting], alerts: Mapping[str, Alert]) -> Batch:
        batch = Batch()
        for one in waiting:
            alert = alerts.get(one.id)
            batch.add(
                one, None, [self._put_or_remove("alerts", one.id, self._projection.alert(alert) if alert else None)]
            )
        return batch

    def _put_or_remove(self, kind: str, identity: str, document: Document | None) -> Action:
        if document is None:
            return remove(self._names[kind], document_id(identity), self._version)
        return self._put(kind, identity, document)

    def _put(self, kind: str, identity: str, document: Document) -> Action:
        return put(self._names[kind], document_id(identity), document, self._version)
