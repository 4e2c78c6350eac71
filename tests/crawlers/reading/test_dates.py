from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casefile.records import Precision
from crawlers.reading.date_order import DateOrder
from crawlers.reading.dates import Published, is_relative, needs_now, page_order, read_date

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "language", "zone", "moment", "precision"),
    [
        ("2026-11-03T10:20:30+07:00", "id", None, "2026-11-03T03:20:30", Precision.SECOND),
        ("2026-11-03 10:00", "th", "Asia/Bangkok", "2026-11-03T03:00:00", Precision.MINUTE),
        ("2026-11-03", "id", "Asia/Jakarta", "2026-11-03T00:00:00", Precision.DAY),
        ("Tue, 10 Nov 2026 10:00:00 GMT", "en", None, "2026-11-10T10:00:00", Precision.SECOND),
        ("1794000000", "en", None, "2026-11-06T21:20:00", Precision.SECOND),
        ("15 Oktober 2026, 14.30", "id", "Asia/Jakarta", "2026-10-15T07:30:00", Precision.MINUTE),
        ("11 tháng 11, 2026", "vi", None, "2026-11-11T00:00:00", Precision.DAY),
        ("12 พ.ย. 2569", "th", None, "2026-11-12T00:00:00", Precision.DAY),
        ("๑๒ พฤศจิกายน ๒๕๖๙ 10:20", "th", "Asia/Bangkok", "2026-11-12T03:20:00", Precision.MINUTE),
        ("2026年11月3日 14:05", "zh", "Asia/Shanghai", "2026-11-03T06:05:00", Precision.MINUTE),
        ("17 ឧសភា 2026", "km", None, "2026-05-17T00:00:00", Precision.DAY),
        ("03/04/2026", "en", None, "2026-04-03T00:00:00", Precision.DAY),
        ("Nov 2026", "en", None, "2026-11-01T00:00:00", Precision.MONTH),
        ("2026", "en", None, "2026-01-01T00:00:00", Precision.YEAR),
        ("5 menit yang lalu", "id", None, "2026-11-20T11:55:00", Precision.MINUTE),
        ("2 giờ trước", "vi", None, "2026-11-20T00:00:00", Precision.DAY),
        ("3 ชั่วโมงที่แล้ว", "th", None, "2026-11-20T00:00:00", Precision.DAY),
        ("3小时前", "zh", None, "2026-11-20T00:00:00", Precision.DAY),
        ("2 oras ang nakaraan", "tl", None, "2026-11-20T00:00:00", Precision.DAY),
        ("3 घंटे पहले", "hi", None, "2026-11-20T00:00:00", Precision.DAY),
        ("kemarin", "id", None, "2026-11-19T00:00:00", Precision.DAY),
        ("Posted yesterday at 10:15", "en", "Asia/Manila", "2026-11-19T02:15:00", Precision.MINUTE),
        ("kemarin 21:03", "id", "Asia/Jakarta", "2026-11-19T14:03:00", Precision.MINUTE),
        ("5 Maret 2024 pukul 21.03 WIB", "id", None, "2024-03-05T14:03:00", Precision.MINUTE),
        ("Senin, 5 Agu 2024 10:12 WITA", "id", None, "2024-08-05T02:12:00", Precision.MINUTE),
        ("5 Ogos 2024, 9:12 PTG", "ms", None, "2024-08-05T21:12:00", Precision.MINUTE),
        ("Ika-5 ng Marso 2024", "tl", None, "2024-03-05T00:00:00", Precision.DAY),
        ("05 มี.ค. 2567 16:12", "th", None, "2024-03-05T16:12:00", Precision.MINUTE),
        ("14 พ.ย. 67", "th", None, "2024-11-14T00:00:00", Precision.DAY),
        ("12 ม.ค. 24", "th", None, "2024-01-12T00:00:00", Precision.DAY),
        ("14/11/67", "th", None, "2024-11-14T00:00:00", Precision.DAY),
        ("วันที่ 5 มีนาคม พ.ศ. 2567 เวลา 16:12 น.", "th", "Asia/Bangkok", "2024-03-05T09:12:00", Precision.MINUTE),
        ("2 ปีที่แล้ว", "th", None, "2024-01-01T00:00:00", Precision.YEAR),
        ("lúc 21:03 ngày 10 tháng 11", "vi", None, "2026-11-10T21:03:00", Precision.MINUTE),
        ("Hôm qua lúc 10:15", "vi", "Asia/Ho_Chi_Minh", "2026-11-19T03:15:00", Precision.MINUTE),
        ("3 tiếng trước", "vi", None, "2026-11-20T00:00:00", Precision.DAY),
        ("5 phút", "vi", None, "2026-11-20T11:55:00", Precision.MINUTE),
        ("10 Th11 2024 21h03", "vi", None, "2024-11-10T21:03:00", Precision.MINUTE),
        ("昨天 08:15", "zh", "Asia/Shanghai", "2026-11-19T00:15:00", Precision.MINUTE),
        ("前天 08:15", "zh", None, "2026-11-18T08:15:00", Precision.MINUTE),
        ("发表于 2024-3-5 12:30", "zh", None, "2024-03-05T12:30:00", Precision.MINUTE),
        ("发表于 半小时前", "zh", None, "2026-11-20T11:30:00", Precision.MINUTE),
        ("2024年3月5日 下午3:20", "zh", None, "2024-03-05T15:20:00", Precision.MINUTE),
        ("2024-3-5 凌晨 12:20", "zh", None, "2024-03-05T00:20:00", Precision.MINUTE),
        ("民國113年3月5日", "zh", None, "2024-03-05T00:00:00", Precision.DAY),
        ("3-5 12:30", "zh", None, "2026-03-05T12:30:00", Precision.MINUTE),
        ("12月24日", "zh", None, "2025-12-24T00:00:00", Precision.DAY),
        ("៥ មីនា ២០២៤ ម៉ោង ៤:១២ ល្ងាច", "km", None, "2024-03-05T16:12:00", Precision.MINUTE),
        ("ວັນອັງຄານ 5 ມີນາ 2024", "lo", None, "2024-03-05T00:00:00", Precision.DAY),
        ("໕ ມີນາ ໒໐໒໔", "lo", None, "2024-03-05T00:00:00", Precision.DAY),
        ("၅ မတ် ၂၀၂၄", "my", None, "2024-03-05T00:00:00", Precision.DAY),
        ("၂၀၂၄ ခုနှစ် မတ်လ ၅ ရက်", "my", None, "2024-03-05T00:00:00", Precision.DAY),
        ("5 मार्च 2024", "hi", None, "2024-03-05T00:00:00", Precision.DAY),
        ("2024년 3월 5일 오후 3:20", "ko", None, "2024-03-05T15:20:00", Precision.MINUTE),
        ("10.11.24", "de", None, "2024-11-10T00:00:00", Precision.DAY),
        ("Dec 5, 2016 at 4:12 PM", "en", None, "2016-12-05T16:12:00", Precision.MINUTE),
        ("Yesterday, 10:02 PM", "en", None, "2026-11-19T22:02:00", Precision.MINUTE),
        ("Today at 09:12:33 AM", "en", None, "2026-11-20T09:12:33", Precision.SECOND),
        ("Tuesday at 4:12 PM", "en", None, "2026-11-17T16:12:00", Precision.MINUTE),
        ("« Reply #3 on: March 05, 2024, 04:12:33 PM »", "en", None, "2024-03-05T16:12:33", Precision.SECOND),
        ("Posted 5 March 2024 - 04:12 PM", "en", None, "2024-03-05T16:12:00", Precision.MINUTE),
        ("Sun Jul 12 22:35:10 +0700 2026", "en", None, "2026-07-12T15:35:10", Precision.SECOND),
        ("Mar 5", "en", None, "2026-03-05T00:00:00", Precision.DAY),
        ("24 Dec", "en", None, "2025-12-24T00:00:00", Precision.DAY),
        ("Sat, 5 Mar", "en", None, "2022-03-05T00:00:00", Precision.DAY),
        ("29 Feb", "en", None, "2024-02-29T00:00:00", Precision.DAY),
        ("2 วันที่ผ่านมา", "th", None, "2026-11-18T00:00:00", Precision.DAY),
        ("minggu lalu", "id", None, "2026-11-01T00:00:00", Precision.MONTH),
        ("去年", "zh", None, "2025-01-01T00:00:00", Precision.YEAR),
        ("5 Mar 2024 (2 years ago)", "en", None, "2024-03-05T00:00:00", Precision.DAY),
        ("4:12 PM · Mar 5, 2024", "en", None, "2024-03-05T16:12:00", Precision.MINUTE),
        ("16:12 ngày 05/03/2024", "vi", None, "2024-03-05T16:12:00", Precision.MINUTE),
        ("မတ်လ ၅ ရက်၊ ၂၀၂၄", "my", None, "2024-03-05T00:00:00", Precision.DAY),
        ("30+ hari yang lalu", "id", None, "2026-10-21T00:00:00", Precision.DAY),
        ("05/2024", "en", None, "2024-05-01T00:00:00", Precision.MONTH),
        ("2024-05", "en", None, "2024-05-01T00:00:00", Precision.MONTH),
        ("20240305", "en", None, "2024-03-05T00:00:00", Precision.DAY),
        ("1 week ago", "en", None, "2026-11-01T00:00:00", Precision.MONTH),
        ("12 January 2025 at noon", "en", None, "2025-01-12T00:00:00", Precision.DAY),
        ("1709640000000", "en", None, "2024-03-05T12:00:00", Precision.SECOND),
        ("2024-03-05T10:00:00.123+0700", "en", None, "2024-03-05T03:00:00", Precision.SECOND),
    ],
)
def test_a_date_is_as_exact_as_its_words(
    words: str, language: str, zone: str | None, moment: str, precision: Precision
) -> None:
    read = read_date(words, now=NOW, timezone=zone, languages=[language])
    assert read is not None
    assert (read.at.replace(microsecond=0), read.precision) == (
        datetime.fromisoformat(moment).replace(tzinfo=UTC),
        precision,
    )


