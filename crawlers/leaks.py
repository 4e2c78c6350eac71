"""What a site would see of us: one page that tells who asks is crawled, by crawler and by browser, and watched."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from casefile.case import Case
from casefile.children import child_environment
from casefile.errors import JejakError, MissingProgram
from casefile.health.check import Checks, warning, well, wrong
from casefile.settings import CaseSettings, SourceSettings
from crawlers.browser import find_browser
from crawlers.exits import DIRECT, Direct, exit_for
from crawlers.probing.visits import write_source
from crawlers.requests_kept import kept_exchanges
from crawlers.witness import Witnessed, read_witness

_SECONDS = 300
_NAME = "xx_mirror"
_LONGEST = 300
_TELLING = ("user-agent", "accept-language", "referer", "cookie", "from", "x-forwarded-for", "via", "sec-ch-ua")
_LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Seen:
    """What the mirror answered, what was asked of it, and what the machine did meanwhile."""

    answer: str
    headers: dict[str, str]
    witnessed: Witnessed
    trouble: str


def check_ways_out(settings: CaseSettings, sources: tuple[SourceSettings, ...]) -> Checks:
    """Each way out that the case and its sources use, by crawler and browser."""
    ways: dict[str, list[str]] = {settings.network.proxy or DIRECT: []}
    for source in sources:
        ways.setdefault(source.proxy or settings.network.proxy or DIRECT, []).append(source.name)
    for named, users in ways.items():
        what = f"way out {named.rpartition('@')[2] if '@' in named else named}"
        used = f"used by {', '.join(users)}" if users else "used by no source now"
        yield well(what, f"{used}; asking {settings.network.mirror}")
        yield from _check_way(what, settings, named)


def _check_way(what: str, settings: CaseSettings, named: str) -> Checks:
    try:
        way_out = exit_for(settings, SourceSettings.model_construct(name=_NAME, proxy=named))
    except JejakError as error:
        yield wrong(what, str(error), error.remedy)
        return
    try:
        find_browser()
        browsers = [False, True]
    except MissingProgram:
        browsers = [False]
    for browser in browsers:
        seen = look_into_mirror(settings, named, browser=browser)
        yield from judged(
            f"{what}, {'browser' if browser else 'crawler'}", seen, proxied=not isinstance(way_out, Direct)
        )


def judged(what: str, seen: Seen, *, proxied: bool) -> Checks:
    """What the mirror showed; behind a proxy, any name that was looked up on this machine is a leak."""
    if seen.trouble:
        yield wrong(what, seen.trouble, "Nothing was asked by another way. Mend this way, or name another mirror.")
    else:
        yield well(what, f"the site answers: {seen.answer}")
        told = "; ".join(f"{name}: {value}" for name, value in seen.headers.items())
        yield well(what, f"the site was told: {told}")
    if not proxied:
        yield warning(
            what, "sites see this machine's own address", "Set `proxy` in [network] of case.toml if they must not."
        )
        return
    names = sorted(seen.witnessed.names - {_LOOPBACK, "localhost"})
    if names:
        yield wrong(
            what, f"LEAK: this machine looked up {', '.join(names)}", "Crawl nothing this way; please report this."
        )
    elif not seen.trouble:
        yield well(what, "no name was looked up on this machine")


def look_into_mirror(settings: CaseSettings, proxy: str, *, browser: bool) -> Seen:
    """Crawl the mirror once by this way, in a case that is thrown away and with the case's own settings."""
    with tempfile.TemporaryDirectory(prefix="jejak-mirror-") as folder:
        room = Path(folder)
        case = room / "case"
        Case.create(case, settings).close()
        write_source(case, _NAME, settings.network.mirror, browser=browser, proxy=proxy)
        try:
            subprocess.run(
                [sys.executable, "-m", "crawlers.witness", str(case), _NAME, str(room)],
                capture_output=True, timeout=_SECONDS, check=False, env=child_environment(),
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return Seen("", {}, read_witness(room), f"did not answer within {_SECONDS} seconds")
        return _seen(case, settings.network.mirror, read_witness(room))


def _seen(case: Path, mirror: str, witnessed: Witnessed) -> Seen:
    with Case.open(case) as opened:
        problem = next(iter(opened.store.problems()), None)
        crawl = next(iter(opened.store.crawls(_NAME)), None)
        found = [kept for kept in kept_exchanges(opened.evidence_folder) if kept.url == mirror]
    if not found:
        return Seen("", {}, witnessed, problem.reason if problem else crawl.detail if crawl else "nothing was crawled")
    headers = {name: value for name, value in found[-1].asked if name.lower() in _TELLING}
    text = " ".join(found[-1].body.decode("utf-8", "replace").split())
    return Seen(text[:_LONGEST], headers, witnessed, "")
