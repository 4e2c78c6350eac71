"""Bringing the index of a case up to date: what changed is sent, what failed is kept, a new generation is shown when whole."""

from __future__ import annotations

import secrets
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from casefile.alerts import ALERT_TYPE, TOLD_TYPE
from casefile.case import Case
from casefile.errors import CaseError, ElasticError
from casefile.judgements import in_force
from casefile.progress import Progress, no_progress
from casefile.search.elastic.batches import Batch, Batches
from casefile.search.elastic.connection import Server, address, ask_server, connected
from casefile.search.elastic.generations import Generations, schema
from casefile.search.elastic.projection import Projection
from casefile.search.elastic.sending import Answer, send
from casefile.search.elastic.settling import mark_judged, settle
from casefile.search.elastic.state import IndexState, judged_fields
from casefile.store.indexable import Indexable
from casefile.store.unindexed import KINDS, Refused, Unindexed

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

_SENDERS = 2
_IN_FLIGHT = 4  # batches; more would only fill the memory
_MOST_REFUSED = 0.01


@dataclass(frozen=True, slots=True)
class Indexed:
    """What one run did: how many things were sent; those that the server refused; why all was written anew, if it was."""

    sent: int
    refused: tuple[Refused, ...]
    generation: int
    anew: str
    shown: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """How many documents of a kind the case has, and how many the index."""

    kind: str
    case: int
    index: int


def index_case(case: Case, *, rebuild: bool = False, progress: Progress = no_progress) -> Indexed:
    """Send what changed since the last time; all of it the first time, with `rebuild`, and where the index is not ours.

    Raises ElasticError when the server cannot be used; nothing that waits is lost, and the next call goes on.
    """
    with _alone(case), connected(case.settings) as client:
        return _Indexing(case, client).run(rebuild, progress)


def compare_index(case: Case) -> list[Compared]:
    """The counts of case and index, side by side."""
    with connected(case.settings) as client:
        generations = Generations(client, case.settings.elastic.prefix, ask_server(client))
        if generations.live() is None:
            raise ElasticError(f"There is no index {generations.alias('posts')} there.", "Make it: jejak index CASE")
        there = generations.count()
    here = Indexable(case.store.database).counts()
    here |= {"entities-lookup": here["entities"], "alerts": len(case.alert_book().alerts())}
    return [Compared(kind, here[kind], there[kind]) for kind in there]


def drop_index(case: Case) -> None:
    """Remove the index of a case from its server, templates too, and stop watching what changes."""
    with _alone(case), connected(case.settings) as client:
        indexing = _Indexing(case, client)
        indexing.refuse_what_is_another_case()
        indexing.generations.drop()
        with case.store.writing():
            indexing.unindexed.forget()


@contextmanager
def _alone(case: Case) -> Iterator[None]:
    lock = FileLock(case.folder / ".locks" / "index.lock", timeout=0)
    try:
        with lock:
            yield
    except Timeout as error:
        raise CaseError(
            f"{case.folder}: is being indexed already", "Wait until the other `jejak index` is done."
        ) from error