@pytest.mark.parametrize("words", [None, "", "negotiable", "1 January 1970", "12 May 2099", "9" * 300])
def test_what_is_no_date_of_a_post_is_none(words: str | None) -> None:
    assert read_date(words, now=NOW) is None


@pytest.mark.parametrize(
    ("words", "needed"),
    [("3 hours ago", True), ("5 March", True), ("Tuesday, 10:15", True), ("10:15", True), ("5 March 2024", False)],
)
def test_words_are_known_that_name_a_moment_only_beside_the_time_of_capture(words: str, needed: bool) -> None:
    assert needs_now(words) is needed


@pytest.mark.parametrize(
    ("page", "languages", "order"),
    [
        (["03-05-2024, 04:12 PM", "03-25-2024, 04:12 PM"], ["en"], DateOrder.MONTH_DAY),
        (["03/05/2024", "25/05/2024"], ["en"], DateOrder.DAY_MONTH),
        (["03-05-2024, 04:12 PM"], ["en"], DateOrder.MONTH_DAY),  # as the forums write it whose makers are American
        (["03/05/2024 16:12"], ["en"], DateOrder.DAY_MONTH),
        (["10.11.24"], ["de"], DateOrder.DAY_MONTH),
        (["24/3/5"], ["zh"], DateOrder.YEAR_MONTH),
        (["5 March 2024", None, "soon"], ["en"], None),
    ],
)
def test_the_order_of_day_and_month_is_that_of_the_whole_page(
    page: list[str | None], languages: list[str], order: DateOrder | None
) -> None:
    assert page_order(page, languages) is order


