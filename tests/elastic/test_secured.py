"""A server that asks who is there: the two roles are enough for their work and for nothing else, and without them all is refused."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from casefile.case import Case
from casefile.errors import ElasticError
from casefile.search.elastic.indexing import compare_index, index_case
from casefile.search.elastic.secrets import FILE_VARIABLE, KEY_VARIABLE, PASSWORD_VARIABLE
from casefile.search.engines import engine_of
from casefile.settings import ElasticSettings
from desk.kibana.roles import indexer, put_roles, reader, roles
from tests.casefile.making import a_post, keep
from tests.elastic.server import Server


@pytest.fixture
def secured(case: Case, elastic_secured: Server) -> Iterator[Case]:
    """A case that names the secured server, whose roles are there; with three posts."""
    assert elastic_secured.certificate
    prefix = f"test{secrets.token_hex(4)}"
    elastic = ElasticSettings(
        urls=(elastic_secured.url,), prefix=prefix, ca_file=str(elastic_secured.certificate.authority_file)
    )
    case.settings = case.settings.model_copy(update={"elastic": elastic})
    keep(case, a_post(1), a_post(2), a_post(3))
    with elastic_secured.client() as client:
        assert dict(put_roles(client, roles(prefix, prefix))) == {reader(prefix): True, indexer(prefix): True}
        yield case
        client.indices.delete(index=f"{prefix}*", expand_wildcards="all")


def _key(server: Server, role: str) -> str:
    """An API key with the rights of a role."""
    with server.client() as client:
        told = client.security.get_role(name=role)[role]
        rights = {name: told[name] for name in ("cluster", "indices", "applications")}
        return str(client.security.create_api_key(name=role, role_descriptors={role: rights})["encoded"])


def _user(server: Server, role: str) -> tuple[str, str]:
    """A user with that role, and the password."""
    name, password = f"user-{role}", secrets.token_hex(12)
    with server.client() as client:
        client.security.put_user(username=name, password=password, roles=[role])
    return name, password


def _with(case: Case, **fields: Any) -> None:
    elastic = case.settings.elastic.model_copy(update=fields)
    case.settings = case.settings.model_copy(update={"elastic": elastic})


def test_the_indexers_key_is_enough_to_index_rebuild_and_search(
    secured: Case, elastic_secured: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(KEY_VARIABLE, _key(elastic_secured, indexer(secured.settings.elastic.prefix)))
    assert index_case(secured).shown and index_case(secured, rebuild=True).shown
    assert all(one.case == one.index for one in compare_index(secured))
    assert len(engine_of(secured, "elastic").matching_posts("lowongan")) == 3
    _with(secured, prefix="somebody-elses")
    with pytest.raises(ElasticError, match="does not allow this"):
        index_case(secured)


def test_a_user_with_the_readers_role_searches_and_cannot_index(
    secured: Case, elastic_secured: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prefix = secured.settings.elastic.prefix
    monkeypatch.setenv(KEY_VARIABLE, _key(elastic_secured, indexer(prefix)))
    index_case(secured)
    monkeypatch.delenv(KEY_VARIABLE)
    name, password = _user(elastic_secured, reader(prefix))
    kept = tmp_path / "elastic.toml"
    kept.write_text(f'["{elastic_secured.url}"]\npassword = "{password}"\n')
    kept.chmod(0o600)
    monkeypatch.setenv(FILE_VARIABLE, str(kept))
    _with(secured, username=name)
    assert engine_of(secured, "elastic").search("lowongan").total == 3
    with pytest.raises(ElasticError, match="does not allow this") as told:
        index_case(secured)
    assert "role" in told.value.remedy and password not in f"{told.value} {told.value.remedy}"


def test_the_certificates_fingerprint_is_enough_to_know_the_server(
    secured: Case, elastic_secured: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert elastic_secured.certificate
    monkeypatch.setenv(KEY_VARIABLE, _key(elastic_secured, indexer(secured.settings.elastic.prefix)))
    _with(secured, ca_file=None, fingerprint=elastic_secured.certificate.fingerprint)
    assert index_case(secured).shown
    _with(secured, fingerprint="00" * 32)
    with pytest.raises(ElasticError, match="fingerprint"):
        index_case(secured)


@pytest.mark.parametrize("secret", [{}, {KEY_VARIABLE: "bm9ib2R5Om5vdGhpbmc="}, {PASSWORD_VARIABLE: "wrong"}])
def test_without_the_right_password_nothing_is_indexed_or_found(
    secured: Case, monkeypatch: pytest.MonkeyPatch, secret: dict[str, str]
) -> None:
    monkeypatch.setenv(FILE_VARIABLE, "/nonexistent/elastic.toml")
    for name, value in secret.items():
        monkeypatch.setenv(name, value)
    for use in (lambda: index_case(secured), lambda: engine_of(secured, "elastic").search("lowongan")):
        with pytest.raises(ElasticError, match="does not accept the password or API key") as told:
            use()
        assert not any(value in f"{told.value} {told.value.remedy}" for value in secret.values())


def test_a_server_whose_certificate_nobody_vouches_for_gets_nothing(
    secured: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PASSWORD_VARIABLE, "secret-of-mine")
    _with(secured, ca_file=None)
    with pytest.raises(ElasticError, match="signed by somebody who is not known here"):
        index_case(secured)


def test_a_server_that_speaks_only_tls_is_recognised(secured: Case) -> None:
    _with(secured, ca_file=None, urls=tuple(url.replace("https", "http") for url in secured.settings.elastic.urls))
    with pytest.raises(ElasticError, match="instead of https"):
        index_case(secured)


def test_where_nobody_is_asked_no_roles_are_made(elastic: Server) -> None:
    with elastic.client() as client:
        assert dict(put_roles(client, roles("jejak", "jejak"))) == {}
