"""What a case came to, in a form that two cases are compared by; and the two halves of `jejak process` apart.

python -m benchmarks.torture.told read|graph CASE
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.kill import Found, differences, found_posts
from casefile.case import Case
from casefile.identity import entity_id
from casefile.records import Mention

_Things = dict[str, tuple[object, ...]]


@dataclass(frozen=True)
class Told:
    """Posts, mentions, recruiters, campaigns, links and networks, without the times at which they were seen.

    Recruiters, campaigns and networks are called by what they hold: their ids hang on which post was captured first,
    and two crawls side by side have no order.
    """

    posts: Found
    derived: dict[str, _Things]

    @classmethod
    def of(cls, folder: Path) -> Told:
        """What a case came to."""
        with Case.open(folder) as case:
            made = case.store.connections()
            mentions: _Things = {one.post.id: _named(one.reading.mentions) for one in case.store.read_posts()}
        called = {one.id: f"actor of {', '.join(sorted(one.identifiers))}" for one in made.actors}
        called |= {one.id: f"text of {min(one.posts)}" for one in made.campaigns}

        def name(identity: str) -> str:
            return called.get(identity, identity)

        derived: dict[str, _Things] = {
            "mentions of": mentions,
            "actor": {name(one.id): tuple(sorted(one.posts)) for one in made.actors},
            "campaign": {name(one.id): tuple(sorted(one.posts)) for one in made.campaigns},
            "link": {
                f"{one.kind} {one.role} from {name(one.from_id)} to {name(one.to_id)}": tuple(sorted(one.posts))
                for one in made.links
            },
            "network": {" + ".join(sorted(map(name, one.members))): tuple(sorted(one.posts)) for one in made.networks},
        }
        return cls(found_posts(folder), derived)

    def unlike(self, folder: Path) -> list[str]:
        """In what a case is not as it should be, in words: lost, doubled, changed, or damaged on the disk."""
        found = Told.of(folder)
        wrong = differences(self.posts, found.posts, folder)
        for what, should in self.derived.items():
            there = found.derived[what]
            wrong += [
                f"{what} {key}: should be {should.get(key)}, is {there.get(key)}"[:300]
                for key in sorted({*should, *there})
                if should.get(key) != there.get(key)
            ]
        return [f"{folder.name}: {line}" for line in [*wrong, *_broken_exports(folder)]]


def _named(mentions: Sequence[Mention]) -> tuple[str, ...]:
    return tuple(f"{m.start}-{m.end} {m.label} {entity_id(m)} {m.value}" for m in mentions)


def _broken_exports(folder: Path) -> Iterator[str]:
    """Whatever an export says is there must be there as it says; one that was cut off has no manifest."""
    for manifest in folder.glob("exports/*/manifest.json"):
        for file in json.loads(manifest.read_bytes())["files"]:
            path = manifest.with_name(file["name"])
            if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != file["sha256"]:
                yield f"{path.relative_to(folder)} is not what the manifest says"


def main(step: str, folder: Path) -> None:
    """Read what was not read yet, or connect what was not connected yet."""
    from graph.connect import connect_case
    from pipeline.process import process_case

    with Case.open(folder) as case:
        if step == "read":
            process_case(case)
        else:
            connect_case(case)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
