"""When a source is visited is understood as it was meant, in every language, or told to be wrong."""

from __future__ import annotations

from datetime import time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.errors import SettingsError
from casefile.settings_files import read_case_settings, read_source_file
from casefile.timetable import Timetable, read_span, read_time, read_timetable, read_zone

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("words", "interval"),
    [
        ("every 6 hours", 6 * HOUR),
        ("every six hours", 6 * HOUR),
        ("setiap 6 jam", 6 * HOUR),
        ("tiap enam jam", 6 * HOUR),
        ("Every 30 Minutes", HOUR / 2),
        ("tiap 30 menit", HOUR / 2),
        ("hourly", HOUR),
        ("every hour", HOUR),
        ("setiap jam", HOUR),
        ("daily", 24 * HOUR),
        ("setiap hari", 24 * HOUR),
        ("every 2 weeks", 14 * 24 * HOUR),
        ("weekly", 7 * 24 * HOUR),
    ],
)
def test_so_much_time_after_the_visit_before(words: str, interval: timedelta) -> None:
    assert read_timetable(words) == Timetable(interval=interval)


@pytest.mark.parametrize(
    ("words", "crons"),
    [
        ("daily at 07:30", ["30 7 * * *"]),
        ("every day at 7:30 pm", ["30 19 * * *"]),
        ("daily at 7pm and 7.15", ["15 7 * * *", "0 19 * * *"]),
        ("at noon", ["0 12 * * *"]),
        ("every day at midnight", ["0 0 * * *"]),
        ("daily at 12 am", ["0 0 * * *"]),
        ("every monday, thursday at 8", ["0 8 * * 1,4"]),
        ("on weekdays at 9am", ["0 9 * * 1,2,3,4,5"]),
        ("weekends at 10", ["0 10 * * 0,6"]),
        ("setiap hari jam 7", ["0 7 * * *"]),
        ("setiap jam 7", ["0 7 * * *"]),
        ("setiap hari pukul 07.30", ["30 7 * * *"]),
        ("setiap hari jam 7 pagi dan jam 7 malam", ["0 7 * * *", "0 19 * * *"]),
        ("setiap senin dan kamis jam 4 sore", ["0 16 * * 1,4"]),
        ("setiap hari kerja jam 1 siang", ["0 13 * * 1,2,3,4,5"]),
        ("jam 12 malam", ["0 0 * * *"]),
        ("setiap minggu jam 7", ["0 7 * * 0"]),
        ("0 */6 * * *", ["0 */6 * * *"]),
        ("0 7 1 * mon", ["0 7 1 * *", "0 7 * * mon"]),
    ],
)
def test_times_of_the_day(words: str, crons: list[str]) -> None:
    assert read_timetable(words) == Timetable(crons=tuple(crons))


@pytest.mark.parametrize(
    "words",
    [
        "", "every", "sometimes", "every 0 hours", "every 99999999 days", "every ² hours", "every monday", "daily at",
        "daily at 25", "jam 25", "daily at 7:60", "every 2 days at 7", "7:30", "daily at 13 am", "at 3 siang malam",
        "61 * * * *", "* * * * 8", "* * * * *x", "0 0 * * */0", "0 0 30 2 *", "0 0 * * mon-nope", "0 0 * * 1-2-3",
    ],
)  # fmt: skip
def test_what_is_not_understood_is_refused(words: str) -> None:
    with pytest.raises(ValueError, match=r"words such as|five fields of cron|a day that exists"):
        read_timetable(words)


@given(st.text(max_size=60) | st.from_regex(r"\A[0-9*/,a-z -]{1,30}( [0-9*/,a-z-]{1,8}){4}\Z"))
def test_any_text_is_understood_or_refused(text: str) -> None:
    try:
        read = read_timetable(text)
    except ValueError:
        return
    assert (read.interval is None) != (not read.crons)


@given(st.times(), st.times())
def test_quiet_hours_are_read_as_written(start: time, end: time) -> None:
    start, end = start.replace(second=0, microsecond=0), end.replace(second=0, microsecond=0)
    if start != end:
        assert read_span(f"{start:%H:%M}-{end:%H:%M}") == (start, end)


@pytest.mark.parametrize("wrong", ["", "22-5", "22:00", "24:00-05:00", "05:00-05:00", "22:00-5:99"])
def test_wrong_quiet_hours_are_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="22:00-05:00"):
        read_span(wrong)


def test_a_time_of_the_day_or_never() -> None:
    assert read_time("07:00") == time(7)
    assert read_time("Never") is None
    for wrong in ("7", "24:00", "7:60", "7:00pm"):
        with pytest.raises(ValueError, match="07:00"):
            read_time(wrong)


@pytest.mark.parametrize("wrong", ["", "Mars/Olympus", "../etc/passwd", "/etc/passwd", "Asia\0", "Asia"])
def test_a_zone_that_nobody_knows_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="Asia/Jakarta"):
        read_zone(wrong)


def test_mistakes_are_told_with_file_line_and_example(tmp_path: Path) -> None:
    path = tmp_path / "xx_harbor.yml"
    path.write_text(
        "title: Harbor\ncountry: xx\nwhy: public\nurl: http://harbor.example/\nfamily: board\n"
        "every: now and then\nschedule:\n  quiet: at night\n  timezone: Mars/Olympus\n",
        encoding="utf-8",
    )
    with pytest.raises(SettingsError) as wrong:
        read_source_file(path)
    told = {(mistake.where, mistake.example) for mistake in wrong.value.mistakes}
    assert told == {
        ("line 6", 'every: "every 6 hours"'),
        ("line 8", 'quiet: "22:00-05:00"'),
        ("line 9", 'timezone: "Asia/Jakarta"'),
    }
    assert "value error" not in str(wrong.value)


def test_the_case_says_where_it_is_and_when_it_is_quiet(tmp_path: Path) -> None:
    told = 'title = "x"\npurpose = "x"\nlegal_basis = "x"\ncontact = "x@y"\n'
    path = tmp_path / "case.toml"
    path.write_text(told + '[schedule]\ntimezone = "Asia/Jakarta"\nquiet = "22:00-05:00"\n', encoding="utf-8")
    assert read_case_settings(tmp_path).schedule.timezone == "Asia/Jakarta"
    path.write_text(told + '[schedule]\ndigest = "in the morning"\n', encoding="utf-8")
    with pytest.raises(SettingsError, match=r"case.toml, line 6: 'schedule.digest'"):
        read_case_settings(tmp_path)
