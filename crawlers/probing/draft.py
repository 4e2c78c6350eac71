"""From what a probe found to a source's file: ready to crawl, with what was guessed marked as guessed."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import urlsplit

from crawlers.importing.model import many
from crawlers.probing.probed import Probed

_FAMILIES = {
    "forum": "forum",
    "telegram": "telegram",
    "feed": "feed",
    "listing": "board",
    "job": "board",
    "article": "board",
}
_HOW_READ = {
    "forum": "threads and their next pages; every reply is a post",
    "board": "a list leads to its adverts and to the next list; a single page is one post",
    "telegram": "the channel's public preview, back to what was read before",
    "feed": "every entry is followed, and its main text is the post",
}
_USUAL_DELAY = 2.0
_MOST_LETTERS = 40
# Second-level names under which countries sell names (co.id, com.my, net.vn).
_SHARED = {"co", "com", "net", "org", "or", "go", "gov", "ac", "edu", "in", "web", "my", "biz", "info", "me"}
# Endings that look like a country's and are sold to everybody (Telegram's t.me is not in Montenegro).
_NO_COUNTRY = {"me", "io", "co", "tv", "cc", "ai", "ws", "fm", "to", "gg", "ly", "eu", "su", "sh", "im", "is", "pw"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Guesses:
    """What a person should look at once: guessed from the address and from the posts' words."""

    country: str
    country_because: str
    languages: tuple[str, ...]


def family_of(probed: Probed) -> str | None:
    """The family that can crawl what was probed; None for what is no source of the web."""
    if probed.wall or not probed.url or not probed.url.startswith(("http://", "https://")):
        return None
    if probed.type == "listing" and probed.threads and probed.engine != "unknown":
        return "forum"
    return _FAMILIES.get(probed.type or "")


def country_of_address(url: str) -> str | None:
    """The country by the ending of a host's name, where it tells one."""
    ending = (urlsplit(url).hostname or "").rpartition(".")[2]
    return ending if re.fullmatch(r"[a-z]{2}", ending) and ending not in _NO_COUNTRY else None


def source_name(url: str, country: str) -> str:
    """A source's name: country, site, and what tells this page from others of the site."""
    parts = urlsplit(url)
    host = [label for label in (parts.hostname or "").split(".") if label not in ("www", "m")]
    site = [label for label in host[:-1] if label not in _SHARED] or host[:1]
    is_number = all(label.isdigit() for label in host)
    words = [*(host if is_number else site), *parts.path.split("/"), *parts.query.split("&")]
    folded = unicodedata.normalize("NFKD", "_".join(words)).encode("ascii", "ignore").decode().lower()
    short = re.sub(r"[^a-z0-9]{1,200}", "_", folded[:400]).strip("_")
    return f"{country}_{short[:_MOST_LETTERS].strip('_') or 'site'}"


def draft_source(probed: Probed, guesses: Guesses) -> str:
    """The YAML of a source, with comments in plain words."""
    family = family_of(probed)
    rendered = bool(probed.javascript) and family in ("forum", "board")
    day = f" on {probed.at:%Y-%m-%d}" if probed.at else ""
    lines = [
        f"# Made by `jejak probe`{day}: {probed.type}, {probed.engine}, {many(len(probed.posts), 'post')} seen.",
        "# Everything here may be changed; docs/adding-a-source.md explains each line.",
        f"title: {_text(_title(probed))}",
        f"country: {guesses.country:31} # a guess, {guesses.country_because}: please look at it",
        f"languages: [{', '.join(guesses.languages)}]".ljust(40) + " # a guess, by the words of its posts",
        f"why: {_text(_why(probed))}",
        "# ^ asked for in court: say in your own words why this may be read",
        f"url: {_text(probed.url or '')}",
    ]
    if rendered:
        lines += ["family: rendered".ljust(40) + " # it shows its posts only when JavaScript runs", f"reads: {family}"]
        lines += [_browser(probed)]
    else:
        lines += [f"family: {family}"]
        if probed.more_button and not probed.next_page and family in ("forum", "board"):
            lines += [
                f"# A button seems to bring more posts; a browser would press it: family: rendered, reads: {family},"
            ]
            lines += [f"# {_browser(probed)}"]
    lines += [
        f"# Read as: {_HOW_READ[family or 'board']}.",
        "# No selectors are needed: Jejak reads the pages by itself. Where it errs, add `select:`.",
        "every: every 6 hours".ljust(40) + " # when `jejak watch` crawls it: words, or cron",
    ]
    if probed.timezone:
        lines += [
            f"timezone: {probed.timezone}".ljust(40) + " # of times that it writes without a zone; the page says so"
        ]
    else:
        lines += [
            "# timezone: Asia/Jakarta".ljust(40) + " # the page names no zone: until you do, its times count as UTC"
        ]
    lines += [
        f"gentle: {{delay: {max(_USUAL_DELAY, probed.crawl_delay or 0):g}}}".ljust(40) + " # seconds between two pages",
        "# normal: {min_posts: 20}".ljust(40)
        + " # what is usual is learnt from the crawls; a number here overrules it",
    ]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _browser(probed: Probed) -> str:
    """How a browser brings out all posts: by the one button that loads more, else by scrolling."""
    if probed.more_button:
        return (
            f"browser: {{click: {_text(probed.more_button)}}}".ljust(40)
            + " # a guess: the button that loads more posts"
        )
    return "browser: {scrolls: 3}".ljust(40) + " # how often to scroll down for more posts"


def _title(probed: Probed) -> str:
    own = "".join(c for c in probed.title or "" if unicodedata.category(c)[0] != "C").strip()
    return own or urlsplit(probed.url or "").hostname or "A source"


def _why(probed: Probed) -> str:
    robots = (probed.robots or "robots.txt was not asked").replace("it;", "it,")
    return f"public page, readable without login; {robots}"


def _text(words: str) -> str:
    """A text as YAML reads it back, whatever is in it (JSON's strings are YAML's)."""
    shown = "".join(c for c in words if unicodedata.category(c)[0] != "C")[:200]
    return json.dumps(shown, ensure_ascii=False)
