"""What the page looks up once stays until something is connected anew, or was forgotten."""

from __future__ import annotations

from casefile.case import Case
from casefile.forgetting.forget import forget, plan_forgetting
from casefile.forgetting.subjects import find_subject
from casefile.records import Label
from desk.page.opened import OpenCase
from graph.connect import connect_case
from tests.casefile.making import a_mention, a_post, a_reading, keep

NUMBER = "0813-0000-9909"


def _read(case: Case, number: int, words: str) -> None:
    post = a_post(number, words)
    keep(case, post)
    case.store.save_readings([a_reading(post, a_mention(words, NUMBER, "+6281300009909", Label.PHONE))], "v1")


def test_ties_are_read_anew_when_another_program_connected_and_not_while_it_only_collects(case: Case) -> None:
    _read(case, 1, f"lowongan admin {NUMBER}")
    connect_case(case)
    opened = OpenCase(case)
    ties = opened.ties
    with Case.open(case.folder) as other:
        _read(other, 2, f"lowongan kasir {NUMBER}")
        assert opened.ties is ties
        connect_case(other)
    assert opened.ties is not ties
    assert any(a_post(2).id in link.posts for link in opened.ties.connections.links)


def test_who_was_forgotten_is_not_remembered_by_an_open_page(case: Case) -> None:
    _read(case, 1, f"lowongan admin {NUMBER}")
    connect_case(case)
    opened = OpenCase(case)
    assert "phone:+6281300009909" in opened.ties.nodes
    with Case.open(case.folder) as other:
        assert forget(other, plan_forgetting(other, find_subject(other.store, NUMBER, None)), "letter 14")
    assert not opened.ties.nodes
