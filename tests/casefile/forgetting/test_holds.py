"""Holds and age: what must be kept is kept, and what is too old goes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from casefile.case import Case
from casefile.errors import Held, JudgementError, NotFound, SettingsError
from casefile.forgetting import holds
from casefile.forgetting.age import old_posts
from casefile.forgetting.forget import forget, plan_forgetting, plan_removal
from casefile.forgetting.subjects import find_subject
from tests.casefile.making import NOW, SOURCE, a_post, an_answer, keep, problems_of

LONG_AFTER = NOW + timedelta(days=731)


def refused(case: Case, typed: str) -> str:
    with pytest.raises(Held) as held:
        holds.refuse_held(case, plan_forgetting(case, find_subject(case.store, typed)))
    return str(held.value)


def test_what_is_on_hold_is_not_forgotten_until_it_is_released(case: Case) -> None:
    keep(case, a_post(1, "satu", author="HR Contoh"))
    held = holds.hold(case, find_subject(case.store, "HR Contoh"), "order 12/2026")
    keep(case, a_post(2, "dua", author="HR Contoh"))  # what comes later is held too
    assert f"Hold {held.sequence}" in (words := refused(case, a_post(2).id)) and "keeps it: order 12/2026" in words
    released = holds.release(case, held.sequence, "the case was closed")
    assert released.released and holds.holds_of(case)[0].because == "order 12/2026"
    holds.refuse_held(case, plan_forgetting(case, find_subject(case.store, a_post(2).id)))
    with pytest.raises(NotFound, match=f"No hold {held.sequence} is in force"):
        holds.release(case, held.sequence, "again")


def test_a_post_beside_one_on_hold_cannot_be_forgotten(case: Case) -> None:
    with case.keeper() as keeper:
        keeper.keep_page(SOURCE, keeper.begin_crawl(SOURCE), an_answer(1), [a_post(1, "satu"), a_post(2, "dua")])
    holds.hold(case, find_subject(case.store, a_post(1).id), "order 12/2026")
    assert "on the same page" in refused(case, a_post(2).id)


def test_a_hold_on_the_whole_case_keeps_everything(case: Case) -> None:
    keep(case, a_post(1, "satu"))
    holds.hold(case, None, "order 12/2026")
    assert "keeps it" in refused(case, a_post(1).id)
    assert old_posts(case, LONG_AFTER) == frozenset()


def test_a_hold_needs_a_reason(case: Case) -> None:
    with pytest.raises(JudgementError, match="needs a reason"):
        holds.hold(case, None, "  ")


def test_posts_go_when_they_were_not_seen_for_as_long_as_is_kept(case: Case) -> None:
    keep(case, a_post(1, "satu"), a_post(2, "dua"))
    keep(case, a_post(2, "dua"), minutes=60 * 24 * 30)
    assert old_posts(case, NOW + timedelta(days=700)) == frozenset()
    old = old_posts(case, LONG_AFTER)
    assert old == {a_post(1).id}
    assert forget(case, plan_removal(case, old), "too old")
    assert [post.text for post in case.store.posts()] == ["dua"] and problems_of(case) == []
    keep(case, a_post(1, "satu"), minutes=60 * 24 * 800)  # seen again, it is collected again
    assert {post.text for post in case.store.posts()} == {"satu", "dua"}


def test_a_source_may_keep_its_posts_for_less_long(case: Case) -> None:
    keep(case, a_post(1, "satu"), a_post(2, "dua", source="xx_other"))
    write_source(case.folder, "retention_days: 30")
    assert old_posts(case, NOW + timedelta(days=31)) == {a_post(1).id}


def test_a_mistake_in_a_source_removes_nothing(case: Case) -> None:
    keep(case, a_post(1, "satu"))
    write_source(case.folder, "retention_days: 0")
    with pytest.raises(SettingsError, match="retention_days"):
        old_posts(case, LONG_AFTER)


def write_source(folder: Path, line: str) -> None:
    (folder / "sources" / f"{SOURCE}.yml").write_text(
        "title: Harbor\ncountry: xx\nwhy: a test\nurl: https://harbor.example/jobs\nfamily: board\n"
        f'select: {{post: "li", text: "p"}}\n{line}\n'
    )


def test_what_lies_beside_something_on_hold_does_not_grow_too_old(case: Case) -> None:
    with case.keeper() as keeper:
        crawl = keeper.begin_crawl(SOURCE)
        keeper.keep_page(SOURCE, crawl, an_answer(1), [a_post(1, "satu"), a_post(2, "dua")])
        keeper.keep_page(SOURCE, crawl, an_answer(3), [a_post(3, "tiga")])
    holds.hold(case, find_subject(case.store, a_post(1).id), "order 12/2026")
    assert old_posts(case, datetime.now(UTC) + timedelta(days=731)) == {a_post(3).id}
