"""Which runs of letters and dots are names of hosts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipeline.extract.vocabulary import contact_words

_LIKE_DIGITS = frozenset("0123456789oOlI.")  # `O9OO.OOO` is half of a telephone number
_RUN_ON = re.compile(r"\.(?:com|net|org)(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Domains:
    """The top-level domains and hosts that the vocabulary knows."""

    endings: frozenset[str]
    doubtful: frozenset[str]
    mail: frozenset[str]
    never: frozenset[str]
    split: tuple[str, ...]


@cache
def domains() -> Domains:
    """The lists of config/contacts/domains.yml."""
    lists = contact_words("domains")
    return Domains(
        endings=frozenset(map(str, lists["country"])) | frozenset(lists["generic"]),
        doubtful=frozenset(map(str, lists["doubtful"])),
        mail=frozenset(lists["mail"]),
        never=frozenset(lists["never"]),
        split=tuple(lists["split"]),
    )


def ending(host: str) -> str:
    """The last label of a host, in lower case."""
    return host.rpartition(".")[2].lower()


def is_known_host(host: str) -> bool:
    """Whether the host ends in a top-level domain that we know."""
    return ending(host) in domains().endings or ending(host).startswith("xn--")


def known_part(host: str) -> str | None:
    """The host without words that ran into it (`mail.comPhone`, `mail.com.Call`); None where nothing known is left."""
    run_on = _RUN_ON.search(host)
    labels = (host[: run_on.end()] if run_on else host).split(".")
    while len(labels) > 1:
        is_next_word = len(labels) > 2 and labels[-1].istitle() and not labels[0].istitle()
        if is_known_host(labels[-1]) and not is_next_word:
            return ".".join(labels)
        labels.pop()
    return None


def is_plausible_host(host: str) -> bool:
    """Whether a host without scheme and path may be believed: `shop.example.com`, not `end.So` or `asp.net`."""
    last = ending(host)
    if not is_known_host(host) or host.lower() in domains().never or not set(host) - _LIKE_DIGITS:
        return False
    if last not in domains().doubtful:
        shown = host.rpartition(".")[2]
        return (shown in (last, last.upper()) or last == "com") and len(host) > len(last) + 2
    if host != host.lower():
        return False
    labels = host.lower().split(".")
    return len(labels) > 2 or any(char.isdigit() or char == "-" for char in labels[0])
