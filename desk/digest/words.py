"""A digest in plain words: for the terminal, and for e-mail."""

from __future__ import annotations

from collections.abc import Iterator

from desk.answers.shown import counted, few
from desk.digest.gathering import Digest, NetworkNews, Offer
from desk.report.wording import KIND_PLURAL, KIND_WORDS, minute, tlp
from desk.schedule.showing import SourceState

_FEW = 3


def headline(digest: Digest) -> str:
    """The digest in one line."""
    told = [counted(digest.new_posts, "new post"), counted(len(digest.alerts), "alert")]
    if new := sum(network.is_new for network in digest.networks):
        told.append(counted(new, "new network"))
    if digest.unwell:
        told.append(f"{counted(len(digest.unwell), 'source')} in trouble")
    return ", ".join(told)


def lines(digest: Digest, *, outside: bool) -> Iterator[str]:
    """All of it; `outside` the case, of one handled as TLP:RED only numbers are told."""
    yield f"{tlp(digest.handling)}  {digest.title}"
    yield f"From {minute(digest.since)} to {minute(digest.until)}: {headline(digest)}."
    if outside and tells_only_numbers(digest):
        yield "What they are about does not leave the case; see it there with `jejak digest CASE`."
        return
    yield from _posts(digest)
    yield from _section("Alerts", [f"{alert['title']}: {alert['reason']}" for alert in digest.alerts])
    yield from _section("Networks with new posts", map(network_in_words, digest.networks))
    yield from _section("New job offers, the most suspect first", map(offer_in_words, digest.offers))
    yield from _section("Sources in trouble", map(source_in_words, digest.unwell))
    yield ""
    yield "See a post with its evidence: jejak show CASE POST"


def tells_only_numbers(digest: Digest) -> bool:
    """Whether nothing but numbers may leave the case."""
    return digest.handling.value == "red"


def kinds_in_words(digest: Digest) -> str:
    """How many new posts of which kind."""
    told = [f"{n:,} {KIND_WORDS[kind] if n == 1 else KIND_PLURAL[kind]}" for kind, n in sorted(digest.kinds.items())]
    return ", ".join([*told, *([f"{digest.unread:,} not read yet"] if digest.unread else [])]) or "none"


def network_in_words(network: NetworkNews) -> str:
    """One network."""
    kind = "new: " if network.is_new else ""
    return f"{kind}{network.name} ({network.new_posts:,} of {counted(network.posts, 'post')} new)"


def offer_in_words(offer: Offer) -> str:
    """One job offer: its id, its contacts, where to, which signs."""
    parts = [f"{offer.id[:12]} in {offer.source}"]
    parts += [f"contact {few(offer.contacts, _FEW)}"] if offer.contacts else []
    parts += [f"names {few(offer.places, _FEW)}"] if offer.places else []
    parts += [f"signs: {few(offer.signs, _FEW)}"] if offer.signs else []
    return "; ".join(parts)


def source_in_words(source: SourceState) -> str:
    """One source that somebody should look at."""
    due = f"; next {minute(source.due)}" if source.due else ""
    return f"{source.name}: {source.trouble}{due}"


def _posts(digest: Digest) -> Iterator[str]:
    yield f"New posts: {kinds_in_words(digest)}."
    if digest.gone:
        yield f"Gone from where they stood: {counted(digest.gone, 'post')}."
    if digest.problems:
        yield f"Set aside: {counted(digest.problems, 'problem')}; `jejak stats CASE` shows each."


def _section(title: str, told: Iterator[str] | list[str] | map[str]) -> Iterator[str]:
    told = list(told)
    if told:
        yield ""
        yield f"{title}:"
        yield from (f"  {line}" for line in told)
