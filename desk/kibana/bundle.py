"""Everything that is put into Kibana, as one: data views, saved searches, dashboards."""

from __future__ import annotations

from pathlib import Path

from casefile.config_folder import CONFIG_FOLDER
from desk.kibana.dashboards import dashboards
from desk.kibana.data_views import data_views
from desk.kibana.names import EVERY_CASE, Names
from desk.kibana.objects import SavedObject, as_ndjson
from desk.kibana.searches import searches

COMMITTED = CONFIG_FOLDER / "kibana" / "jejak.ndjson"
"""What a person may import by hand: it reads the indices of all cases together."""


def bundle(names: Names) -> tuple[SavedObject, ...]:
    """All objects; what others refer to comes first."""
    return (*data_views(names), *searches(names), *dashboards(names))


def write_committed(path: Path = COMMITTED) -> None:
    """Write the bundle for all cases; run `python -m desk.kibana.bundle` whenever the dashboards change."""
    path.write_text(as_ndjson(bundle(Names(EVERY_CASE))), encoding="utf-8")


if __name__ == "__main__":
    write_committed()
