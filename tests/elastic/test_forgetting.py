"""Who was forgotten is gone from the index too, and from what is remembered of it while its server is away."""

from __future__ import annotations

import pytest

from casefile.case import Case
from casefile.errors import ElasticError
from casefile.forgetting.forget import forget, plan_forgetting
from casefile.forgetting.subjects import find_subject
from casefile.records import Label
from casefile.search.elastic.indexing import index_case
from casefile.search.engines import engine_of, not_there_yet
from graph.connect import connect_case
from tests.casefile.making import a_mention, a_post, a_reading, keep
from tests.elastic.indexed import Indexer

HER = "+6281300009909"
TYPED = "0813-0000-9909"
WORDS = f"lowongan admin kamboja, hubungi {TYPED}"


def _with_her(case: Case) -> None:
    keep(case, a_post(1, WORDS, author="Ibu Rahasia"), a_post(2, "lowongan"))
    case.store.save_readings([a_reading(a_post(1, WORDS), a_mention(WORDS, TYPED, HER, Label.PHONE))], "v1")
    connect_case(case)


def test_who_was_forgotten_is_remembered_nowhere_while_the_server_is_away_and_then_gone_there(
    case: Case, indexer: Indexer
) -> None:
    _with_her(case)
    indexer.index(case)
    assert HER in _index_of(case, indexer)
    at_work = case.settings
    case.settings = at_work.model_copy(
        update={"elastic": at_work.elastic.model_copy(update={"urls": ("http://127.0.0.1:9",)})}
    )
    assert forget(case, plan_forgetting(case, find_subject(case.store, HER, None)), "letter 14")
    connect_case(case)
    with pytest.raises(ElasticError):
        index_case(case)
    assert not_there_yet(case, "elastic") == 1
    case.store.purge()
    kept = b"".join(path.read_bytes() for path in case.folder.glob("case.db*"))
    assert not any(word.encode() in kept for word in (HER, TYPED, "Ibu Rahasia"))
    case.settings = at_work
    assert index_case(case).generation == 2
    assert engine_of(case, "elastic").matching_posts("lowongan") == [a_post(2).id]
    assert HER not in _index_of(case, indexer)
    assert indexer.holds_all(case)


def _index_of(case: Case, indexer: Indexer) -> str:
    with indexer.server.client() as client:
        found = client.search(index=f"{case.settings.elastic.prefix}-*", size=1000)
    return str(found.body)
