"""Writing the report of a case."""

from __future__ import annotations

import webbrowser
from dataclasses import dataclass
from pathlib import Path

from casefile.case import Case
from desk import terminal


@dataclass(frozen=True, slots=True)
class Written:
    """A report that was written."""

    path: Path
    size: int


def write(case: Case, path: Path | None) -> Written:
    """Write the report to `path`, or to report.html in the case's exports."""
    from desk.report.write import write_report

    target = path or case.folder / "exports" / "report.html"
    with terminal.progress("Writing the report", "posts") as progress:
        write_report(case, target, progress=progress)
    return Written(target, target.stat().st_size)


def show(report: Written, as_json: bool, *, open_it: bool = False) -> None:
    """Tell where the report is, and open it if wanted."""
    if as_json:
        terminal.say_json({"report": str(report.path), "bytes": report.size})
    else:
        terminal.say(
            f"Report: {report.path} ({report.size / 1e6:.1f} MB; opens in any browser, works offline).", "bold"
        )
    if open_it and not webbrowser.open(report.path.resolve().as_uri()):
        terminal.note("No browser could be opened here; open the file by hand.")
