"""Servers that die, are full, busy, broken or tampered with: what waits is kept, and the index is whole afterwards."""

from __future__ import annotations

import signal
import socketserver
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from casefile.case import Case
from casefile.errors import ElasticError
from casefile.search.elastic import sending
from casefile.search.elastic.indexing import compare_index, index_case
from casefile.search.engines import engine_of
from casefile.settings import ElasticSettings
from casefile.settings_files import write_case_settings
from tests.casefile.making import a_post, keep
from tests.elastic.certificates import make_certificate
from tests.elastic.indexed import Indexer
from tests.elastic.server import NoServer, running

_SOON = (0.1, 0.1)
_LONG = (1.0,) * 400


def _change_all(case: Case) -> None:
    with case.store.writing():
        case.store.database.execute("UPDATE posts SET views = 7")


def test_a_server_killed_in_the_middle_of_a_bulk_holds_everything_once_it_is_back(
    filled: Case, indexer: Indexer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "PATIENCE", _LONG)
    restart = threading.Thread(target=indexer.server.start)

    def kill_once(done: int, total: int) -> None:  # others are on their way now
        if not restart.ident:
            indexer.server.kill()
            restart.start()

    indexer.point(filled)
    done = index_case(filled, progress=kill_once)
    restart.join()
    assert done.shown and not done.refused
    assert indexer.holds_all(filled)


def test_a_server_that_stays_away_is_named_and_what_waits_is_sent_later(
    filled: Case, indexer: Indexer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "PATIENCE", _SOON)
    indexer.point(filled)
    with pytest.raises(ElasticError, match="went away") as told:
        index_case(filled, progress=lambda done, total: indexer.server.kill() if indexer.server.runs else None)
    assert "Nothing is lost" in told.value.remedy
    indexer.server.start()
    assert index_case(filled).shown
    assert indexer.holds_all(filled)


_KILLED = """
import os, signal, sys
from pathlib import Path
from casefile.case import Case
from casefile.search.elastic.indexing import index_case

batches = int(sys.argv[2])

def progress(done, total):
    global batches
    batches -= 1
    if not batches:
        os.kill(os.getpid(), signal.SIGKILL)

with Case.open(Path(sys.argv[1])) as case:
    index_case(case, progress=progress)
"""


@pytest.mark.parametrize("batches", [1, 3])
def test_who_is_killed_while_indexing_goes_on_where_it_was(filled: Case, indexer: Indexer, batches: int) -> None:
    indexer.point(filled)
    write_case_settings(filled.folder, filled.settings)
    killed = subprocess.run([sys.executable, "-c", _KILLED, str(filled.folder), str(batches)], check=False)
    assert killed.returncode == -signal.SIGKILL
    done = index_case(filled)
    # The killed one's generation is filled further, not begun again.
    assert (done.anew, done.generation, done.refused) == ("", 1, ())
    assert indexer.holds_all(filled)


@pytest.mark.parametrize("kind", ["posts", "mentions"])
def test_a_disk_that_is_full_is_named_and_nothing_is_lost(filled: Case, indexer: Indexer, kind: str) -> None:
    indexer.index(filled)
    _change_all(filled)
    index = f"{filled.settings.elastic.prefix}-{kind}"
    with indexer.server.client() as client:
        client.indices.put_settings(index=index, settings={"index.blocks.read_only_allow_delete": True})
        with pytest.raises(ElasticError, match="disk is nearly full"):
            index_case(filled)
        client.indices.put_settings(index=index, settings={"index.blocks.read_only_allow_delete": None})
    assert not index_case(filled).refused
    assert indexer.holds_all(filled)


def test_a_post_of_two_million_letters_is_found_by_its_last_word(case: Case, indexer: Indexer) -> None:
    long = a_post(1, text="lowongan kerja " * 133_333 + "terakhir")
    keep(case, long, a_post(2))
    indexer.index(case)
    assert engine_of(case, "elastic").matching_posts("terakhir") == [long.id]
    assert [one.index for one in compare_index(case) if one.kind == "posts"] == [2]


