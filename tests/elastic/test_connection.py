"""Which server is asked, and by which way: none that would be a surprise."""

from __future__ import annotations

from typing import Any

import pytest

from casefile.case import Case
from casefile.errors import ElasticError, KibanaError
from casefile.search.elastic.indexing import index_case
from casefile.search.elastic.secrets import FILE_VARIABLE, PASSWORD_VARIABLE
from casefile.search.engines import asked_engine, engine_of
from casefile.settings import ElasticSettings, NetworkSettings
from desk.kibana.installing import Wish, install
from tests.casefile.making import a_post, keep

_AWAY = "https://search.jejak.example:9200"


@pytest.fixture(autouse=True)
def _no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FILE_VARIABLE, "/nonexistent/elastic.toml")


def _let(case: Case, network: NetworkSettings, **elastic: Any) -> None:
    case.settings = case.settings.model_copy(update={"network": network, "elastic": ElasticSettings(**elastic)})


@pytest.mark.parametrize("network", [NetworkSettings(only_by_proxy=True), NetworkSettings(proxy="tor")])
def test_no_server_is_asked_past_the_proxy_of_a_case(case: Case, network: NetworkSettings) -> None:
    _let(case, network, urls=(_AWAY,))
    for use in (
        lambda: index_case(case),
        lambda: engine_of(case, "elastic").search("kerja"),
        lambda: install(case, Wish()),
    ):
        with pytest.raises((ElasticError, KibanaError), match="past the proxy") as told:
            use()
        assert "past_proxy" in told.value.remedy


@pytest.mark.parametrize(
    ("network", "elastic"),
    [
        (NetworkSettings(only_by_proxy=True), {"urls": ("https://127.0.0.1:1",)}),
        (NetworkSettings(proxy="tor"), {"urls": ("https://search.invalid:1",), "past_proxy": True}),
        (NetworkSettings(proxy="direct"), {"urls": ("https://search.invalid:1",)}),
    ],
)
def test_a_server_on_this_machine_or_meant_to_be_asked_without_the_proxy_is_asked(
    case: Case, network: NetworkSettings, elastic: dict[str, Any]
) -> None:
    _let(case, network, **elastic)
    with pytest.raises(ElasticError, match="does not answer"):
        index_case(case)


def test_a_server_that_only_the_case_names_does_not_learn_what_is_searched_for(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(case, a_post(1))
    _let(case, NetworkSettings(), urls=(_AWAY,), engine="elastic")
    assert engine_of(case).search("lowongan").total == 1
    monkeypatch.setenv(PASSWORD_VARIABLE, "mine")
    assert asked_engine(case) == asked_engine(case, "elastic") == "elastic"
