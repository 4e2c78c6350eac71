"""The web preview of Telegram channels, in the markup of t.me/s/NAME: twenty messages a page, newest last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desk.demo.sites.page import Answer, Page, html, number
from desk.demo.truth import DemoContent, DemoPost

PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel: the short word that config/demo calls it by, its public name, and what it says of itself."""

    key: str
    name: str
    title: str
    about: str
    subscribers: str


CHANNELS = (
    Channel(
        "kerja", "kerja_luar_demo", "Kerja Luar Negeri (demo)", "Info loker luar negeri tiap hari. Demo Jejak.", "4.2K"
    ),
    Channel(
        "haiwai",
        "haiwai_gongzuo_demo",
        "海外工作信息 (demo)",
        "海外招聘信息分享 · งานต่างประเทศ · ဝန်ထမ်းခေါ်စာ. Demo Jejak.",
        "11.8K",
    ),
)


def telegram(content: DemoContent) -> Mapping[str, Answer]:
    """The routes of the preview: a channel, and one message of it."""
    channels = {channel.name: (channel, content.on(channel.key)) for channel in CHANNELS}

    def preview(path: Mapping[str, str], query: Mapping[str, str]) -> Page | None:
        if path["name"] not in channels:
            return None
        channel, posts = channels[path["name"]]
        before = number(query.get("before"), 10**9)
        after = number(query.get("after"), 0)
        return _page(channel, [post for post in posts if after < int(post.id) < before])

    def message(path: Mapping[str, str], _: Mapping[str, str]) -> Page | None:
        channel, posts = channels.get(path["name"], (None, ()))
        shown = [post for post in posts if post.id == path["id"]]
        return html("telegram.html", posts=shown, channel=channel, older=None, media=_media) if shown else None

    def picture(path: Mapping[str, str], _: Mapping[str, str]) -> Page:
        return Page(_drawing(path["id"]), "image/svg+xml")

    def front(_: Mapping[str, str], __: Mapping[str, str]) -> Page:
        return html("telegram_front.html", channels=CHANNELS)

    return {"/": front, "/s/{name}": preview, "/media/{id}.svg": picture, "/{name}/{id}": message}


def _page(channel: Channel, posts: Sequence[DemoPost]) -> Page:
    shown = posts[-PER_PAGE:]
    older = shown[0].id if len(posts) > PER_PAGE else None
    return html("telegram.html", posts=shown, channel=channel, older=older, media=_media)


def _media(post: DemoPost) -> str | None:
    return f"/media/{post.site}{post.id}.svg" if post.picture else None


def _drawing(name: str) -> bytes:
    """A quiet picture that stands for a photo of the advert."""
    hue = sum(name.encode()) * 37 % 360
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="480" height="270"><rect width="480" height="270" '
        f'fill="hsl({hue},45%,72%)"/><circle cx="380" cy="70" r="38" fill="hsl({hue},60%,86%)"/><path d="M0 230 '
        f'120 140 210 210 300 120 480 240V270H0z" fill="hsl({hue},35%,48%)"/></svg>'
    ).encode()
