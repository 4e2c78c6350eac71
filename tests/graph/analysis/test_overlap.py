"""What links two cases."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from casefile.records import Connections, PostKind, ReadPost
from graph.analysis.overlap import Common, CommonKind, overlap_of
from graph.connect import connect
from tests.graph.making import POIPET, Named, company, handle, phone, read_post, unlike

A, B = "+6281200000001", "+6281200000002"
Side = tuple[Connections, Callable[[], Iterable[ReadPost]]]


def _case(posts: Sequence[ReadPost]) -> Side:
    return connect(posts), lambda: posts


def _found(left: Sequence[ReadPost], right: Sequence[ReadPost]) -> dict[CommonKind, Common]:
    return {common.kind: common for common in overlap_of(_case(left), _case(right)).found}


def _offer(number: int, surface: str, named: Named, source: str = "xx_board", text: str = "") -> ReadPost:
    return read_post(number, f"{text or unlike(number)} {surface}", {surface: named}, source=source)


def test_a_contact_of_both_cases_is_named_with_the_posts_of_either() -> None:
    left, right = _offer(1, A, phone(A)), _offer(2, A, phone(A), "xx_other")
    common = _found([left], [right])[CommonKind.CONTACT]
    assert (common.left, common.right) == (f"phone:{A}", f"phone:{A}")
    assert (common.left_posts, common.right_posts) == ((left.post.id,), (right.post.id,))
    assert common.left_actors
    assert not common.everybodys


def test_the_same_number_under_another_messenger_is_found() -> None:
    right = _offer(2, "wa", handle(f"whatsapp:{A}"), "xx_other")
    assert _found([_offer(1, A, phone(A))], [right])[CommonKind.NUMBER].right == f"whatsapp:{A}"


def test_a_name_with_another_running_number_is_found() -> None:
    left, right = _offer(1, "@a", handle("telegram:hrsenja1")), _offer(2, "@b", handle("telegram:hrsenja2"))
    assert CommonKind.NAMESAKE in _found([left], [right])


def test_one_text_in_both_cases_is_found() -> None:
    left, right = _offer(1, A, phone(A), text=unlike(7)), _offer(2, B, phone(B), "xx_other", text=unlike(7))
    common = _found([left], [right])[CommonKind.TEXT]
    assert (common.left, common.right) == (left.post.id, right.post.id)


def test_a_company_and_a_destination_are_found_and_the_destination_comes_last() -> None:
    named: dict[str, Named] = {A: phone(A), "PT Fajar": company("PT Fajar"), "Poipet": POIPET}
    left = read_post(1, f"{unlike(1)} {A} PT Fajar Poipet", named)
    right = read_post(
        2, f"{unlike(2)} {B} PT FAJAR Poipet", {B: phone(B), "PT FAJAR": company("PT FAJAR"), "Poipet": POIPET}
    )
    kinds = [common.kind for common in overlap_of(_case([left]), _case([right])).found]
    assert kinds == [CommonKind.COMPANY, CommonKind.DESTINATION]


def test_the_contact_of_a_warner_links_no_cases() -> None:
    warning = read_post(1, f"{unlike(1)} {A}", {A: phone(A)}, kind=PostKind.WARNING)
    assert _found([warning], [_offer(2, A, phone(A))]) == {}


def test_a_post_in_both_cases_is_told_to_be_one_proof() -> None:
    post = _offer(1, A, phone(A))
    assert overlap_of(_case([post]), _case([post])).same_posts == (post.post.id,)


def test_the_order_of_the_cases_only_turns_the_sides() -> None:
    left, right = [_offer(1, A, phone(A))], [_offer(2, A, phone(A), "xx_other")]
    (one,), (other,) = overlap_of(_case(left), _case(right)).found, overlap_of(_case(right), _case(left)).found
    assert (one.left_posts, one.right_posts) == (other.right_posts, other.left_posts)
