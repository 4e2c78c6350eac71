"""Walls: pages that say "log in", "prove that you are human" or "you are blocked". We name them; we do not pass them."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from crawlers.reading.page import Page
from crawlers.reading.understand import Understood

_CAPTCHA = re.compile(
    r"g-recaptcha|h-captcha|hcaptcha\.com|cf-turnstile|challenges\.cloudflare\.com|cf-challenge|cf_chl_|_incapsula_"
    r"|px-captcha|geetest|captcha-delivery|slidercaptcha|verify (?:that )?you are (?:a )?human|are you a robot",
    re.IGNORECASE,
)
_BLOCK = re.compile(
    r"access denied|you have been blocked|request blocked|unusual traffic|akses ditolak|truy cập bị từ chối|访问被拒绝"
    r"|您的访问|ไม่ได้รับอนุญาตให้เข้าถึง",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"//consent\.[a-z]+\.|before you continue|sp_message_container|cmpwrapper|are you (?:over|at least) 18|age[- ]verification"
    r"|sebelum (?:anda )?melanjutkan|trước khi (?:bạn )?tiếp tục|ก่อนที่คุณจะดำเนินการต่อ|在继续之前|您是否年满|您是否已滿",
    re.IGNORECASE,
)
_LOGIN_PATH = re.compile(
    r"/(?:log-?in|sign-?in|masuk|dang-nhap|accounts?/login|auth|member/login)(?=[/?.]|$)|logging\.php|mod=logging", re.I
)
_PAYWALL = 402
_ASK_LOGIN = {401, 407}
_REFUSALS = {403, 429, 451}
_A_FEW_WORDS = 1_000


def wall_before(page: Page, status: int, understood: Understood) -> str | None:
    """The wall that a page is instead of posts; a page of a known engine, or of more than a few words, is none."""
    if understood.engine == "telegram-contact":
        return "it shows no messages to visitors (its owner allows no preview, or there is no such channel)"
    letters = sum(len(found.text) for found in understood.posts)
    if understood.posts and (understood.engine != "unknown" or letters > _A_FEW_WORDS):
        return None
    return name_wall(page, status)


def name_wall(page: Page, status: int) -> str | None:
    """What kind of wall a page that shows no post is; None if it is none."""
    sample = page.html[:200_000]
    if _CAPTCHA.search(sample):
        return "it asks for a captcha"
    if status in _ASK_LOGIN or _LOGIN_PATH.search(urlsplit(page.url).path + "?" + urlsplit(page.url).query):
        return "it asks for a login"
    if page.root.css('input[type="password"]'):
        return "it asks for a login"
    if status == _PAYWALL:
        return "it asks for payment"
    if len(page.html) < 200_000 and _CONSENT.search(sample):
        return "it asks for consent first (cookies, or age)"
    if status in _REFUSALS or (len(page.html) < 20_000 and _BLOCK.search(sample)):
        return f"it blocks us (HTTP {status})"
    return None
