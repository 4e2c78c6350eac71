"""The case at a glance: what it holds, its networks, how its sources are, what its watches found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from casefile.case import Case
from casefile.records import Crawl, Network
from desk.answers.alerts import in_words
from desk.answers.numbers import standing_alarms
from desk.page.opened import OpenCase
from desk.page.rendering import page

_NETWORKS, _ALERTS, _RUNS = 8, 8, 16
_HEIGHT = 20.0  # of the small bars, in pixels


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """How a source is: its last crawl, and bars (x, height) of the new posts of its last crawls, the latest last."""

    name: str
    title: str
    paused: bool
    last: Crawl | None
    bars: tuple[tuple[int, float], ...]


async def overview(request: Request) -> Response:
    """The first screen."""
    opened: OpenCase = request.app.state.opened
    case, ties = opened.case, opened.ties
    crawls = case.store.crawls()
    networks: list[Network] = [ties.networks[one] for one in ties.ranked[:_NETWORKS]]
    alerts = case.alert_book().alerts()[-_ALERTS:][::-1]
    return page(
        request,
        "overview.html.j2",
        counts=case.store.counts(),
        kinds=case.store.kinds(),
        networks=networks,
        more_networks=max(0, len(ties.ranked) - _NETWORKS),
        called=ties.called,
        sources=health_of(case, crawls),
        alarms=standing_alarms(crawls, case.store.problems()),
        alerts=[(alert, in_words(alert)) for alert in alerts],
    )


def health_of(case: Case, crawls: Sequence[Crawl]) -> list[SourceHealth]:
    """How each source of the case is, by name; `crawls` come the latest first."""
    of_source: dict[str, list[Crawl]] = defaultdict(list)
    for crawl in crawls:
        of_source[crawl.source].append(crawl)
    return [
        SourceHealth(
            source.name,
            source.title,
            source.paused,
            next(iter(of_source[source.name]), None),
            tuple(_bars([crawl.posts_new for crawl in reversed(of_source[source.name][:_RUNS])])),
        )
        for source in case.sources()
    ]


def _bars(numbers: Sequence[int]) -> list[tuple[int, float]]:
    most = max(numbers, default=0) or 1
    return [(4 * i, round(max(1.0, _HEIGHT * number / most), 1)) for i, number in enumerate(numbers)]