class _Indexing:
    """One run on one server."""

    def __init__(self, case: Case, client: Elasticsearch) -> None:
        self._case, self._client, self._store = case, client, case.store
        self._settings = case.settings.elastic
        self._where = address(self._settings)
        self._server: Server = ask_server(client)
        self.generations = Generations(client, self._settings.prefix, self._server)
        self.unindexed, self._indexable = Unindexed(case.store.database), Indexable(case.store.database)
        self._judged = in_force(case.judgements())
        self._fields = {
            "id": next((str(entry["sha256"]) for entry in case.journal.whole_entries()), ""),
            "title": case.settings.title,
            "handling": case.settings.handling.value,
        }

    def run(self, rebuild: bool, progress: Progress) -> Indexed:
        """Bring the index up to date."""
        state = IndexState.read(self.unindexed.state())
        why = "it was asked for" if rebuild else self._why_anew(state)
        state = self._begin_anew(state) if why or state is None else self._go_on(state)
        settle(self._store, everything_waits=bool(why))
        sent = self._send_all(state.generation, progress)
        refused = tuple(self.unindexed.refused())
        if state.shown:
            self.generations.refresh(state.generation)
        elif self._is_good(refused):
            state = self._show(state)
        return Indexed(sent, refused, state.generation, why, state.shown)

    def refuse_what_is_another_case(self) -> None:
        """Raise ElasticError where the prefix is in use by another case."""
        live = self.generations.live()
        owner = self.generations.stamp_of(live).get("case") if live is not None else None
        if owner not in (None, self._fields["id"]):
            raise ElasticError(
                f"{self._where}: the indices {self._settings.prefix}-… hold another case",
                "Give this one a prefix of its own: prefix = … under [elastic] in case.toml.",
            )

    # Where to go on --------------------------------------------------------------------------------------------------
    def _why_anew(self, state: IndexState | None) -> str:
        if state is None:
            return "it was not indexed from here before, or something was forgotten since"
        if (state.cluster, state.prefix) != (self._server.cluster, self._settings.prefix):
            return "the server or the prefix is another one"
        if state.schema != schema():
            return "this Jejak keeps other fields"
        if state.case != self._fields:
            return "title or handling of the case changed"
        if self.generations.stamp_of(state.generation).get("token") not in state.tokens:
            return "the index is gone, or was written by somebody else"
        return ""

    def _begin_anew(self, state: IndexState | None) -> IndexState:
        """An empty generation beside the one that is shown, and everything marked."""
        self.refuse_what_is_another_case()
        live, known = self.generations.live(), self.generations.known()
        self.generations.remove(number for number in known if number != live)
        begun = IndexState(
            cluster=self._server.cluster,
            prefix=self._settings.prefix,
            schema=schema(),
            case=self._fields,
            generation=max([*known, state.generation if state else 0]) + 1,
            tokens=(secrets.token_hex(8),),
            journal=self._case.journal.head(),
            judged=judged_fields(self._judged),
        )
        self.generations.create(begun.generation)
        self._stamp(begun, begun.tokens[0])
        with self._store.writing():
            self.unindexed.watch_all()
            self.unindexed.mark("alerts", (str(alert.sequence) for alert in self._case.alert_book().alerts()))
            self.unindexed.set_state(begun.kept())
        return begun

    def _go_on(self, state: IndexState) -> IndexState:
        """Mark what the journal tells since; show the server a new token, so that an old copy of this case is found out."""
        token = secrets.token_hex(8)
        found = self.generations.stamp_of(state.generation)["token"]
        head = self._case.journal.head()
        told = replace(state, journal=head, judged=judged_fields(self._judged), tokens=(found, token))
        with self._store.writing():
            self._mark_journal(state)
            self.unindexed.set_state(told.kept())
        if not self.unindexed.count():
            return told
        self._stamp(told, token)
        told = replace(told, tokens=(token,))
        with self._store.writing():
            self.unindexed.set_state(told.kept())
        return told

    def _mark_journal(self, state: IndexState) -> None:
        alerts: set[str] = set()
        for entry in self._case.journal.entries(after=state.journal):
            if entry.get("type") == ALERT_TYPE:
                alerts.add(str(entry["seq"]))
            elif entry.get("type") == TOLD_TYPE:
                alerts |= set(map(str, entry["alerts"]))
        self.unindexed.mark("alerts", alerts)
        mark_judged(self.unindexed, self._indexable, state.in_force, self._judged)

    def _stamp(self, state: IndexState, token: str) -> None:
        self.generations.stamp(state.generation, {"case": self._fields["id"], "token": token})

    # Sending ---------------------------------------------------------------------------------------------------------
    def _send_all(self, generation: int, progress: Progress) -> int:
        total, done = self.unindexed.count(), 0
        alerts = {str(alert.sequence): alert for alert in self._case.alert_book().alerts()}
        batches = Batches(
            self.unindexed, self._indexable, Projection(self._fields, self._judged), self.generations, generation
        )
        flying: deque[tuple[Batch, Future[list[Answer]]]] = deque()
        with ThreadPoolExecutor(_SENDERS) as pool:
            try:
                for kind in KINDS:
                    for batch in batches.of(kind, alerts):
                        with self._store.writing():
                            self.unindexed.expect(batch.expected)
                        flying.append((batch, pool.submit(send, self._client, batch.actions, self._where)))
                        if len(flying) >= _IN_FLIGHT:
                            done += self._tick_off(*flying.popleft())
                            progress(done, total)
                while flying:
                    done += self._tick_off(*flying.popleft())
                    progress(done, total)
            finally:
                for _, future in flying:
                    future.cancel()
        return done

    def _tick_off(self, batch: Batch, answers: Future[list[Answer]]) -> int:
        """Remove the marks of what the index has; returns how many."""
        problems: dict[tuple[str, str], str] = {}
        for answer in answers.result():
            if answer.problem:
                owner = batch.owner[answer.id]
                problems.setdefault((owner.kind, owner.id), answer.problem)
        good = [(waiting, was) for waiting, was in batch.expected if (waiting.kind, waiting.id) not in problems]
        with self._store.writing():
            self.unindexed.tick_off(good)
            self.unindexed.refuse(Refused(kind, identity, problem) for (kind, identity), problem in problems.items())
        return len(good)

    # Showing ---------------------------------------------------------------------------------------------------------
    def _is_good(self, refused: tuple[Refused, ...]) -> bool:
        """Whether a new generation may take the place of the one that is shown."""
        everything = sum(self._indexable.counts().values())
        return self.generations.live() is None or len(refused) <= _MOST_REFUSED * everything

    def _show(self, state: IndexState) -> IndexState:
        self.generations.show(state.generation)
        shown = replace(state, shown=True)
        with self._store.writing():
            self.unindexed.set_state(shown.kept())
        self.generations.remove(number for number in self.generations.known() if number != state.generation)
        return shown
