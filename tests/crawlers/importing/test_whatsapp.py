from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from casefile.errors import ImportRefused
from casefile.records import Precision
from crawlers.importing.model import DateOrder, Options
from crawlers.importing.whatsapp import read_whatsapp

from .given import read

# 12 July 2026, 22:35, as phones in our languages write it.
HEADS = {
    "Android, English (US)": "7/12/26, 10:35\u202fPM - ",
    "Android, English (UK)": "12/07/2026, 10:35 pm - ",
    "Android, German": "12.07.26, 22:35 - ",
    "Android, Indonesian": "12/07/26 22.35 - ",
    "Android, Vietnamese": "22:35, 12/07/2026 - ",
    "Android, Vietnamese, 12 hours": "12/07/2026, 10:35 CH - ",
    "Android, Malay": "12/07/2026, 10:35 PTG - ",
    "Android, Thai, Buddhist era": "12/7/2569 22:35 - ",
    "Android, Thai digits": "๑๒/๗/๒๕๖๙ ๒๒:๓๕ - ",
    "Android, Burmese digits": "၁၂/၇/၂၀၂၆၊ ၂၂:၃၅ - ",
    "Android, Arabic digits": "\u200f١٢\u200f/٧\u200f/٢٠٢٦، ١٠:٣٥ م - ",
    "Android, Hindi": "12/07/26, 10:35 अपराह्न - ",
    "Android, Chinese": "2026年7月12日 下午10:35 - ",
    "Android, Taiwan": "2026/7/12 下午 10:35 - ",
    "Android, Korean": "2026년 7월 12일 오후 10:35, ",
    "Android, Spanish": "12/7/26, 10:35 p.\u00a0m. - ",
    "Android, French": "12/07/2026 à 22:35 - ",
    "Android, Swedish": "2026-07-12 22:35 - ",
    "iOS, English": "[12/07/2026, 22:35:10] ",
    "iOS, English (US)": "[7/12/26, 10:35:10\u202fPM] ",
    "iOS, Indonesian": "[12/07/26 22.35.10] ",
    "iOS, Vietnamese": "[22:35:10, 12/07/2026] ",
    "iOS, Chinese": "[2026/7/12 下午10:35:10] ",
    "iOS, Korean": "[2026. 7. 12. 오후 10:35:10] ",
    "iOS, ISO": "[2026-07-12, 22:35:10] ",
    "iOS, mark before the line": "\u200e[12/07/2026, 22:35:10] ",
}


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS.keys())
def test_the_date_formats_of_our_region_are_read(head: str) -> None:
    result = read(read_whatsapp, f"{head}Ayu: hello\nsecond line\n")
    (post,) = result.posts
    assert (post.author, post.text) == ("Ayu", "hello\nsecond line")
    assert post.published is not None
    assert post.published.replace(second=0) == datetime(2026, 7, 12, 22, 35, tzinfo=UTC)


def test_a_time_is_as_exact_as_its_words() -> None:
    android = read(read_whatsapp, "12/07/2026, 22:35 - Ayu: hello\n").posts[0]
    ios = read(read_whatsapp, "[12/07/2026, 22:35:10] Ayu: hello\n").posts[0]
    assert (android.published_precision, android.published_words) == (Precision.MINUTE, "12/07/2026, 22:35")
    assert (ios.published_precision, ios.published_words) == (Precision.SECOND, "12/07/2026, 22:35:10")


def test_one_date_that_can_be_only_one_way_decides_for_the_whole_file() -> None:
    result = read(read_whatsapp, "3/4/26, 9:00 AM - Ayu: a\n3/25/26, 9:00 AM - Ayu: b\n")
    assert [post.published and post.published.month for post in result.posts] == [3, 3]
    assert "month/day" in result.notes


def test_an_ambiguous_file_is_read_so_that_time_goes_forward() -> None:
    days = ("1/2/2026", "2/2/2026", "1/3/2026", "2/3/2026")
    result = read(read_whatsapp, "".join(f"{day}, 09:00 - Ayu: a\n" for day in days))
    assert [(post.published.month, post.published.day) for post in result.posts if post.published] == [
        (2, 1), (2, 2), (3, 1), (3, 2),
    ]  # fmt: skip
    assert "follow one another" in result.notes