def _made_by_hand(client: Elasticsearch, alias: str, fields: dict[str, Any], settings: dict[str, str]) -> None:
    """Somebody deletes an index and makes it again, nearly as it was; `fields` of the posts are other ones."""
    [(name, told)] = client.indices.get_mapping(index=alias).body.items()
    client.indices.delete(index=name)
    client.indices.create(
        index=name,
        mappings={"_meta": told["mappings"]["_meta"], "properties": {"post": {"properties": fields}}},
        settings=settings,
        aliases={alias: {}},
        wait_for_active_shards=0,
    )


def test_an_index_changed_by_hand_is_told_kept_and_mended_by_a_rebuild(filled: Case, indexer: Indexer) -> None:
    indexer.index(filled)
    with indexer.server.client() as client:
        _made_by_hand(client, f"{filled.settings.elastic.prefix}-posts", {"author": {"type": "boolean"}}, {})
    assert any(one.case != one.index for one in compare_index(filled))
    _change_all(filled)
    refused = index_case(filled).refused
    assert refused and all("--rebuild" in one.reason for one in refused)
    assert index_case(filled).refused == refused  # tried again, kept again
    assert index_case(filled, rebuild=True).refused == ()
    assert indexer.holds_all(filled)


def test_an_index_with_a_part_missing_is_named_and_mended_by_a_rebuild(
    filled: Case, indexer: Indexer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "PATIENCE", _SOON)
    indexer.index(filled)
    _change_all(filled)
    with indexer.server.client() as client:
        nowhere = {"index.routing.allocation.require._name": "nobody"}
        _made_by_hand(client, f"{filled.settings.elastic.prefix}-posts", {}, nowhere)
    for use in (lambda: index_case(filled), lambda: engine_of(filled, "elastic").search("kerja")):
        with pytest.raises(ElasticError, match="red") as told:
            use()
        assert "--rebuild" in told.value.remedy
    assert index_case(filled, rebuild=True).refused == ()
    assert indexer.holds_all(filled)


@pytest.fixture(scope="module")
def small() -> Iterator[Indexer]:
    """A server that takes little at once."""
    try:
        with running(**{"http.max_content_length": "1mb", "indexing_pressure.memory.limit": "1mb"}) as server:
            yield Indexer(server)
    except NoServer as reason:
        pytest.skip(str(reason))


@pytest.mark.elastic
def test_a_server_that_takes_little_at_once_gets_it_in_small_portions(filled: Case, small: Indexer) -> None:
    small.index(filled)
    assert small.holds_all(filled)


@pytest.mark.elastic
def test_what_is_too_large_for_a_server_is_told_and_keeps_nothing_else_back(case: Case, small: Indexer) -> None:
    long = a_post(1, text="lowongan kerja " * 80_000)
    keep(case, long, a_post(2), a_post(3))
    small.point(case)
    [refused] = index_case(case).refused
    assert (refused.kind, refused.id) == ("posts", long.id) and "http.max_content_length" in refused.reason
    assert [one.index for one in compare_index(case) if one.kind == "posts"] == [2]


# Certificates ----------------------------------------------------------------------------------------------------
@contextmanager
def _expired(folder: Path) -> Iterator[ElasticSettings]:
    """What has an expired certificate, and who signed it."""
    certificate = make_certificate(folder, expired=True)
    certificate.write_into(folder)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.crt", folder / "server.key")

    class Greeting(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with pytest.raises((ssl.SSLError, OSError)):  # who calls does not trust it
                context.wrap_socket(self.request, server_side=True)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Greeting) as server:
        threading.Thread(target=server.serve_forever).start()
        url = f"https://127.0.0.1:{server.server_address[1]}"
        yield ElasticSettings(urls=(url,), ca_file=str(certificate.authority_file))
        server.shutdown()


def test_an_expired_certificate_is_named(case: Case, tmp_path: Path) -> None:
    with _expired(tmp_path) as elastic:
        case.settings = case.settings.model_copy(update={"elastic": elastic})
        with pytest.raises(ElasticError, match="its certificate has expired"):
            index_case(case)
