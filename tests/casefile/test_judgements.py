"""Judgements: kept for ever, the later before the earlier, never contradicting each other."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.case import Case
from casefile.errors import CaseError, JudgementError, NotFound
from casefile.judgements import NOTHING_JUDGED, in_force, pair_of
from casefile.records import Decision, Judgement, LinkKind
from tests.casefile.making import NOW, problems_of

A, B, C = "phone:+6281200001101", "telegram:lotus_hr", "zalo:+84901110001"


def judged(*decisions: tuple[Decision, tuple[tuple[str, ...], ...]], kind: LinkKind | None = None) -> list[Judgement]:
    return [
        Judgement(sequence=number, at=NOW, by="tester", decision=d, subjects=s, because="seen", kind=kind)
        for number, (d, s) in enumerate(decisions, 1)
    ]


def test_a_judgement_is_read_as_it_was_given(case: Case) -> None:
    given = case.judge(Decision.SAME, [[A], [C, B]], "  the same voice on both  ")
    assert case.judgements() == (given,)
    assert (given.decision, given.subjects, given.because) == (Decision.SAME, ((A,), (B, C)), "the same voice on both")
    assert problems_of(case) == []


def test_judgements_outlive_the_database(case: Case) -> None:
    case.judge(Decision.DIFFERENT, [[A], [B]], "two people answered")
    before = case.judgements()
    case.close()
    for path in case.folder.glob("case.db*"):
        path.unlink()
    with Case.open(case.folder) as again:
        assert again.judgements() == before
        assert in_force(again.judgements()).different == {pair_of(A, B)}


def test_an_undone_judgement_is_kept_and_holds_no_more(case: Case) -> None:
    given = case.judge(Decision.HIDE, [[A]], "a hotline")
    undone = case.undo(given.sequence, "it was none")
    assert case.judgements() == (undone,)
    assert undone.undone_by == given.sequence + 1
    assert in_force(case.judgements()) == NOTHING_JUDGED


def test_only_a_judgement_that_holds_can_be_undone(case: Case) -> None:
    given = case.judge(Decision.HIDE, [[A]], "a hotline")
    case.undo(given.sequence, "it was none")
    for number in (given.sequence, 1, 999):
        with pytest.raises(NotFound, match=f"Number {number}"):
            case.undo(number, "again")


@pytest.mark.parametrize(
    ("decision", "subjects", "because", "kind"),
    [
        (Decision.SAME, [[A], [B]], "   ", None),
        (Decision.SAME, [[A], [B]], "x" * 2_001, None),
        (Decision.SAME, [[A]], "alone", None),
        (Decision.DIFFERENT, [], "nobody", None),
        (Decision.HIDE, [[A], []], "nothing", None),
        (Decision.HIDE, [[""]], "nothing", None),
        (Decision.HIDE, [["x" * 1_001]], "long", None),
        (Decision.CONFIRM, [[A], [B], [C]], "three", None),
        (Decision.REJECT, [[A]], "half a link", LinkKind.SENDS_TO),
        (Decision.HIDE, [[A], [B]], "a link", LinkKind.SENDS_TO),
        (Decision.HIDE, [[f"phone:+{n}" for n in range(1_001)]], "many", None),
    ],
)
def test_what_decides_nothing_is_refused(
    case: Case, decision: Decision, subjects: list[list[str]], because: str, kind: LinkKind | None
) -> None:
    with pytest.raises(JudgementError) as told:
        case.judge(decision, subjects, because, kind)
    assert told.value.remedy
    assert case.judgements() == ()


def test_the_later_of_two_judgements_on_a_pair_holds() -> None:
    same, different = (Decision.SAME, ((A,), (B,))), (Decision.DIFFERENT, ((A,), (B,)))
    held = in_force(judged(same, different))
    assert not held.same
    assert held.different == {pair_of(A, B)}
    held = in_force(judged(different, same))
    assert held.same == {pair_of(A, B)}
    assert not held.different


def test_a_later_different_breaks_an_earlier_chain_of_sames() -> None:
    held = in_force(judged((Decision.SAME, ((A,), (B,), (C,))), (Decision.DIFFERENT, ((B,), (C,)))))
    assert held.different == {pair_of(B, C)}
    assert held.same == {pair_of(A, B)}


def test_what_was_in_one_actor_is_not_divided_by_a_judgement_on_the_actor() -> None:
    held = in_force(judged((Decision.DIFFERENT, ((A, B), (C,)))))
    assert held.different == {pair_of(A, C), pair_of(B, C)}


def test_an_identifier_is_divided_from_the_rest_of_its_actor() -> None:
    held = in_force(judged((Decision.DIFFERENT, ((A, B, C), (A,)))))
    assert held.different == {pair_of(A, B), pair_of(A, C)}


def test_a_confirmed_join_is_one_and_a_rejected_one_joins_nobody() -> None:
    assert in_force(judged((Decision.CONFIRM, ((A,), (B,))))).same == {pair_of(A, B)}
    held = in_force(judged((Decision.CONFIRM, ((A,), (B,))), (Decision.REJECT, ((A,), (B,)))))
    assert not held.same
    assert held.rejected == {pair_of(A, B)}
    held = in_force(judged((Decision.REJECT, ((A,), (B,))), (Decision.CONFIRM, ((A,), (B,)))))
    assert held.same == {pair_of(A, B)}
    assert not held.rejected


def test_a_link_is_judged_by_any_identifier_of_an_actor_that_grew() -> None:
    subjects = ((A, B), ("place:KH/poipet",))
    held = in_force(judged((Decision.REJECT, subjects), kind=LinkKind.SENDS_TO))
    assert held.on_link([B, C], LinkKind.SENDS_TO, ["place:KH/poipet"]) is Decision.REJECT
    assert held.on_link([C], LinkKind.SENDS_TO, ["place:KH/poipet"]) is None
    assert held.on_link([A], LinkKind.RECRUITS_FOR, ["place:KH/poipet"]) is None
    held = in_force(judged((Decision.REJECT, subjects), (Decision.CONFIRM, subjects), kind=LinkKind.SENDS_TO))
    assert held.on_link([B, C], LinkKind.SENDS_TO, ["place:KH/poipet"]) is Decision.CONFIRM


def test_who_confirms_a_contact_wants_to_see_it() -> None:
    assert in_force(judged((Decision.HIDE, ((A,),)), (Decision.CONFIRM, ((A,),)))).hidden == frozenset()
    assert in_force(judged((Decision.CONFIRM, ((A,),)), (Decision.HIDE, ((A,),)))).hidden == {A}


_names = st.sampled_from("abcdefgh")
_subject = st.sets(_names, min_size=1, max_size=3).map(lambda names: tuple(sorted(names)))
_decision = st.sampled_from([Decision.SAME, Decision.DIFFERENT, Decision.CONFIRM, Decision.REJECT])
_judgements = st.lists(st.tuples(_decision, st.tuples(_subject, _subject)), max_size=12)


@given(_judgements)
def test_whatever_was_decided_can_be_obeyed(decisions: list[tuple[Decision, tuple[tuple[str, ...], ...]]]) -> None:
    held = in_force(judged(*decisions))
    group = {name: {name} for name in "abcdefgh"}
    for left, right in held.same:
        joined = group[left] | group[right]
        for member in joined:
            group[member] = joined
    assert all(right not in group[left] for left, right in held.different)
    assert not held.same & held.rejected


@given(_judgements, _subject, _subject)
def test_the_last_word_always_holds(
    decisions: list[tuple[Decision, tuple[tuple[str, ...], ...]]], one: tuple[str, ...], other: tuple[str, ...]
) -> None:
    held = in_force(judged(*decisions, (Decision.DIFFERENT, (one, other))))
    apart = {pair_of(a, b) for a in one for b in other if a != b and not (a in other and b in one)}
    assert apart <= held.different
    held = in_force(judged(*decisions, (Decision.SAME, (one, other))))
    reached = {one[0]}
    for _ in held.same:
        reached |= {name for pair in held.same if reached & set(pair) for name in pair}
    assert all({a, b} <= reached for a, b in combinations({*one, *other}, 2))


@pytest.mark.parametrize(
    "entry",
    [
        {"type": "judgement"},
        {"type": "judgement", "decision": "burn", "subjects": [[A]], "because": "x"},
        {"type": "judgement", "decision": "same", "subjects": [A, 5], "because": "x"},
        {"type": "judgement", "decision": "same", "subjects": [[A]], "because": "x"},
        {"type": "judgement", "decision": "reject", "subjects": [[A], [B]], "because": "x", "kind": "loves"},
        {"type": "undo", "undoes": "the first"},
    ],
)
def test_a_judgement_that_cannot_be_understood_is_never_passed_over(case: Case, entry: dict[str, object]) -> None:
    case.journal.append([{"at": NOW.isoformat(), "by": "tester", **entry}])
    with pytest.raises(CaseError, match=r"journal.jsonl, line 2"):
        case.judgements()


@pytest.mark.parametrize(
    "entry",
    [
        {"type": "alert", "watch": "w"},
        {"type": "alert", "watch": "w", "kind": "rumour", "subject": "s", "found": [], "posts": [], "owed": []},
        {"type": "told", "channel": "file x", "alerts": 5},
        {"type": "watching", "watch": "w", "kind": "move", "subject": "s", "found": None},
    ],
)
def test_an_alert_that_cannot_be_understood_is_told(case: Case, entry: dict[str, object]) -> None:
    case.journal.append([{"at": NOW.isoformat(), "by": "tester", **entry}])
    with pytest.raises(CaseError, match=r"journal.jsonl, line 2"):
        case.alert_book()
