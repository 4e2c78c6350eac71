"""Sending documents: in bulk, patient with a server that is busy or away, every single answer read."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casefile.errors import ElasticError
from casefile.search.elastic.faults import fault_of, is_of_the_server, remedy_for

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

Action = dict[str, Any]
PATIENCE: Sequence[float] = (0.5, 1, 2, 4, 8, 15, 30, 30, 30)
"""Seconds between tries; a node that restarts is back before they are over."""
_CHUNK_BYTES = 8_000_000
_LEAST_CHUNK_BYTES = 250_000
_CHUNK_DOCUMENTS = 2_000
_SHARD_TIMEOUT = "5s"  # while a part of an index is missing; trying again is ours
_AGAIN = frozenset({0, 429, 502, 503, 504})  # 0: the connection broke

_TOO_LARGE = 413


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one action; `problem` is empty when the index has it (or had something newer)."""

    id: str
    problem: str = ""


def put(index: str, identity: str, document: Mapping[str, Any], version: int) -> Action:
    """Let the index hold this document, unless it holds a newer version."""
    return {
        "_op_type": "index", "_index": index, "_id": identity, "version": version, "version_type": "external_gte",
        "_source": document,
    }  # fmt: skip


def create(stream: str, identity: str, document: Mapping[str, Any]) -> Action:
    """Add this document to a data stream, unless it is there."""
    return {"_op_type": "create", "_index": stream, "_id": identity, "_source": document}


def remove(index: str, identity: str, version: int) -> Action:
    """Let the index hold nothing under this id, unless it holds a newer version."""
    return {"_op_type": "delete", "_index": index, "_id": identity, "version": version, "version_type": "external_gte"}


def send(client: Elasticsearch, actions: Sequence[Action], where: str) -> list[Answer]:
    """Send the actions; returns one answer for each, in no order. Raises ElasticError where none could be taken."""
    answers: list[Answer] = []
    too_large: list[Action] = []
    left: Sequence[Action] = actions
    for tried, wait in enumerate((*PATIENCE, None)):
        again: list[Action] = []
        last = (0, "", "")
        for action, (status, kind, reason) in _try(client, left, max(_LEAST_CHUNK_BYTES, _CHUNK_BYTES >> tried)):
            if status in _AGAIN and "read-only" not in reason:
                again.append(action)
                last = (status, kind, reason)
            elif is_of_the_server(status, reason):
                raise fault_of(where, status, (kind, reason))
            elif status == _TOO_LARGE and len(actions) > 1:
                too_large.append(action)
            else:
                answers.append(Answer(action["_id"], _problem(action["_op_type"], status, kind, reason)))
        if not again:
            return answers + _send_in_halves(client, too_large, where)
        if wait is None:
            raise _gave_up(where, last)
        time.sleep(wait)
        left = again
    raise AssertionError("the last try returns or raises")


def _send_in_halves(client: Elasticsearch, actions: Sequence[Action], where: str) -> list[Answer]:
    """What was too much for one request, until every document had one of its own."""
    middle = (len(actions) + 1) // 2
    return [answer for half in (actions[:middle], actions[middle:]) if half for answer in send(client, half, where)]


def _problem(operation: str, status: int, kind: str, reason: str) -> str:
    """Nothing where the index is as it should be; 409: it has something newer, or (in a data stream) the same."""
    if status < 300 or status == 409 or (status == 404 and operation == "delete"):
        return ""
    return f"{reason[:500]} ({kind or status}). {remedy_for(kind, reason)}"


def _try(
    client: Elasticsearch, actions: Sequence[Action], chunk_bytes: int
) -> Iterator[tuple[Action, tuple[int, str, str]]]:
    """Each action with its (status, type and reason of the error); who is busy is sent less at once every time."""
    from elastic_transport import ConnectionError as Lost
    from elastic_transport import ConnectionTimeout, TlsError
    from elasticsearch.helpers import streaming_bulk

    done = 0
    try:
        results = streaming_bulk(
            client.options(max_retries=0),
            actions,
            chunk_size=_CHUNK_DOCUMENTS,
            max_chunk_bytes=chunk_bytes,
            timeout=_SHARD_TIMEOUT,
            raise_on_error=False,
            raise_on_exception=False,
        )
        for action, (_, item) in zip(actions, results, strict=True):
            done += 1
            yield action, _told(next(iter(item.values())))
    except TlsError:
        raise
    except (Lost, ConnectionTimeout) as error:
        # What was answered is known; the rest may have arrived or not: sent again, it does no harm.
        yield from ((action, (0, "connection", str(error))) for action in actions[done:])


def _told(answer: Mapping[str, Any]) -> tuple[int, str, str]:
    error = answer.get("error")
    if not isinstance(error, dict):
        return int(answer["status"]), "", str(error or "")
    cause = error.get("caused_by") or {}
    reasons = [str(part["reason"]) for part in (error, cause) if part.get("reason")]
    return int(answer["status"]), str(error.get("type", "")), "; ".join(reasons)


def _gave_up(where: str, last: tuple[int, str, str]) -> ElasticError:
    status, kind, reason = last
    if status == 0:
        return ElasticError(
            f"{where}: went away and did not come back",
            "Look whether it runs. Nothing is lost: what is waiting is sent by the next `jejak index CASE`.",
        )
    return fault_of(where, status, (kind, reason))
