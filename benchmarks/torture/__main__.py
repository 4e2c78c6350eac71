"""Tortures cases on the demo web, and prints what was done and what was lost; exit code 1 when anything was.

python -m benchmarks.torture [--kills 200] [--cases 4] [--side-by-side 2] [--seed 1] [--without-elastic] [--only kills|faults] [--fault NAME]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from benchmarks.torture.faults import try_all
from benchmarks.torture.kills import torture
from desk.demo.web import DemoWeb
from tests.elastic.server import NoServer, Server, running


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--cases", type=int, default=4, help="the kills are shared among so many cases")
    parser.add_argument("--side-by-side", type=int, default=2, help="cases tortured at the same time")
    parser.add_argument("--small", action="store_true", help="kill cases of the three small sites and two files only")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--without-elastic", action="store_true", help="leave the index out")
    parser.add_argument("--only", choices=("kills", "faults"))
    parser.add_argument("--fault", default="", help="only faults whose name holds this")
    chosen = parser.parse_args()
    wrong: list[str] = []
    with ExitStack() as open_here:
        web = open_here.enter_context(DemoWeb())
        folder = Path(open_here.enter_context(tempfile.TemporaryDirectory(prefix="jejak-torture-")))
        if chosen.only != "faults":
            server = None if chosen.without_elastic else _server(open_here)
            wrong += torture(
                web, folder, server, chosen.kills, chosen.cases, chosen.side_by_side, chosen.seed, small=chosen.small
            )
        if chosen.only != "kills":
            wrong += try_all(web, folder / "faults", chosen.fault, chosen.side_by_side)
    sys.exit(bool(wrong))


def _server(open_here: ExitStack) -> Server | None:
    try:
        return open_here.enter_context(running())
    except NoServer as error:
        print(f"without an index: {error}")
        return None


if __name__ == "__main__":
    main()
