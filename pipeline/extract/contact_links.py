"""Links that name somebody to write to: the number or account inside `wa.me/62…`, `t.me/name`, `line.me/ti/p/~id`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pipeline.extract.links import Link, find_links


@dataclass(frozen=True, slots=True)
class LinkedContact:
    """What a link names: digits (platform of the chat in `platform`) or an account, at its place in folded text."""

    platform: str
    name: str
    start: int
    end: int
    is_number: bool


# Host, the platform, and where the account stands in the path. A pattern's group is the account.
_NUMBER = r"[+ ]{0,2}(?:%2B)?(\d[\d\-. ]{5,18}\d)(?!\w)"
_SHAPES: tuple[tuple[str, str, bool, re.Pattern[str]], ...] = tuple(
    (hosts, platform, is_number, re.compile(pattern, re.IGNORECASE))
    for hosts, platform, is_number, pattern in (
        (
            "wa.me whatsapp.com wasap.my wassap.my",
            "whatsapp",
            True,
            r"/+\s?(?:send/?\?phone=|qr/|c/|p/\d{1,20}/)?" + _NUMBER,
        ),
        ("api.whatsapp.com web.whatsapp.com send", "whatsapp", True, r"[^#]{0,80}?[?&/]phone=" + _NUMBER),
        ("zalo.me chat.zalo.me", "zalo", True, r"/+\s?(?:\??phone=)?" + _NUMBER),
        ("t.me telegram.me telegram.dog", "telegram", True, r"/+\s?\+" + _NUMBER),
        ("resolve", "telegram", True, r"\?phone=" + _NUMBER),
        ("chat add", "viber", True, r"\?number=" + _NUMBER),
        ("signal.me", "signal", True, r"/#p/" + _NUMBER),
        ("t.me telegram.me telegram.dog", "telegram", False, r"/+\s?(?:s/)?([a-z][a-z0-9_]{3,31})(?![\w+])"),
        ("resolve", "telegram", False, r"\?domain=([a-z][a-z0-9_]{3,31})"),
        ("line.me", "line", False, r"/(?:R/)?ti/p/(?:~|%7e)([\w.\-]{2,30})"),
        ("line.me", "line", False, r"/(?:R/)?ti/p/(?:%40|(?=@))(@?[\w.\-]{2,30})"),
        ("page.line.me", "line", False, r"/([\w.\-]{3,30})"),
        ("m.me", "facebook", False, r"/([\w.\-]{4,50})"),
        (
            "facebook.com fb.com web.facebook.com m.facebook.com",
            "facebook",
            False,
            r"/profile\.php\?(?:[^#\s]{0,80}&)?id=(\d{5,20})",
        ),
        (
            "facebook.com fb.com web.facebook.com m.facebook.com",
            "facebook",
            False,
            r"/(?:people|pages|pg)/[^/?#]{1,80}/(\d{5,20})",
        ),
        (
            "facebook.com fb.com web.facebook.com m.facebook.com",
            "facebook",
            False,
            r"/(?:messages/t/)?([\w.\-]{4,50})/?(?:[?#]|$)",
        ),
        ("instagram.com", "instagram", False, r"/([\w.]{2,30})/?(?:[?#]|$)"),
        ("tiktok.com m.tiktok.com", "tiktok", False, r"/@([\w.]{2,30})"),
        ("twitter.com x.com mobile.twitter.com", "twitter", False, r"/(\w{2,15})/?(?:[?#]|$)"),
        ("open.kakao.com", "kakaotalk", False, r"/me/([\w.\-]{2,40})"),
        ("snapchat.com", "snapchat", False, r"/add/([\w.\-]{3,15})"),
        ("vk.com m.vk.com", "vk", False, r"/([\w.]{3,40})/?(?:[?#]|$)"),
        ("viber.click", "viber", True, r"/" + _NUMBER),
        ("wpa.qq.com", "qq", False, r"/msgrd\?(?:[^#\s]{0,80}&)?uin=(\d{5,11})"),
    )
)
# Path words that are no accounts.
_NO_ACCOUNTS = frozenset(
    "groups group events watch share sharer photo photos photo.php story.php permalink.php reel reels p explore stories "
    "hashtag login home settings joinchat addstickers share proxy socks iv search help about policies privacy jobs "
    "pages people public marketplace gaming ads business intent i messages settings profile.php contact addlist".split()
)


@lru_cache(maxsize=4)
def linked_contacts(text: str) -> tuple[LinkedContact, ...]:
    """The numbers and accounts that the links in folded text name."""
    return tuple(contact for link in find_links(text) if (contact := _contact(text, link)))


def _contact(text: str, link: Link) -> LinkedContact | None:
    if link.url.startswith(("tel:", "sms:")):
        return _plain_number(text, link)
    host = link.host.removeprefix("www.")
    if host.endswith(".t.me"):
        return _named_by_host(text, link, host.removesuffix(".t.me"))
    path_start = _path_start(text, link)
    for hosts, platform, is_number, pattern in _SHAPES:
        if host not in hosts.split():
            continue
        match = pattern.match(text, path_start, link.end)
        if match and match[1].lower() not in _NO_ACCOUNTS:
            return LinkedContact(platform, match[1].replace("%40", "@"), match.start(1), match.end(1), is_number)
    return None


def _named_by_host(text: str, link: Link, name: str) -> LinkedContact | None:
    """`name.t.me` is `t.me/name`."""
    start = text.lower().find(name, link.start, link.end) if "." not in name else -1
    return (
        LinkedContact("telegram", text[start : start + len(name)], start, start + len(name), False)
        if start >= 0
        else None
    )


def _path_start(text: str, link: Link) -> int:
    """Where the path begins, behind the scheme and the host however they are written."""
    scheme = re.compile(r"[a-zA-Z]{2,8}\s?(?:\[:\]|:)?\s?//+\s?").match(text, link.start, link.end)
    start = scheme.end() if scheme else link.start
    match = re.compile(r"[/?#]").search(text, start, link.end)
    return match.start() if match else link.end


def _plain_number(text: str, link: Link) -> LinkedContact | None:
    match = re.compile(r"\+?\d[\d\-. ]{4,18}\d").search(text, link.start, link.end)
    return LinkedContact("phone", match[0], match.start(), match.end(), True) if match else None


def numbers_in_links(text: str) -> Iterator[LinkedContact]:
    """The telephone numbers that links name."""
    return (contact for contact in linked_contacts(text) if contact.is_number)


def accounts_in_links(text: str) -> Iterator[LinkedContact]:
    """The accounts that links name."""
    return (contact for contact in linked_contacts(text) if not contact.is_number)
