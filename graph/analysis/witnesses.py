"""Which posts are copies of one text, and when a post was published."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from casefile.records import Connections, ReadPost
from graph.observation import published_by


def witnesses_of(connections: Connections) -> Mapping[str, str]:
    """The campaign of each post that has one: all posts of a campaign are one witness; any other stands for itself."""
    return {post: campaign.id for campaign in connections.campaigns for post in campaign.posts}


def told_time(read: ReadPost) -> tuple[datetime, bool]:
    """When a post was published, and whether it tells that; else when it was first seen."""
    return published_by(read), published_by(read) == read.post.published
