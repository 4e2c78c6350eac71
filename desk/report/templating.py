"""Templates of pages: every value is escaped, and what strangers wrote can be shown by filters that make it harmless."""

from __future__ import annotations

import base64
import hashlib
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined

from desk.report import wording
from desk.report.shown import plain, shown, visible

_VIS_NETWORK = ("templates", "lib", "vis-9.1.2", "vis-network.min.js")  # as carried in pyvis


def environment(package: str) -> Environment:
    """The templates of a package, with the filters that all pages share."""
    made = Environment(
        loader=PackageLoader(package), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.filters |= {
        "shown": shown,
        "visible": visible,
        "plain": plain,
        "day": wording.day,
        "minute": wording.minute,
        "count": wording.count,
        "capital": wording.capital,
        "certainty": wording.certainty,
        "defang": wording.defang,
    }
    return made


def vis_network() -> str:
    """The script of the library that draws networks."""
    return resources.files("pyvis").joinpath(*_VIS_NETWORK).read_text(encoding="utf-8")


def hash_of(text: str) -> str:
    """How a content security policy names a script or style that may run inline."""
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
