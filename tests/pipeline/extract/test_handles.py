"""Accounts are found with their platform; everyday words are none. All accounts are invented."""

from __future__ import annotations

import pytest

from pipeline.extract.handles import handles
from tests.pipeline.extract.reading import read, values


@pytest.mark.parametrize(
    ("text", "lang", "account"),
    [
        ("Telegram: @hr_demo99", "id", "telegram:hr_demo99"),
        ("TG @hr_demo", "zh", "telegram:hr_demo"),
        ("飞机：@demo_168", "zh", "telegram:demo_168"),
        ("飞机号 demo168", "zh", "telegram:demo168"),
        ("纸飞机@hr_demo", "zh", "telegram:hr_demo"),
        ("✈️ hr_demo168", "zh", "telegram:hr_demo168"),
        ("tele @ h r _ d e m o", "vi", "telegram:hr_demo"),
        ("tele: d e m o h r 9 9", "vi", "telegram:demohr99"),
        ("Tele gram : hr_demo", "id", "telegram:hr_demo"),
        ("เทเล @hr_demo", "th", "telegram:hr_demo"),
        ("តេឡេក្រាម @demo_hr", "km", "telegram:demo_hr"),
        ("တယ်လီဂရမ် @demo_hr", "my", "telegram:demo_hr"),
        ("टेलीग्राम @demo_hr", "hi", "telegram:demo_hr"),
        ("텔레그램 @demo77", "ko", "telegram:demo77"),
        ("ＴＧ：＠ｈｒ＿ｄｅｍｏ", "zh", "telegram:hr_demo"),
        ("contact me @demo_hr on telegram", "en", "telegram:demo_hr"),
        ("@demo_hr (TG)", "en", "telegram:demo_hr"),
        ("联系方式：@demohr88", "zh", "telegram:demohr88"),
        ("My Telegram is demo_hr", "en", "telegram:demo_hr"),
        ("telegram username: demohr", "en", "telegram:demohr"),
        ("id telegram demo_hr", "id", "telegram:demo_hr"),
        ("Telegram飞机 : ＠demo_hr88", "zh", "telegram:demo_hr88"),
        ("加微 demo99x", "zh", "wechat:demo99x"),
        ("➕V demo99x", "zh", "wechat:demo99x"),
        ("微信（demo99x）", "zh", "wechat:demo99x"),
        ("蝙蝠 12345678", "zh", "batchat:12345678"),
        ("加V：demo888", "zh", "wechat:demo888"),
        ("V信 demo888", "zh", "wechat:demo888"),
        ("薇❤：demo888", "zh", "wechat:demo888"),
        ("wx:mm_demo", "zh", "wechat:mm_demo"),
        ("微信号：demo-2024", "zh", "wechat:demo-2024"),
        ("wechat id - demo2024", "en", "wechat:demo2024"),
        ("扣扣 123456789", "zh", "qq:123456789"),
        ("LINE ID : demo99th", "th", "line:demo99th"),
        ("ไอดีไลน์ demo99th", "th", "line:demo99th"),
        ("แอดไลน์มาได้เลย ID:5661000", "th", "line:5661000"),
        ("แอดไลน์อย่างเดียว ID : job_demo", "th", "line:job_demo"),
        ("LINE@: hrdemo99", "th", "line:hrdemo99"),
        ("id line: demo.hr", "id", "line:demo.hr"),
        ("賴：demo77", "zh", "line:demo77"),
        ("IG: @loker.demo", "id", "instagram:loker.demo"),
        ("Akun Instagram “loker.demo.id”", "id", "instagram:loker.demo.id"),
        ("tiktok @loker_demo", "id", "tiktok:loker_demo"),
        ("Facebook jobs.demo.kh", "km", "facebook:jobs.demo.kh"),
        ("카톡 demo77", "ko", "kakaotalk:demo77"),
        ("Skype: live:hr.demo_1", "en", "skype:live:hr.demo_1"),
        ("t.me/hr_demo", "zh", "telegram:hr_demo"),
        ("https://t.me/s/hr_demo", "zh", "telegram:hr_demo"),
        ("line.me/ti/p/~demo99", "th", "line:demo99"),
        ("https://line.me/R/ti/p/@demo99", "th", "line:demo99"),
        ("https://www.facebook.com/hr.demo", "id", "facebook:hr.demo"),
        ("https://www.facebook.com/profile.php?id=100000000000001", "th", "facebook:100000000000001"),
        ("m.me/hr.demo", "tl", "facebook:hr.demo"),
        ("https://www.tiktok.com/@loker_demo", "id", "tiktok:loker_demo"),
    ],
)
def test_an_account_is_found_with_its_platform(text: str, lang: str, account: str) -> None:
    assert values(handles, text, lang) == [account]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Work online from home", "en"),
        ("งานออนไลน์ ทำที่บ้าน", "th"),
        ("production line worker needed", "en"),
        ("We use Telegram for work", "en"),
        ("Telegram: please write to us", "en"),
        ("follow us on Facebook and Instagram", "en"),
        ("坐飞机去工作", "zh"),
        ("坐飞机到曼谷 2024", "zh"),
        ("Kerja di bagian line produksi", "id"),
        ("menggunakan aplikasi Telegram: korban diminta transfer", "id"),
        ("lewat Facebook, Instagram, dan TikTok", "id"),
        ("使用Telegram进行诈骗", "zh"),
        ("Facebook page: Demo Jobs Philippines", "tl"),
        ("微信同号13800009905", "zh"),
        ("Zalo: 0900003301", "vi"),
        ("LINE ID: 0810001102", "th"),
        ("https://t.me/joinchat/AAAAAA", "zh"),
        ("https://t.me/+AbCdEf123", "zh"),
        ("https://www.facebook.com/groups/12345/", "id"),
        ("write to hr@demo.example", "en"),
        ("RT @somebody_1: call me", "en"),
        ("@user1 @user2 @user3 call", "en"),
    ],
)
def test_what_names_no_account_is_left_alone(text: str, lang: str) -> None:
    assert values(handles, text, lang) == []


def test_two_platforms_in_one_line_keep_their_own_account() -> None:
    assert values(handles, "TG：demo12/飞机：demo34  VX:demo56", "zh") == [
        "telegram:demo12",
        "telegram:demo34",
        "wechat:demo56",
    ]


def test_a_platform_that_only_custom_tells_is_marked_as_guessed() -> None:
    (mention,) = read(handles, "โทร 081-000-1102 (ID:demo095)", "th")
    assert (mention.value, mention.attributes["platform_guessed"]) == ("line:demo095", True)
    assert mention.confidence < 0.6


def test_the_surface_is_the_account_without_the_platforms_word() -> None:
    (mention,) = read(handles, "Line ID: @demo99 ครับ", "th")
    assert mention.surface == "@demo99"


def test_a_name_with_an_at_sign_may_break_the_rules_of_its_platform() -> None:
    assert values(handles, "เทเล @964demo", "th") == ["telegram:964demo"]


@pytest.mark.parametrize("text", ["jangan percaya akun @demo_hr77, penipu", "Tiket dari Sorong.\n@demo_hr77"])
def test_a_lone_account_is_taken_for_telegrams_and_says_so(text: str) -> None:
    (mention,) = read(handles, text, "id")
    assert (mention.value, mention.attributes["platform_guessed"]) == ("telegram:demo_hr77", True)
    assert mention.confidence <= 0.5


def test_a_name_before_a_colon_is_a_label() -> None:
    assert values(handles, "微信hr2：", "zh") == []