def test_a_date_is_read_in_the_order_of_its_page() -> None:
    read = read_date("03/05/2024", now=NOW, order=DateOrder.MONTH_DAY)
    assert read is not None and read.at == datetime(2024, 3, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "stated"), [("5 Mar 2024 10:00 WIB", True), ("5 Mar 2024 10:00", False), ("2024-03-05T10:00:00Z", True)]
)
def test_it_is_told_whether_the_words_state_their_zone(words: str, stated: bool) -> None:
    read = read_date(words, now=NOW, timezone="Asia/Manila")
    assert read is not None and read.zone_is_stated is stated


@pytest.mark.parametrize(
    "words",
    [
        "31 Feb 2024",
        "2024-13-45",
        "45/45/2024",
        "Reply #5",
        "page 2 of 7",
        "admin",
        "1,234 views",
        "20241399",
        "price 12.50",
    ],
)
def test_what_only_looks_like_a_date_is_none(words: str) -> None:
    assert read_date(words, now=NOW) is None


_FORMATS = st.sampled_from(
    [
        "{d} {en} {y}", "{en} {d}, {y}", "{d:02}.{m:02}.{y}", "{y}-{m:02}-{d:02}", "{y}年{m}月{d}日", "{d} tháng {m}, {y}",
        "วันที่ {d} {th} {be}", "{y}/{m}/{d}", "{d} {id} {y}", "{d} {km} {y}", "{y}. {m}. {d}.",
    ]
)  # fmt: skip
_EN = "January February March April May June July August September October November December".split()
_ID = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()
_TH = "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.".split()
_KM = "មករា កុម្ភៈ មីនា មេសា ឧសភា មិថុនា កក្កដា សីហា កញ្ញា តុលា វិច្ឆិកា ធ្នូ".split()


