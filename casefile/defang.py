"""Addresses that no program follows and nobody clicks by mistake."""

from __future__ import annotations

import re

_HTTP = re.compile("http", re.IGNORECASE)


def defang(url: str | None) -> str:
    """The address in a form that no program follows: `hxxps://t[.]me/name/12`."""
    if not url:
        return ""
    scheme, mark, rest = url.partition("://")
    if not mark:
        return url.replace(":", "[:]").replace(".", "[.]")
    host, slash, path = rest.partition("/")
    return _HTTP.sub("hxxp", f"{scheme}://{host.replace('.', '[.]')}{slash}{path}")
