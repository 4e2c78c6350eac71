"""The places that a search finds in their roles, on a map and as a list; each narrows the search down."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from casefile.records import Role
from casefile.store.store import Store
from desk.page.narrowing import condition, turned
from desk.report.atlas import ENDS, Spot, draw_spots, spot_at
from desk.report.model import MapView
from desk.report.networks import place_name
from desk.report.tally import Place
from desk.report.wording import ROLE_WORDS


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A place in a role, how many posts say so, and the address of the search for these alone, or without that."""

    place: str
    role: str
    posts: int
    address: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class OverMap:
    """The map, the address behind each of its points, and the same as rows, the most told first."""

    map: MapView | None
    behind: Mapping[str, str]
    rows: tuple[RoleRow, ...]


def over_map(
    store: Store, counted: Mapping[Role, Mapping[str, int]], query: str, address: Callable[[str], str]
) -> OverMap:
    """What the map shows of places (`KH/poipet`) counted by role."""
    spots: dict[str, Spot] = {}
    lost: set[str] = set()
    rows = []
    behind: dict[str, tuple[int, str]] = {}
    for role, places in counted.items():
        for value, posts in places.items():
            place = _place(store, value, role)
            leads_to, chosen = turned(query, condition(role, value))
            rows.append(RoleRow(place_name(place), ROLE_WORDS[role], posts, address(leads_to), chosen))
            found = spot_at(place)
            if found is None:
                lost.add(place.name)
                continue
            spot_id, fresh = found
            spot = spots.setdefault(spot_id, fresh)
            spot.roles[ENDS[role]] = spot.roles.get(ENDS[role], 0) + posts
            # A point leads to what is told of it most often; a whole country stands for all that lies in it.
            if spot_id.startswith("country:"):
                leads_to, _ = turned(query, condition(role, spot.country))
            behind[spot_id] = max(behind.get(spot_id, (0, "")), (posts, address(leads_to)))
    rows.sort(key=lambda row: (not row.chosen, -row.posts, row.place))
    return OverMap(draw_spots(spots, lost), {spot: there for spot, (_, there) in behind.items()}, tuple(rows))


def _place(store: Store, value: str, role: Role) -> Place:
    told = store.place_attributes(f"place:{value}")
    lat, lon = told.get("lat"), told.get("lon")
    return Place(
        id=f"place:{value}",
        role=role.value,
        name=str(told.get("name") or value.rpartition("/")[2]),
        country=value.partition("/")[0],
        kind=str(told.get("kind") or ("" if "/" in value else "country")),
        lat=lat if isinstance(lat, float) else None,
        lon=lon if isinstance(lon, float) else None,
    )
