from datetime import UTC, datetime, timedelta

import pytest

from casefile.records import Label, Mention, Network, Post, PostKind, Reading, ReadPost, Scalar
from desk.report.tally import NetworkTally, tally_posts

AT = datetime(2026, 3, 2, tzinfo=UTC)


def mention(label: Label, value: str, **told: Scalar) -> Mention:
    return Mention(
        label=label, start=0, end=1, surface="x", value=value, confidence=0.9, extractor="test", attributes=told
    )


def place(value: str, role: str) -> Mention:
    return mention(
        Label.LOC, value, role=role, country=value[:2], name=value, kind="town" if "/" in value else "country"
    )


def read_post(number: int, *mentions: Mention, kind: PostKind = PostKind.RECRUITMENT, text: str = "x") -> ReadPost:
    post = Post(id=f"p{number}", source="xx_test", url=None, text=text)
    seen = AT + timedelta(days=number)
    return ReadPost(
        post=post,
        reading=Reading(post_id=post.id, lang="en", kind=kind, suspect=0.9, mentions=mentions),
        first_seen=seen,
        last_seen=seen,
    )


def tallied(
    *posts: ReadPost, contacts: dict[str, str] | None = None, campaigns: dict[str, str] | None = None
) -> NetworkTally:
    offers = tuple(read.post.id for read in posts if read.reading.kind is PostKind.RECRUITMENT)
    network = Network(id="n", name="n", members=(), posts=offers, destinations=(), origins=(), suspect=0.9)
    return tally_posts(posts, [network], contacts or {}, campaigns or {}).networks["n"]


def test_a_country_goes_without_saying_beside_its_town() -> None:
    found = tallied(read_post(1, place("KH/poipet", "worksite"), place("KH", "destination"), place("TH", "transit")))
    assert {identity for identity, _ in found.places} == {"place:KH/poipet", "place:TH"}


def test_a_country_counts_where_the_town_has_another_role() -> None:
    found = tallied(read_post(1, place("KH/poipet", "destination"), place("KH", "origin")))
    assert list(found.flows) == [("place:KH", "place:KH/poipet")]


def test_a_list_of_the_whole_world_makes_few_arrows() -> None:
    origins = [place(f"ID/town-{n}", "origin") for n in range(300)]
    found = tallied(read_post(1, *origins, *(place(f"KH/town-{n}", "destination") for n in range(300))))
    assert len(found.flows) <= 36


def test_the_posts_of_one_campaign_are_one_wording() -> None:
    found = tallied(*(read_post(n) for n in range(4)), campaigns={"p0": "text:a", "p1": "text:a"})
    assert len(found.texts) == 3


def test_what_is_denied_is_no_sign() -> None:
    found = tallied(read_post(1, mention(Label.INDICATOR, "fee", title="A fee", ilo="Debt bondage", negated=True)))
    assert not found.signs


def test_a_sign_counts_for_each_of_its_ilo_indicators_once_a_post() -> None:
    sign = mention(Label.INDICATOR, "ticket", title="Ticket paid", ilo="Deception; Debt bondage")
    found = tallied(read_post(1, sign, sign), read_post(2, sign))
    assert {ilo: len(signs["Ticket paid"]) for ilo, signs in found.signs.items()} == {"Deception": 2, "Debt bondage": 2}


@pytest.mark.parametrize("kind", [PostKind.WARNING, PostKind.PLEA, PostKind.NEWS, PostKind.OTHER])
def test_only_offers_say_what_is_promised_and_where(kind: PostKind) -> None:
    other = read_post(2, mention(Label.PHONE, "+6281200001111"), place("MM/far", "destination"), kind=kind)
    found = tallied(read_post(1), other, contacts={"phone:+6281200001111": "n"})
    assert (found.context, found.places, found.offers) == ([(kind, "p2")], {}, ["p1"])


def test_pay_without_an_amount_promises_nothing() -> None:
    found = tallied(read_post(1, mention(Label.SALARY, "high pay", currency="USD")))
    assert not any(pay.posts for pay in found.pay.values())