@settings(deadline=None)  # the machine may be busy
@given(
    st.datetimes(min_value=datetime(1995, 1, 1), max_value=datetime(2026, 11, 1)), _FORMATS, st.sampled_from("09๐០၀")
)
def test_a_date_comes_back_from_every_way_of_writing_it(day: datetime, form: str, zero: str) -> None:
    month = day.month - 1
    words = form.format(
        d=day.day,
        m=day.month,
        y=day.year,
        be=day.year + 543,
        en=_EN[month],
        id=_ID[month],
        th=_TH[month],
        km=_KM[month],
    )
    if zero not in "09":
        words = "".join(chr(ord(zero) + int(c)) if c.isascii() and c.isdigit() else c for c in words)
    read = read_date(f"{words} {day:%H:%M}", now=NOW, order=DateOrder.DAY_MONTH)
    assert read == Published(day.replace(second=0, microsecond=0, tzinfo=UTC), Precision.MINUTE)


@pytest.mark.parametrize(("words", "relative"), [("3 hours ago", True), ("昨天 10:20", True), ("2026-11-03", False)])
def test_words_that_change_by_themselves_are_told_apart(words: str, relative: bool) -> None:
    assert is_relative(words) is relative


@settings(deadline=None)  # the machine may be busy
@given(st.text(max_size=60))
def test_any_words_give_a_date_in_utc_or_none(words: str) -> None:
    read = read_date(words, now=NOW, timezone="Asia/Jakarta", languages=["id"])
    assert read is None or read.at.tzinfo is UTC


@settings(deadline=None)  # the machine may be busy
@given(st.datetimes(min_value=datetime(1995, 1, 1), max_value=datetime(2026, 11, 1)))
def test_an_iso_time_comes_back_as_it_was(moment: datetime) -> None:
    exact = moment.replace(microsecond=0, tzinfo=UTC)
    read = read_date(exact.isoformat(), now=NOW)
    assert read is not None and read.at == exact