def test_an_undecidable_order_is_said_and_can_be_told() -> None:
    chat = "3/4/2026, 09:00 - Ayu: a\n"
    guessed = read(read_whatsapp, chat)
    told = read(read_whatsapp, chat, options=Options(source="x", date_order=DateOrder.MONTH_DAY))
    assert guessed.posts[0].published == datetime(2026, 4, 3, 9, tzinfo=UTC)
    assert "does not tell" in guessed.notes
    assert told.posts[0].published == datetime(2026, 3, 4, 9, tzinfo=UTC)


def test_times_are_moved_to_utc_from_the_zone_that_was_told() -> None:
    options = Options(source="x", zone=ZoneInfo("Asia/Jakarta"), zone_is_told=True)
    result = read(read_whatsapp, "12/07/2026, 05:00 - Ayu: a\n", options=options)
    assert result.posts[0].published == datetime(2026, 7, 11, 22, 0, tzinfo=UTC)
    assert "zone" not in result.notes
    assert "UTC" in read(read_whatsapp, "12/07/2026, 05:00 - Ayu: a\n").notes


def test_the_zone_does_not_change_who_a_post_is() -> None:
    chat = "12/07/2026, 05:00 - Ayu: a\n"
    options = Options(source="file_test", zone=ZoneInfo("Asia/Jakarta"), zone_is_told=True)
    assert read(read_whatsapp, chat).posts[0].id == read(read_whatsapp, chat, options=options).posts[0].id


SYSTEM = """12/07/2026, 22:30 - Messages and calls are end-to-end encrypted. No one outside of this chat can read them.
12/07/2026, 22:30 - Ayu created group "Kerja: Kamboja"
12/07/2026, 22:31 - Ayu mengubah subjek dari "A" menjadi "Lowongan: B"
12/07/2026, 22:32 - Ayu: loker admin, gaji: 800 USD
"""


def test_lines_that_whatsapp_wrote_are_left_out_and_counted() -> None:
    result = read(read_whatsapp, SYSTEM)
    assert result.texts == ["loker admin, gaji: 800 USD"]
    assert "3 lines that WhatsApp wrote itself" in result.notes


def test_ios_writes_its_own_words_under_the_groups_name() -> None:
    chat = (
        "[12/07/2026, 22:30:00] Loker Group: \u200eMessages and calls are end-to-end encrypted.\n"
        "[12/07/2026, 22:31:00] Ayu: this chat is end-to-end encrypted, so tell me your passport number\n"
    )
    assert read(read_whatsapp, chat).texts == [
        "this chat is end-to-end encrypted, so tell me your passport number",
    ]


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("<Media omitted>", "file", None),
        ("<Media tidak disertakan>", "file", None),
        ("<省略多媒体文件>", "file", None),
        ("\u200eimage omitted", "photo", None),
        ("\u200e<attached: 00000012-PHOTO-2026-07-12.jpg>", "photo", "00000012-PHOTO-2026-07-12.jpg"),
        ("\u200eVID-20260712-WA0001.mp4 (file attached)", "video", "VID-20260712-WA0001.mp4"),
        ("agent.vcf (file terlampir)", "contact", "agent.vcf"),
    ],
)
def test_media_are_known_in_our_languages(text: str, kind: str, name: str | None) -> None:
    (post,) = read(read_whatsapp, f"12/07/2026, 22:35 - Ayu: {text}\ncaption\n").posts
    assert [(media.kind, media.name) for media in post.media] == [(kind, name)]
    assert post.text.endswith("caption")


def test_a_deleted_message_is_no_post() -> None:
    result = read(read_whatsapp, "12/07/2026, 22:35 - Ayu: Pesan ini telah dihapus\n12/07/2026, 22:36 - Ayu: hi\n")
    assert result.texts == ["hi"]
    assert "1 message that its author had deleted" in result.notes


@pytest.mark.parametrize("words", ["<This message was edited>", "\u200e<Pesan ini diedit>", "<此消息已编辑>"])
def test_the_words_that_say_a_message_was_changed_are_not_its_authors(words: str) -> None:
    assert read(read_whatsapp, f"12/07/2026, 22:35 - Ayu: gaji 800 <USD> {words}\n").texts == ["gaji 800 <USD>"]


