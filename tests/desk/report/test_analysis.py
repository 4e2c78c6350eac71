"""Routes, key recruiters, changes and texts in the report: proved by offers, and shielded like all else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from casefile.case import Case
from casefile.records import Actor, Campaign, LinkKind, PostKind
from desk.report.build import build_report
from desk.report.model import NetworkView
from desk.report.write import write_report
from tests.casefile.making import save_connections
from tests.desk.report.sample import (
    COMPANY,
    HOSTILE,
    HOTLINE,
    ID_NAMED,
    ID_TEXTS,
    VICTIM_PHONE,
    connections,
    empty_case,
    id_of,
    keep,
    link,
    post,
    read,
)


def _largest(case: Case) -> NetworkView:
    return build_report(case).networks[0]


def _posts(case: Case, kind: PostKind) -> tuple[str, ...]:
    return tuple(read.post.id for read in case.store.read_posts() if read.reading.kind is kind)


def _with_campaigns(case: Case, *campaigns: Campaign) -> None:
    save_connections(case.store, replace(case.store.connections(), campaigns=campaigns))


def test_a_route_is_told_with_its_offers(case: Case) -> None:
    routes = {claim.subject: claim for claim in _largest(case).routes}
    route = routes["Medan (Indonesia) → Poipet (Cambodia)"]
    assert "job offers" in route.statement
    assert route.refs.shown


def test_a_contact_that_comes_later_is_told_with_the_post_that_first_gives_it(tmp_path: Path) -> None:
    with empty_case(tmp_path) as case:
        offers = [post("id_harborjobs", n, ID_TEXTS[n % 3], day=9 * n - 200) for n in range(14)]
        keep(case, "id_harborjobs", offers, [read(p, PostKind.RECRUITMENT, ID_NAMED) for p in offers])
        save_connections(case.store, connections(offers, [], offers[0], offers[0]))
        changes = {claim.subject: claim for claim in _largest(case).changes}
    added = changes["+6281200002222"]
    assert added.refs.shown == (offers[2].id,)
    assert added.first_seen == offers[2].published
    assert "not given before" in added.statement
    assert "+6281200001111" not in changes  # it was there from the beginning


def test_a_text_is_shown_with_its_slots_and_its_posts(case: Case) -> None:
    offers = _largest(case).posts
    _with_campaigns(case, Campaign(id="text:one", posts=tuple(offers[:3]), template="KERJA di ⟨place⟩", sources=2))
    (text,) = _largest(case).texts_sent
    assert (text.subject, text.statement, text.refs.total) == ("KERJA di ⟨place⟩", "three times on two sources", 3)


@pytest.mark.parametrize("kind", [PostKind.PLEA, PostKind.WARNING])
def test_a_text_of_which_a_copy_is_no_offer_is_not_shown(kind: PostKind, case: Case) -> None:
    posts = (*_largest(case).posts[:2], *_posts(case, kind))
    _with_campaigns(case, Campaign(id="text:one", posts=posts, template="Ibu Sekar mencari anaknya"))
    assert _largest(case).texts_sent == ()


def test_contacts_that_only_others_name_are_in_no_change(case: Case) -> None:
    shown = {claim.subject for claim in _largest(case).changes}
    assert not {HOTLINE[2], VICTIM_PHONE[2]} & shown


def test_the_recruiter_on_whom_others_depend_is_told(case: Case) -> None:
    known = case.store.connections()
    first = next(actor for actor in known.actors if actor.id == "actor:lautan")
    other = Actor(
        id="actor:other", name="info_lautan_demo", identifiers=first.identifiers[1:2], posts=first.posts[:2],
        confidence=0.8, network=first.network,
    )  # fmt: skip
    network = next(n for n in known.networks if n.id == first.network)
    both = replace(network, members=(*network.members, other.id))
    links = (*known.links, link(other.id, LinkKind.RECRUITS_FOR, id_of(COMPANY), other.posts))
    networks = tuple(both if n.id == both.id else n for n in known.networks)
    save_connections(case.store, replace(known, actors=(*known.actors, other), links=links, networks=networks))
    keys = {claim.subject: claim.statement for claim in _largest(case).keys}
    assert keys.keys() == {"hr_lautan_demo", "info_lautan_demo"}
    assert "job offers would be gone" in keys["hr_lautan_demo"]
    assert "gone" not in keys["info_lautan_demo"]


def test_a_hostile_text_is_only_text(case: Case, tmp_path: Path) -> None:
    _with_campaigns(case, Campaign(id="text:one", posts=tuple(_largest(case).posts[:2]), template=HOSTILE))
    page = write_report(case, tmp_path / "report.html").read_text(encoding="utf-8")
    assert "Texts sent many times" in page
    assert "<marquee>" not in page
    assert "\u202e" not in page
