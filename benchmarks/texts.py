"""Campaigns against other ways to find copies, on the same generated posts, in one run: quality and seconds.

python -m benchmarks.texts [--posts 1500] [--seeds 1]

The posts come from two generators: `benchmarks.networks` at three difficulties, and rougher copies. They are read by the
reader, so its mistakes count; reading is not timed. ARI is the adjusted Rand index; P and R count pairs.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import sha256

from benchmarks.networks.settings import DIFFICULTIES
from benchmarks.networks.world import make_world
from benchmarks.texts_rivals import exact, infoshield, minhash, minhash_name
from benchmarks.texts_world import rough_copies
from casefile.records import Mention
from graph.campaigns import CampaignIndex
from graph.settings import load_settings
from graph.texts import letters_in, shape_of
from pipeline.reader import load_reader

Clusters = Mapping[str, str]


@dataclass(frozen=True)
class Posts:
    """Posts in the order in which they are placed, and the true campaign of those that have one."""

    name: str
    texts: dict[str, str]
    truth: dict[str, str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--posts", type=int, default=1500)
    parser.add_argument("--seeds", nargs="+", type=int, default=[1])
    told = parser.parse_args()
    for seed in told.seeds:
        for posts in _worlds(told.posts, seed):
            compare(posts)


def _worlds(count: int, seed: int) -> Iterator[Posts]:
    for difficulty in DIFFICULTIES:
        world = make_world(difficulty, seed, count)
        texts = {str(post["id"]): str(post["text"]) for post in world.posts}
        truth = {post: str(campaign["id"]) for campaign in world.truth["campaigns"] for post in campaign["posts"]}
        yield _mixed(Posts(f"networks, {difficulty}, seed {seed}", texts, truth))
    copied = rough_copies(count, seed)
    truth = {post.id: str(post.campaign) for post in copied}
    yield Posts(f"rough copies, seed {seed}", {post.id: post.text for post in copied}, truth)


def _mixed(posts: Posts) -> Posts:
    """The same posts in an order that says nothing about their campaigns."""
    order = sorted(posts.texts, key=lambda post: sha256(post.encode()).digest())
    return Posts(posts.name, {post: posts.texts[post] for post in order}, posts.truth)


def compare(posts: Posts) -> None:
    """Print what each way finds, and what it costs."""
    reader = load_reader()
    mentions = {post: reader.read(text, post_id=post).mentions for post, text in posts.texts.items()}
    letters = {
        post: shape_of(text, mentions[post], load_settings().texts).letters for post, text in posts.texts.items()
    }
    whole = {post: letters_in(text) for post, text in posts.texts.items()}
    ways: dict[str, Callable[[], Clusters]] = {
        "campaigns (graph.campaigns)": lambda: campaigns(posts.texts, mentions),
        "equal letters, nothing taken out": lambda: exact(whole),
        "equal letters": lambda: exact(letters),
        **{f"{minhash_name()} {at}": partial(minhash, letters, at) for at in (0.4, 0.5, 0.6, 0.7, 0.8)},
        "InfoShield-style": lambda: infoshield(posts.texts),
    }
    print(f"== {posts.name}: {len(posts.texts)} posts, {len(set(posts.truth.values()))} campaigns")
    for name, way in ways.items():
        begun = time.process_time()
        found = way()
        seconds = time.process_time() - begun
        ari, precision, recall = agreement(posts.truth, found)
        print(f"{name:34}ARI {ari:.3f}  P {precision:.3f}  R {recall:.3f}  {seconds:7.2f} s", flush=True)


def campaigns(texts: Mapping[str, str], mentions: Mapping[str, tuple[Mention, ...]]) -> Clusters:
    """What Jejak says, its shapes included."""
    settings = load_settings().texts
    index = CampaignIndex(settings)
    return {post: index.place(post, shape_of(text, mentions[post], settings)) for post, text in texts.items()}


def agreement(truth: Mapping[str, str], found: Clusters) -> tuple[float, float, float]:
    """Adjusted Rand index (Hubert and Arabie, 1985), and precision and recall of pairs."""
    both = _pairs(Counter((campaign, found[post]) for post, campaign in truth.items()))
    said = _pairs(Counter(found[post] for post in truth))
    same = _pairs(Counter(truth.values()))
    by_chance = said * same / max(1, len(truth) * (len(truth) - 1) // 2)
    return (both - by_chance) / ((said + same) / 2 - by_chance), both / max(1, said), both / max(1, same)


def _pairs(counts: Counter[str] | Counter[tuple[str, str]]) -> int:
    return sum(count * (count - 1) // 2 for count in counts.values())


if __name__ == "__main__":
    main()