def test_what_ios_writes_under_a_chats_name_is_left_out_and_its_pictures_are_kept() -> None:
    chat = (
        "[12/07/2026, 22:30:00] Loker KH: \u200eMessages and calls are end-to-end encrypted.\n"
        "[12/07/2026, 22:31:00] Loker KH: \u200eAyu added Budi\n"
        "[12/07/2026, 22:32:00] Loker KH: \u200eimage omitted\n"
        "[12/07/2026, 22:33:00] Loker KH: \u200eLocation: https://maps.example/?q=10.5,103.5\n"
        "[12/07/2026, 22:34:00] Budi: \u200eAyu added Budi\n"
    )
    result = read(read_whatsapp, chat)
    assert result.texts == ["image omitted", "Location: https://maps.example/?q=10.5,103.5", "Ayu added Budi"]
    assert "2 lines that WhatsApp wrote itself" in result.notes


def test_a_number_as_author_leads_to_the_account() -> None:
    (post,) = read(read_whatsapp, "12/07/2026, 22:35 - \u202a+62 812\u20110000\u20110000\u202c: halo\n").posts
    assert post.author == "+62 812\u20110000\u20110000"
    assert post.author_url == "https://wa.me/6281200000000"


def test_a_pasted_chat_stays_inside_its_message() -> None:
    chat = "12/07/2026, 22:35 - Ayu: look\n[10/07, 21:00] Agent: come\n[10/07/2026, 21:00:00] Agent: now\n"
    chat += "12/07/2026, 22:36 - Ayu: and?\n"
    assert len(read(read_whatsapp, chat).posts) == 2


def test_the_same_words_twice_in_a_minute_are_two_posts() -> None:
    line = "12/07/2026, 22:35 - Ayu: halo\n"
    assert len({post.id for post in read(read_whatsapp, line * 3).posts}) == 3


def test_a_longer_export_of_the_same_chat_gives_the_same_ids() -> None:
    line = "12/07/2026, 22:35 - Ayu: halo\n"
    short, long = read(read_whatsapp, line * 2), read(read_whatsapp, line * 2 + "12/07/2026, 22:36 - Ayu: a\n")
    assert [post.id for post in short.posts] == [post.id for post in long.posts[:2]]


def test_the_chat_is_named_by_its_file() -> None:
    chat = "12/07/2026, 22:35 - Ayu: halo\n"
    assert read(read_whatsapp, chat, "Chat WhatsApp dengan Loker KH.txt").posts[0].thread == "Loker KH"


def test_a_file_without_messages_is_refused_with_a_way_out() -> None:
    with pytest.raises(ImportRefused, match="no line looks like") as refused:
        read(read_whatsapp, "just some words\n")
    assert "Export" in refused.value.remedy


def test_a_million_characters_are_one_post() -> None:
    text = "gaji besar " * 100_000
    assert read(read_whatsapp, f"12/07/2026, 22:35 - Ayu: {text}\n").texts == [text.strip()]


_LINES = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=40).map(str.strip)
_TEXTS = st.lists(_LINES.filter(lambda s: s and s[0].isalpha()), min_size=1, max_size=3).map("\n".join)
_NAMES = st.text(st.characters(categories=["L"]), min_size=1, max_size=12)
_TIMES = st.datetimes(datetime(2015, 1, 1), datetime(2035, 1, 1)).map(lambda t: t.replace(second=0, microsecond=0))


@settings(deadline=None)
@for_all(st.lists(st.tuples(_TIMES, _NAMES, _TEXTS), min_size=1, max_size=8))
def test_what_is_written_as_a_chat_is_read_back(messages: list[tuple[datetime, str, str]]) -> None:
    chat = "".join(f"{time:%d/%m/%Y, %H:%M} - {name}: {text}\n" for time, name, text in messages)
    options = Options(source="x", date_order=DateOrder.DAY_MONTH)
    told = [(post.published, post.author, post.text) for post in read(read_whatsapp, chat, options=options).posts]
    assert told == [(time.replace(tzinfo=UTC), name, text) for time, name, text in messages]
