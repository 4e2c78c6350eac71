"""Takes the pictures of docs/pictures/: every screen of the desk, on the demo case.

python setup/pictures.py [--case FOLDER] [--all FOLDER]
    --case: a demo case that is there already        --all: every screen, wide and narrow, light and dark, for looking at
"""

from __future__ import annotations

import argparse
import base64
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Page, sync_playwright

from casefile.case import Case
from crawlers.browser import launch_options
from desk.names import ranked_networks

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"
LIMIT = 100_000  # bytes of one picture
_WIDE, _NARROW = (1280, 860), (390, 780)
_DARK, _ON_A_TELEPHONE = ("case", "network"), ("case", "search", "post")
_QUALITIES = (80, 65, 50, 35)
_PATIENCE = 120_000  # milliseconds


def main() -> None:
    """Make a demo case where none is given, serve it, and take the pictures."""
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("--case", type=Path)
    parser.add_argument("--all", type=Path)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="jejak-pictures-") as room, sync_playwright() as playwright:
        case = told.case or _demo_case(Path(room) / "demo-case")
        browser = playwright.chromium.launch(**launch_options())
        screens = screens_of(case)
        with _served(case) as address:
            page = browser.new_page(viewport={"width": _WIDE[0], "height": _WIDE[1]})
            page.set_default_timeout(_PATIENCE)
            page.goto(address)
            take = _take_all if told.all else _take_for_docs
            take(page, address.partition("/enter")[0], screens, told.all or PICTURES)
        if not told.all:
            with _served(Path(room) / "new-case") as address:
                page.set_viewport_size({"width": _WIDE[0], "height": _WIDE[1]})
                page.goto(address)
                _save(page, PICTURES / "new.webp")
        browser.close()


def _demo_case(folder: Path) -> Path:
    subprocess.run([sys.executable, "-m", "desk", "demo", str(folder), "--no-open"], check=True)
    return folder


def screens_of(folder: Path) -> dict[str, str]:
    """The address of every screen, on what the case has most to tell of."""
    with Case.open(folder) as case:
        ties = case.store.connections()
        first = ranked_networks(ties)[0]
        network = next(one for one in ties.networks if one.id == first)
        actor = max(ties.actors, key=lambda one: (one.network == first and bool(one.joins), len(one.joins), one.id))
        place = actor.destinations[0]
        post = max(case.store.read_posts(actor.posts), key=lambda read: (len(read.reading.mentions), read.post.id))
        source = case.sources()[0].name
    number = next((one for one in actor.identifiers if one.startswith("phone:")), actor.identifiers[0])
    return {
        "case": "/",
        "search": "/search?q=poipet",
        "post": f"/post/{post.post.id}",
        "recruiter": f"/node/{quote(actor.id)}",
        "place": f"/node/{quote(place)}",
        "networks": "/networks",
        "network": f"/network/{quote(network.id)}",
        "routes": "/routes",
        "path": f"/path?from={quote(number)}&to={quote(place)}",
        "review": "/review",
        "watch": f"/watch?contacts={quote(number)}",
        "sources": "/sources",
        "source": f"/sources/{source}",
        "import": "/import",
        "export": "/export?recipient=partner",
        "work": "/doing",
    }


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    """Serve a case by the command; gives the address that opens it once."""
    command = [sys.executable, "-m", "desk", "desk", str(folder), "--no-open"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield next(found[0] for line in process.stdout if (found := re.search(r"http://\S+", line)))
        finally:
            process.terminate()


def _take_for_docs(page: Page, base: str, screens: dict[str, str], folder: Path) -> None:
    for name, path in screens.items():
        _open(page, base + path, _WIDE, dark=False)
        _save(page, folder / f"{name}.webp")
    for name in _DARK:
        _open(page, base + screens[name], _WIDE, dark=True)
        _save(page, folder / f"{name}-dark.webp")
    for name in _ON_A_TELEPHONE:
        _open(page, base + screens[name], _NARROW, dark=False)
        _save(page, folder / f"{name}-telephone.webp")


def _take_all(page: Page, base: str, screens: dict[str, str], folder: Path) -> None:
    for name, path in screens.items():
        for size in (_WIDE, _NARROW):
            for dark in (False, True):
                _open(page, base + path, size, dark=dark)
                folder.mkdir(parents=True, exist_ok=True)
                page.screenshot(path=folder / f"{name}-{size[0]}-{'dark' if dark else 'light'}.png", full_page=True)


def _open(page: Page, address: str, size: tuple[int, int], *, dark: bool) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(color_scheme="dark" if dark else "light", reduced_motion="reduce")
    page.goto(address, wait_until="networkidle")


def _save(page: Page, path: Path) -> None:
    """What is seen, as WebP of the best quality that is small enough; Playwright itself writes only PNG and JPEG."""
    path.parent.mkdir(parents=True, exist_ok=True)
    session = page.context.new_cdp_session(page)
    for quality in _QUALITIES:
        shot = session.send("Page.captureScreenshot", {"format": "webp", "quality": quality})
        picture = base64.b64decode(shot["data"])
        if len(picture) < LIMIT:
            break
    session.detach()
    path.write_bytes(picture)
    print(f"{path.name}: {len(picture) / 1000:.0f} kB")


if __name__ == "__main__":
    main()
