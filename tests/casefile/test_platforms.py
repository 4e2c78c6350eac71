"""The names of platforms: one list for those who read accounts and those who watch for them."""

from __future__ import annotations

import pytest

from casefile.platforms import platforms
from pipeline.extract.handles import handles
from tests.pipeline.extract.reading import read


@pytest.mark.parametrize("word", ["tg", "ig", "fb", "messenger", "kakaotalk", "skype", "twitter", "discord", "飞机"])
def test_a_platform_is_known_by_its_everyday_names(word: str) -> None:
    assert platforms()[word]


@pytest.mark.parametrize("platform", sorted(set(platforms().values()) - {"qq"}))
def test_an_account_is_read_on_every_platform_that_can_be_watched(platform: str) -> None:
    name = "lotus_hr.77" if platform == "signal" else "lotushr77"
    assert [mention.value for mention in read(handles, f"{platform}: @{name}")] == [f"{platform}:{name}"]
