"""From a case to what its report says."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from casefile.case import Case, software
from casefile.errors import SettingsError
from casefile.judgements import in_force
from casefile.progress import Progress, no_progress
from casefile.records import Connections, Network, Problem, ReadPost
from desk.report import wording
from desk.report.analysis import analyse_network
from desk.report.atlas import draw_map
from desk.report.book import Book
from desk.report.model import MapView, NetworkView, ProblemRow, Refs, ReportModel, SourceRow
from desk.report.networks import describe_network
from desk.report.proof import post_views
from desk.report.summary import doubts, figures, next_steps, summary, withheld
from desk.report.tally import Tally, tally_posts
from desk.report.ties import by_network
from desk.report.timeline import timeline
from desk.report.wording import minute
from graph.analysis.hidden import without_hidden
from graph.analysis.witnesses import witnesses_of

MOST_NETWORKS = 10
MOST_POSTS = 40
_MOST_PROBLEMS, _MOST_SOURCES = 50, 200


def build_report(
    case: Case, *, limit_networks: int = MOST_NETWORKS, limit_posts: int = MOST_POSTS, progress: Progress = no_progress
) -> ReportModel:
    """What the report of this case says; reads the case once from end to end, and the posts shown once more."""
    connections = case.store.connections()
    ordered = sorted(connections.networks, key=lambda network: (-len(network.posts), -network.suspect, network.id))
    chosen = ordered[:limit_networks]
    hidden = in_force(case.judgements()).hidden
    shown = without_hidden(case.store.read_posts(), hidden)
    tally = tally_posts(shown, chosen, _contacts(connections, chosen), witnesses_of(connections), progress)
    chosen = [network for network in chosen if tally.networks[network.id].offers]
    titles = _titles(case)
    networks, map_view, posts = _networks(
        connections, chosen, tally, limit_posts, lambda posts: without_hidden(case.store.read_posts(posts), hidden)
    )
    problems = case.store.problems()
    groups = _problems(problems)
    sources = _sources(case, tally, titles)
    collected = case.store.counts()["posts"]
    head = case.manifest.head()
    return ReportModel(
        title=case.settings.title,
        purpose=case.settings.purpose,
        legal_basis=case.settings.legal_basis,
        contact=case.settings.contact,
        marking=wording.tlp(case.settings.handling),
        marking_meaning=wording.TLP_MEANING[case.settings.handling],
        made_at=datetime.now(UTC),
        made_by=software(),
        retention_days=case.settings.retention_days,
        evidence_head=head.sha256,
        evidence_lines=head.seq,
        figures=figures(tally, collected, len(ordered)),
        summary=summary(tally, collected, len(ordered), len(networks)),
        doubts=doubts(tally, collected, networks, len(problems)),
        withheld=withheld(tally),
        next_steps=next_steps(tally, collected, len(ordered), case.folder.name),
        scale=_scale(),
        networks=networks,
        networks_left_out=len(ordered) - len(chosen),
        map=map_view,
        timeline=timeline(tally.moments, tally.undated),
        sources=sources[:_MOST_SOURCES],
        sources_left_out=max(0, len(sources) - _MOST_SOURCES),
        problems=groups[:_MOST_PROBLEMS],
        problems_left_out=max(0, len(groups) - _MOST_PROBLEMS),
        posts=post_views(case, posts, titles),
    )  # fmt: skip


def _networks(
    connections: Connections,
    chosen: Sequence[Network],
    tally: Tally,
    limit_posts: int,
    read: Callable[[Collection[str]], Iterable[ReadPost]],
) -> tuple[tuple[NetworkView, ...], MapView | None, list[str]]:
    """The networks, the map that they make, and the posts that prove both, in reading order."""
    book = Book(tally.offers, limit_posts)
    drafts = []
    for number, ties in enumerate(by_network(connections, tally, chosen), start=1):
        draft = describe_network(ties, tally, book, number)
        found = analyse_network(connections, ties, tally, book, number, list(read(ties.network.posts)))
        drafts.append(
            replace(draft, routes=found.routes, keys=found.keys, changes=found.changes, texts_sent=found.texts)
        )
    home = {post: number for number, network in enumerate(chosen, start=1) for post in reversed(network.posts)}

    def cite(posts: Sequence[str]) -> Refs:
        return book.cite(home.get(posts[0], 1), posts)

    numbered = [(number, tally.networks[network.id]) for number, network in enumerate(chosen, start=1)]
    map_view = draw_map(numbered, cite)
    views: list[NetworkView] = []
    ordered: dict[str, None] = {}
    for draft, (number, counted) in zip(drafts, numbered, strict=True):
        book.fill(number, counted.offers)
        own = book.of(number)
        context = tuple(post for post in draft.context if post not in ordered)
        left_out = len(counted.offers) - len(own)
        views.append(replace(draft, posts=tuple(own), context=context, posts_left_out=max(0, left_out)))
        ordered |= dict.fromkeys([*own, *context])
    return tuple(views), map_view, list(ordered)


def _contacts(connections: Connections, chosen: Sequence[Network]) -> dict[str, str]:
    """The contacts of the recruiters in these networks, each with the id of its network."""
    ids = {network.id for network in chosen}
    return {
        i: actor.network
        for actor in connections.actors
        if actor.network in ids
        for i in actor.identifiers
        if actor.network
    }


def _titles(case: Case) -> dict[str, str]:
    try:
        return {source.name: source.title for source in case.sources()}
    except SettingsError:
        return {}  # a mistake in a source's file is told by the crawl; the report can do with names


def _sources(case: Case, tally: Tally, titles: dict[str, str]) -> tuple[SourceRow, ...]:
    crawls = {crawl.source: crawl for crawl in sorted(case.store.crawls(), key=lambda crawl: crawl.begun_at)}
    rows = []
    for name in sorted({*tally.sources, *crawls, *titles}):
        seen, crawl = tally.sources.get(name), crawls.get(name)
        rows.append(
            SourceRow(
                name=name,
                title=titles.get(name, ""),
                posts=seen.posts if seen else 0,
                offers=seen.offers if seen else 0,
                first_seen=seen.first if seen else None,
                last_seen=seen.last if seen else None,
                last_crawl=f"{minute(crawl.begun_at)}: {crawl.outcome.value}" if crawl else "",
            )
        )
    return tuple(sorted(rows, key=lambda row: (-row.posts, row.name)))


def _problems(problems: Sequence[Problem]) -> tuple[ProblemRow, ...]:
    """What was set aside, one row for each reason, the newest first; the items are counted and the last one named."""
    groups: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        groups.setdefault((problem.stage, problem.reason), []).append(problem)
    rows = (
        ProblemRow(
            at=found[-1].at,
            stage=stage,
            item=found[-1].item,
            others=len(found) - 1,
            reason=reason,
            remedy=found[-1].remedy,
        )
        for (stage, reason), found in groups.items()
    )
    return tuple(sorted(rows, key=lambda row: row.at, reverse=True))


def _scale() -> tuple[tuple[str, str], ...]:
    bounds = [0.0, *(bound for bound, _ in wording.ICD_203)]
    return tuple(
        (words, f"{low:.0%} to {high:.0%}") for (high, words), low in zip(wording.ICD_203, bounds, strict=False)
    )
