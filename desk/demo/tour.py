"""The demo: the whole job on the demo web, and what to try next."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from casefile.case import Case
from casefile.errors import CaseError, MissingProgram
from casefile.records import Network
from casefile.settings import CaseSettings
from casefile.settings_files import read_case_settings
from casefile.verify import verify_case
from desk import collecting, names, reporting, terminal, working
from desk.demo.web import DemoWeb

DEMO_PURPOSE = "Show what Jejak does, on a small web whose persons, numbers and companies are invented"


def run_demo(folder: Path, *, workers: int | None, open_it: bool) -> None:
    """Make the demo case anew in `folder`, do the whole job, and tell what was found."""
    _make_room(folder)
    with DemoWeb() as web, Case.create(folder, _settings()) as case:
        sources = web.source_files()
        for file, text in sources.items():
            (folder / "sources" / file).write_text(text, encoding="utf-8")
        terminal.say(
            f"A small web is running on this computer: {len(web.posts)} posts on {len(web.ports)} sites, all of it invented.",
            "bold",
        )
        crawled = collecting.crawl(case, _readable_sources(case), parallel=2)
    collecting.show_crawls(crawled, as_json=False)
    with Case.open(folder) as case:
        terminal.say()
        working.show(working.process(case, workers), as_json=False)
        report = reporting.write(case, None)
        from desk.handing_over import door

        door.give(case, door.Request(to=case.folder / "exports" / "network"))
        with terminal.progress("Checking", "bytes") as progress:
            findings = list(verify_case(case, progress))
        terminal.say("Evidence: every byte is as it was kept." if not findings else f"Evidence: {findings[0]}")
        _tell(case)
        terminal.say()
        reporting.show(report, as_json=False, open_it=open_it and sys.stdout.isatty())
        _next_steps(case)


def _settings() -> CaseSettings:
    return CaseSettings(
        title="Demo: who recruits for whom",
        purpose=DEMO_PURPOSE,
        legal_basis="None is needed: nobody in it exists",
        contact="demo@jejak.example",
        allow_addresses=("127.0.0.1",),
    )


def _make_room(folder: Path) -> None:
    """An older demo case makes room; anything else stays."""
    if not folder.exists() or not any(folder.iterdir()):
        return
    try:
        is_demo = read_case_settings(folder).purpose == DEMO_PURPOSE
    except Exception as error:
        raise CaseError(
            f"{folder}: is in the way and is no demo case", "Name another folder: jejak demo FOLDER"
        ) from error
    if not is_demo:
        raise CaseError(f"{folder}: is a case of yours, not a demo case", "Name another folder: jejak demo FOLDER")
    shutil.rmtree(folder)


def _readable_sources(case: Case) -> list[str]:
    """The names of the sources; without a browser, those that need none."""
    from crawlers.browser import find_browser

    sources = case.sources()
    try:
        find_browser()
    except MissingProgram as error:
        terminal.note(f"{error} {error.remedy}", "yellow")
        terminal.note("The one source that needs JavaScript is left out; all else is done.", "yellow")
        return [s.name for s in sources if s.family != "rendered"]
    return [s.name for s in sources]


def _tell(case: Case) -> None:
    connections = case.store.connections()
    networks = {n.id: n for n in connections.networks}
    called = {e.id: e.name for e in connections.entities}
    ranked = [networks[i] for i in names.ranked_networks(connections)]
    terminal.say(
        f"\n{len(ranked)} networks were found in these posts:" if ranked else "\nNo network was found.", "bold"
    )
    for number, network in enumerate(ranked, 1):
        terminal.say(f"  {number}. {_sentence(network, called)}")


def _sentence(network: Network, called: dict[str, str]) -> str:
    contacts = [
        m for m in network.members if m.startswith(("phone:", "telegram:", "whatsapp:", "line:", "wechat:", "zalo:"))
    ]
    places = ", ".join(called.get(p, p) for p in network.destinations[:3]) or "no place named"
    return f"{network.name}: {len(network.posts)} posts, {len(contacts)} contacts, towards {places}"


def _next_steps(case: Case) -> None:
    terminal.say("\nTry next:", "bold")
    steps = list(_steps(case))
    width = max(len(command) for command, _ in steps)
    for command, meaning in steps:
        terminal.say(f"  {command:{width}}   {meaning}")
    if not shutil.which("jejak"):
        terminal.say("The command is on your path after: . .venv/bin/activate", "dim")


def _steps(case: Case) -> Iterator[tuple[str, str]]:
    """Commands that answer something on this case, and what they show."""
    connections, folder = case.store.connections(), case.folder
    yield f"jejak search {folder} poipet", "posts that name Poipet"
    yield f"jejak search {folder} 西港", "any script, parts of words too"
    first = next(iter(names.ranked_networks(connections)), None)
    network = next((n for n in connections.networks if n.id == first), None)
    if network is not None:
        phone = next((m for m in network.members if m.startswith("phone:")), network.members[0]).removeprefix("phone:")
        yield f"jejak network {folder} 1", "who belongs to the largest network"
        yield f"jejak show {folder} {phone}", "all that is known about one number"
        yield f"jejak actor {folder} {phone} --why", "whose number it is held to be, and why"
        for place in network.destinations[:1]:
            yield f"jejak path {folder} {phone} {place.removeprefix('place:')}", "the chain of evidence between the two"
    yield f"jejak routes {folder}", "from where, through where, to where"
    yield f"jejak review {folder}", "what the machine doubts, for you to decide"
    yield f"jejak verify {folder}", "proof that nothing was changed"
    yield "jejak new my-case", "a case of your own"
