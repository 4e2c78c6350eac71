from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.records import PostKind
from desk.report.timeline import timeline

START = datetime(2026, 1, 1, tzinfo=UTC)


@given(st.lists(st.tuples(st.integers(0, 9_000), st.sampled_from(PostKind)), min_size=1, max_size=80))
def test_every_post_is_counted_once(drawn: list[tuple[int, PostKind]]) -> None:
    found = timeline([(START + timedelta(days=days), kind) for days, kind in drawn], 0)
    assert found is not None
    assert sum(sum(numbers) for _, numbers in found.rows) == len(drawn)
    assert all(0 <= bar.x <= found.width and 0 <= bar.y <= found.height for bar in found.bars)


@pytest.mark.parametrize(("days", "unit"), [(3, "day"), (90, "week"), (900, "month"), (7_000, "year")])
def test_the_unit_fits_the_time(days: int, unit: str) -> None:
    found = timeline([(START, PostKind.NEWS), (START + timedelta(days=days), PostKind.NEWS)], 0)
    assert found is not None and found.unit == unit and len(found.rows) <= 62


def test_one_mistaken_year_does_not_squeeze_the_rest() -> None:
    moments = [(START + timedelta(days=n), PostKind.RECRUITMENT) for n in range(20)]
    found = timeline([*moments, (datetime(1, 1, 1, tzinfo=UTC), PostKind.RECRUITMENT)], 0)
    assert found is not None and found.unit == "day"


def test_without_posts_there_is_no_timeline() -> None:
    assert timeline([], 0) is None
