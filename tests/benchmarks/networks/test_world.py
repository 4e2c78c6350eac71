"""The generator of networks with known truth."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import phonenumbers
import pytest

from benchmarks.networks.settings import DIFFICULTIES, languages, read_yaml
from benchmarks.networks.settings import FOLDER as NETWORKS
from benchmarks.networks.world import World, make_world

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def world() -> World:
    return make_world("middle", 1, 1500)


def test_the_same_seed_gives_the_same_world_and_another_another() -> None:
    assert make_world("hard", 5, 300) == make_world("hard", 5, 300)
    assert make_world("hard", 5, 300).posts != make_world("hard", 6, 300).posts


def test_the_size_is_as_asked_and_no_id_is_used_twice(world: World) -> None:
    ids = [post["id"] for post in world.posts]
    assert abs(len(ids) - 1500) <= 15
    assert len(set(ids)) == len(ids)
    assert {field for post in world.posts for field in post} == {"id", "source", "author", "published", "url", "text"}


def test_all_ten_languages_say_the_same_things() -> None:
    def shape(texts: object) -> object:
        if isinstance(texts, dict):
            return {name: shape(part) for name, part in texts.items()}
        return len(texts) if isinstance(texts, list) else None

    shapes = {
        code: shape({"offer": language.texts["offer"], "honest": language.texts["honest"]})
        for code, language in languages().items()
    }
    assert set(shapes) == {"id", "ms", "vi", "th", "zh", "en", "tl", "my", "km", "hi"}
    assert all(found == shapes["en"] for found in shapes.values())


def test_every_rate_is_explained_in_the_readme() -> None:
    readme = (NETWORKS / "README.md").read_text(encoding="utf-8")
    rates = [name for part in read_yaml(NETWORKS / "rates.yml").values() for name in part]
    assert [name for name in rates if f"`{name}`" not in readme] == []


def test_no_rate_falls_where_it_gets_harder() -> None:
    easier_when_lower = {"own_wording", "second_contact", "two_labels"}
    for part in read_yaml(NETWORKS / "rates.yml").values():
        for name, values in part.items():
            assert values == sorted(values, reverse=name in easier_when_lower), name
            assert all(0 <= value <= 1 for value in values) or name == "numbers"


def test_every_number_is_one_that_a_numbering_plan_allows(world: World) -> None:
    truth = world.truth
    told = [i for actor in truth["actors"] for i in actor["identifiers"]] + truth["honest"] + truth["bystanders"]
    numbers = [i.removeprefix("phone:") for i in told if i.startswith("phone:+")]
    assert len(numbers) > 200
    assert [n for n in numbers if not phonenumbers.is_valid_number(phonenumbers.parse(n))] == []


def test_a_contact_has_one_owner_but_where_truth_says_recycled(world: World) -> None:
    truth = world.truth
    owners = Counter(i for actor in truth["actors"] for i in actor["identifiers"])
    assert {i for i, count in owners.items() if count > 1} <= set(truth["recycled"])
    strangers = [i for kind in ("hotlines", "footers", "honest", "bystanders") for i in truth[kind]]
    assert not set(strangers) & set(owners)
    assert len(strangers) == len(set(strangers))


def test_every_offer_has_one_recruiter_and_one_wording(world: World) -> None:
    truth = world.truth
    of_actors = [post for actor in truth["actors"] for post in actor["posts"]]
    of_campaigns = [post for campaign in truth["campaigns"] for post in campaign["posts"]]
    assert Counter(of_actors) == Counter(of_campaigns) == Counter(truth["kinds"]["recruitment"])


def test_a_recruiter_has_posts_contacts_and_a_destination(world: World) -> None:
    for actor in world.truth["actors"]:
        assert len(actor["posts"]) >= 3
        assert actor["identifiers"]
    assert sum(not actor["destinations"] for actor in world.truth["actors"]) <= 1


def test_translations_are_one_group_and_rewritings_one_family() -> None:
    campaigns = make_world("hard", 2, 3000).truth["campaigns"]
    groups, families = Counter(c["group"] for c in campaigns), Counter(c["family"] for c in campaigns)
    assert max(groups.values()) > 1
    assert len(families) < len(groups) < len(campaigns)
    for group in groups:
        assert len({c["family"] for c in campaigns if c["group"] == group}) == 1


def test_less_can_be_known_where_it_gets_harder() -> None:
    known = [make_world(difficulty, 1, 3000).truth["knowable"] for difficulty in DIFFICULTIES]
    assert known == sorted(known, reverse=True)
    assert known[1] > 0.9


def test_every_identifier_of_the_truth_was_written_somewhere(world: World) -> None:
    text = "\n".join(post["text"] for post in world.posts)
    names = [i for a in world.truth["actors"] for i in a["identifiers"] if not i.startswith("phone:")]
    assert names
    assert [name for name in names if name.partition(":")[2] not in text] == []


def test_no_slot_is_left_open(world: World) -> None:
    assert [post["text"] for post in world.posts if "{" in post["text"] or "}" in post["text"]] == []


def test_harder_worlds_hide_more_numbers() -> None:
    shares = [sum("\u20e3" in post["text"] for post in make_world(d, 1, 2000).posts) for d in DIFFICULTIES]
    assert shares == sorted(shares)
    assert shares[0] < shares[2]


def test_the_command_writes_what_an_import_and_a_scorer_read(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "benchmarks.networks",
        "--difficulty",
        "easy",
        "--posts",
        "200",
        "--out",
        str(tmp_path),
    ]
    subprocess.run(command, check=True, cwd=ROOT)
    posts = [json.loads(line) for line in (tmp_path / "posts.jsonl").read_text(encoding="utf-8").splitlines()]
    truth = json.loads((tmp_path / "truth.json").read_text(encoding="utf-8"))
    assert posts == make_world("easy", 1, 200).posts  # whatever the process
    known = {post["id"] for post in posts}
    assert {post for actor in truth["actors"] for post in actor["posts"]} <= known
