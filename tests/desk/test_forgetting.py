"""What is too old, day by day."""

from __future__ import annotations

from datetime import timedelta

from casefile.case import Case
from casefile.settings_files import write_case_settings
from desk.schedule.chores import keep_no_longer
from tests.casefile.making import NOW, a_post, keep
from tests.conftest import SETTINGS

LATER = NOW + timedelta(days=800)


def test_old_posts_are_only_told_of_unless_the_case_wants_them_removed(case: Case) -> None:
    keep(case, a_post(1))
    keep_no_longer(case, LATER)
    assert case.store.counts()["posts"] == 1
    [problem] = case.store.problems()
    assert problem.stage == "age" and "jejak retain" in problem.remedy


def test_where_the_case_wants_it_they_are_removed_once_a_day(case: Case) -> None:
    keep(case, a_post(1))
    case.close()
    write_case_settings(case.folder, SETTINGS.model_copy(update={"remove_old": True}))
    with Case.open(case.folder) as opened:
        keep_no_longer(opened, LATER)
        assert opened.store.counts()["posts"] == 0
        keep(opened, a_post(2))
        keep_no_longer(opened, LATER + timedelta(hours=1))
        assert opened.store.counts()["posts"] == 1  # looked at today already
        keep_no_longer(opened, LATER + timedelta(days=1))
        assert opened.store.counts()["posts"] == 0
