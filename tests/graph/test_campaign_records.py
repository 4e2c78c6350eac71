"""What is told of a campaign."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from graph.campaign_records import campaign_of
from tests.graph.making import START


@dataclass(frozen=True)
class _Sent:
    post_id: str
    source: str
    at: datetime


def test_a_campaign_tells_when_and_on_how_many_sources_it_was_seen() -> None:
    days = {"c": ("xx_one", 3), "a": ("xx_two", 1), "b": ("xx_one", 9)}
    posts = [_Sent(post_id, source, START + timedelta(days=day)) for post_id, (source, day) in days.items()]
    campaign = campaign_of("text:1", posts, [("Dicari admin", ())] * 3)
    assert campaign.posts == ("a", "b", "c")
    assert (campaign.first_seen, campaign.last_seen) == (START + timedelta(days=1), START + timedelta(days=9))
    assert (campaign.sources, campaign.template, campaign.translation_of) == (2, "Dicari admin", None)
