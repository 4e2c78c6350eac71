from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

from casefile.case import Case
from casefile.records import Connections, PostKind
from desk.report.build import build_report
from desk.report.model import Refs, ReportModel
from tests.casefile.making import save_connections
from tests.desk.report.sample import (
    COMPANY,
    HOTLINE,
    ID_NAMED,
    ID_TEXTS,
    PHONE_A,
    SETTINGS,
    VICTIM,
    VICTIM_PHONE,
    empty_case,
    id_of,
    keep,
    link,
    post,
    read,
    sample_case,
)


def all_refs(value: object) -> Iterator[Refs]:
    """Every proof in a model."""
    if isinstance(value, Refs):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from all_refs(getattr(value, field.name))
    elif isinstance(value, tuple):
        for one in value:
            yield from all_refs(one)


def test_every_claim_leads_to_a_post_of_the_report_and_the_post_to_its_capture(case: Case) -> None:
    model = build_report(case)
    found = list(all_refs((model.networks, model.map)))
    assert len(found) > 20
    assert all(refs.shown and set(refs.shown) <= set(model.posts) for refs in found)
    assert all(view.captures and view.captures[0].payload_sha256 for view in model.posts.values())


def test_posts_are_numbered_in_reading_order(case: Case) -> None:
    model = build_report(case)
    read_in_order = [post for network in model.networks for post in (*network.posts, *network.context)]
    assert [model.posts[post].number for post in read_in_order] == list(range(1, len(model.posts) + 1))


def test_the_largest_network_comes_first_and_is_described(case: Case) -> None:
    first, second = build_report(case).networks
    assert (first.offers, first.texts, second.offers, second.texts) == (14, 3, 2, 1)
    assert [claim.subject for claim in first.destinations] == ["Poipet (Cambodia)"]
    assert [claim.subject for claim in first.companies] == ["PT Lautan Demo"]
    assert [claim.subject for claim in first.pay] == ["USD 900 to 1,500"]
    assert {sign.ilo for sign in first.signs} == {"Deception", "Debt bondage"}
    assert "14 job offers" in first.paragraph[0] and not first.weak


def test_weak_evidence_is_said_to_be_weak(case: Case) -> None:
    model = build_report(case)
    assert any("copies of one text" in reason for reason in model.networks[1].weak)
    assert all(claim.weak == "weak evidence" for claim in model.networks[1].actors[0].contacts)
    assert any("weak for network 2" in doubt for doubt in model.doubts)


def test_what_only_warnings_and_pleas_name_is_listed_nowhere(case: Case) -> None:
    model = build_report(case)
    said = repr(replace(model, posts={}))
    for _, words, value, _ in (VICTIM, VICTIM_PHONE, HOTLINE):
        assert words not in said and value not in said
    assert PHONE_A[2] in said


def test_warnings_and_pleas_stand_beside_the_network_whose_contact_they_name(case: Case) -> None:
    model = build_report(case)
    assert [model.posts[post].kind for post in model.networks[0].context] == ["plea", "warning"]
    assert all(not model.posts[post].author for post in model.networks[0].context)


def test_a_link_that_only_others_prove_does_not_bring_them_into_the_network(case: Case) -> None:
    connections = case.store.connections()
    honest = post("id_honest", 1, "PT Lautan Demo buka lowongan kasir, hubungi hrd_jujur", "hrd_jujur", 5)
    keep(case, "id_honest", [honest], [read(honest, PostKind.RECRUITMENT, (COMPANY,), 0.1)])
    links = (*connections.links, link("actor:honest", connections.links[0].kind, id_of(COMPANY), [honest.id]))
    save_connections(case.store, replace(connections, links=links))
    model = build_report(case)
    assert honest.id not in model.posts and "honest" not in repr(model.networks)


def test_an_empty_case_says_what_to_do(tmp_path: Path) -> None:
    with empty_case(tmp_path) as case:
        model = build_report(case)
    assert "no posts yet" in model.summary[0]
    assert any("jejak import" in step for step in model.next_steps)
    assert (model.networks, model.map, model.timeline, model.posts) == ((), None, None, {})


def test_posts_that_were_not_read_are_told_apart_from_no_posts(tmp_path: Path) -> None:
    with empty_case(tmp_path) as case:
        keep(case, "id_harborjobs", [post("id_harborjobs", 1, ID_TEXTS[0])], [])
        model = build_report(case)
    assert "none has been read" in model.summary[0]
    assert any("jejak process" in step for step in model.next_steps)


def test_a_case_without_networks_is_reported(tmp_path: Path) -> None:
    with sample_case(tmp_path) as case:
        save_connections(case.store, Connections(entities=(), actors=(), links=(), networks=()))
        model = build_report(case)
    assert any("No network" in sentence for sentence in model.summary)
    assert model.timeline is not None and model.next_steps


def test_posts_without_dates_stand_where_they_were_first_seen(tmp_path: Path) -> None:
    with empty_case(tmp_path) as case:
        undated = replace(post("id_harborjobs", 1, ID_TEXTS[0]), published=None)
        keep(case, "id_harborjobs", [undated], [read(undated, PostKind.RECRUITMENT, ID_NAMED)])
        model = build_report(case)
    assert model.timeline is not None and model.timeline.undated == 1
    assert any("no date" in doubt for doubt in model.doubts)


def test_the_report_stays_small_and_says_what_it_left_out(case: Case) -> None:
    model: ReportModel = build_report(case, limit_networks=1, limit_posts=2)
    assert model.networks_left_out == 1
    assert model.networks[0].posts_left_out == 14 - len(model.networks[0].posts) > 0
    assert len(model.networks[0].posts) <= 6


def test_the_state_of_the_evidence_is_the_head_of_the_manifest(case: Case) -> None:
    model, head = build_report(case), case.manifest.head()
    assert (model.evidence_head, model.evidence_lines) == (head.sha256, head.seq)
    assert model.marking == "TLP:AMBER+STRICT" and model.title == SETTINGS.title


def test_an_unclear_post_proves_nothing_and_names_nobody(tmp_path: Path) -> None:
    with sample_case(tmp_path) as case:
        unclear = [replace(read.reading, kind_confidence=0.4) for read in case.store.read_posts()]
        case.store.save_readings(unclear, "doubtful")
        model = build_report(case)
    assert model.networks == () and model.posts == {}
    assert any("may well be something else" in doubt for doubt in model.doubts)
