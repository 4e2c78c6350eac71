"""How one source is visited: its own delay, limits and name, as Scrapy's settings."""

from __future__ import annotations

from typing import Any

from casefile.settings import CaseSettings, SourceSettings

_NAME = "Jejak/0.1"


def user_agent(case: CaseSettings) -> str:
    """What we say we are: the program, and whom a site may write to, unless the case wants less or something else.

    One line of ASCII, whatever the contact holds.
    """
    if case.network.user_agent:
        return case.network.user_agent
    plain = "".join(c for c in case.contact if c.isascii() and c.isprintable() and c not in "()")
    return f"{_NAME} (+{plain.strip()})" if case.network.show_contact else _NAME


def polite_settings(source: SourceSettings, case: CaseSettings | None) -> dict[str, Any]:
    """Scrapy's settings for a source; without a case there is no contact to show."""
    gentle = source.gentle
    settings: dict[str, Any] = {
        "DOWNLOAD_DELAY": gentle.delay,
        "CONCURRENT_REQUESTS_PER_DOMAIN": gentle.concurrency,
        # Whoever waits behind them would not hear that the site asks for a pause.
        "CONCURRENT_REQUESTS": gentle.concurrency,
        "DOWNLOAD_TIMEOUT": gentle.timeout,
        "DOWNLOAD_MAXSIZE": gentle.max_page_bytes,
        "DOWNLOAD_WARNSIZE": 0,
        "AUTOTHROTTLE_TARGET_CONCURRENCY": float(gentle.concurrency),
        # A delay of nothing is for a web of one's own (the demo): throttling would only slow that down.
        "AUTOTHROTTLE_ENABLED": gentle.delay > 0,
    }
    if case is not None:
        settings["USER_AGENT"] = user_agent(case)
    return settings
