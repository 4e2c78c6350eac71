from collections.abc import Sequence

from casefile.settings import CONFIG_FOLDER
from desk.report.atlas import countries, draw_map
from desk.report.model import Refs
from desk.report.tally import NetworkTally, Place


def refs(posts: Sequence[str]) -> Refs:
    return Refs(shown=tuple(posts), total=len(posts))


def place(identity: str, role: str, kind: str, lat: float | None, lon: float | None, country: str) -> Place:
    return Place(
        id=identity,
        role=role,
        name=identity.partition("/")[2] or identity,
        country=country,
        kind=kind,
        lat=lat,
        lon=lon,
        posts=["p1"],
    )


def tally(*places: Place, flows: dict[tuple[str, str], list[str]] | None = None) -> NetworkTally:
    found = NetworkTally(places={(p.id, p.role): p for p in places})
    found.flows.update(flows or {})
    return found


MEDAN = place("place:ID/medan", "origin", "town", 3.5834, 98.6667, "ID")
POIPET = place("place:KH/poipet", "destination", "town", 13.6573, 102.5632, "KH")
COMPOUND = place("place:KH/some-park", "worksite", "compound", 10.6312, 103.5211, "KH")


def test_the_outlines_are_small_and_closed() -> None:
    assert (CONFIG_FOLDER / "map" / "countries.geojson").stat().st_size <= 300_000
    assert all(ring[0] == ring[-1] and len(ring) >= 4 for country in countries() for ring in country.rings)
    assert {"KH", "MM", "LA", "TH", "VN", "PH", "ID", "MY", "SG", "HK", "TL", "AE", "KE"} <= {
        c.code for c in countries()
    }


def test_a_compound_is_never_drawn_finer_than_its_country() -> None:
    alone = draw_map([(1, tally(COMPOUND))], refs)
    elsewhere = draw_map([(1, tally(place("place:KH/other-park", "worksite", "compound", 13.6, 102.5, "KH")))], refs)
    assert alone is not None and elsewhere is not None
    assert [p.words for p in alone.points] == ["Cambodia: destination in one post"]
    assert (alone.points[0].x, alone.points[0].y) == (elsewhere.points[0].x, elsewhere.points[0].y)


def test_a_place_of_unknown_kind_stands_at_its_country() -> None:
    drawn = draw_map([(1, tally(place("place:KH/house-12", "destination", "", 11.55, 104.91, "KH")))], refs)
    assert drawn is not None and drawn.points[0].is_country


def test_a_town_is_rounded_so_that_it_is_no_house() -> None:
    here, near = (
        draw_map([(1, tally(MEDAN, place("place:KH/poipet", "destination", "town", lat, 102.56, "KH")))], refs)
        for lat in (13.657, 13.659)
    )
    assert here is not None and near is not None and here.points == near.points


def test_an_arrow_leads_from_origin_to_destination_with_its_posts() -> None:
    drawn = draw_map([(3, tally(MEDAN, POIPET, flows={(MEDAN.id, POIPET.id): ["p1", "p2"]}))], refs)
    assert drawn is not None
    (flow,) = drawn.flows
    assert (flow.from_name, flow.to_name, flow.networks, flow.refs.total) == ("medan", "poipet", (3,), 2)


def test_a_place_without_a_point_is_named_below_the_map() -> None:
    drawn = draw_map([(1, tally(POIPET, place("place:ZZ/nowhere", "destination", "town", None, None, "ZZ")))], refs)
    assert drawn is not None and drawn.not_drawn == ("nowhere",)


def test_without_roles_there_is_no_map() -> None:
    assert draw_map([(1, tally(place("place:KH/poipet", "mention", "town", 13.6, 102.5, "KH")))], refs) is None
