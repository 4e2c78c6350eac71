"""Which runs of letters and dots are names of hosts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pipeline.extract.vocabulary import contact_words


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


def is_plausible_host(host: str) -> bool:
    """Whether a host without scheme and path may be believed: `shop.example.com`, not `end.So` or `asp.net`."""
    last = ending(host)
    if not is_known_host(host) or host.lower() in domains().never:
        return False
    if last not in domains().doubtful:
        return host.rpartition(".")[2] in (last, last.upper()) and len(host) > len(last) + 2
    if host != host.lower() and host != host.upper():
        return False
    labels = host.lower().split(".")
    return len(labels) > 2 or any(char.isdigit() or char == "-" for char in labels[0])
