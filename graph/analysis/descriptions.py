"""What recruiters together do, in one line made from their own posts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from casefile.identity import entity_id
from casefile.records import Actor, Label, ReadPost
from graph.analysis.witnesses import told_time
from graph.observation import observe
from graph.settings import GraphSettings, load_settings
from graph.telling import told_places

_NAMED = 2  # of each sort
_OFTEN = 0.1  # of the posts: a language that fewer are in is left out


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What the posts of some recruiters tell, the most told first; `texts` counts copies of one text once."""

    recruiters: int
    contacts: int
    posts: int
    texts: int
    sources: int
    companies: tuple[str, ...]
    destinations: tuple[str, ...]
    origins: tuple[str, ...]
    languages: tuple[str, ...]
    first_seen: datetime | None
    last_seen: datetime | None

    def in_words(self, name: Callable[[str], str]) -> str:
        """One line for people; `name` tells what an entity is called."""
        parts = [f"{_count(self.recruiters, 'recruiter')} with {_count(self.contacts, 'contact')}"]
        if self.companies:
            parts.append("for " + " and ".join(map(name, self.companies[:_NAMED])))
        if self.destinations:
            parts.append("towards " + " and ".join(map(name, self.destinations[:_NAMED])))
        if self.origins:
            parts.append("from " + " and ".join(map(name, self.origins[:_NAMED])))
        if self.languages:
            parts.append("in " + ", ".join(self.languages))
        proof = ", ".join((_count(self.posts, "post"), _count(self.texts, "text"), _count(self.sources, "source")))
        return f"{' '.join(parts)}; {proof}"


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def describe(
    actors: Sequence[Actor],
    posts: Iterable[ReadPost],
    witness_of: Mapping[str, str],
    settings: GraphSettings | None = None,
) -> Description:
    """The description of recruiters by `posts`, of which their own count."""
    settings = settings or load_settings()
    own = {post for actor in actors for post in actor.posts}
    languages: Counter[str] = Counter()
    companies: Counter[str] = Counter()
    observed, times, sources = [], [], set()
    for read in posts:
        if read.post.id in own:
            observed.append(observe(read, witness_of.get(read.post.id, read.post.id), settings.guards))
            times.append(told_time(read)[0])
            sources.add(read.post.source)
            languages[read.reading.lang] += 1
            companies.update({entity_id(m) or "" for m in read.reading.mentions if m.label is Label.ORG})
    destinations, origins = told_places(observed, settings.networks.place_share)
    often = [lang for lang, times_seen in languages.most_common() if times_seen >= _OFTEN * len(observed)]
    return Description(
        recruiters=len(actors),
        contacts=len({contact for actor in actors for contact in actor.identifiers}),
        posts=len(observed),
        texts=len({post.witness for post in observed}),
        sources=len(sources),
        companies=tuple(sorted(companies, key=lambda company: (-companies[company], company))),
        destinations=destinations,
        origins=origins,
        languages=tuple(often),
        first_seen=min(times, default=None),
        last_seen=max(times, default=None),
    )
