"""A whole day at the desk: from an empty folder to a package that was given away and checked; by mouse, and by keyboard only."""

import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page

from casefile.case import Case
from casefile.records import Actor, Post
from desk.demo.web import DemoWeb
from tests.desk.page.conftest import Served

CHECK = Path(__file__).parents[1] / "handing_over" / "check_package.sh"
BECAUSE = "two voices on the phone"
_THAI = re.compile("[\u0e00-\u0e7f]{6,}")
_PATIENCE = 300_000  # milliseconds
Press = Callable[[Locator], None]


def by_mouse(wanted: Locator) -> None:
    wanted.click()


def by_keyboard(wanted: Locator) -> None:
    """Reach it with the Tab key alone, then press Enter, as nobody who cannot use a mouse can avoid."""
    reach(wanted)
    wanted.page.keyboard.press("Enter")


def reach(wanted: Locator) -> None:
    wanted.wait_for()
    for _ in range(400):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        wanted.page.keyboard.press("Tab")
    raise AssertionError(f"{wanted} is not reached by the Tab key")


def write(field: Locator, words: str, press: Press) -> None:
    if press is by_mouse:
        field.click()
    else:
        reach(field)
    field.page.keyboard.type(words)


def work(page: Page, jobs: int) -> None:
    """Wait until that many jobs are done, as the page tells."""
    page.wait_for_url("**/doing")
    page.wait_for_function(
        "many => document.querySelectorAll('.job[data-running=False]').length >= many && !document.querySelector('.job[data-running=True]')",
        arg=jobs,
        timeout=_PATIENCE,
    )
    assert page.locator(".state.failed").count() == 0, page.inner_text(".jobs")


def a_thai_offer(case: Case) -> tuple[Post, Actor, str]:
    """A post in Thai that gives a contact of a recruiter who was joined from several, and a word of it."""
    for actor in case.store.connections().actors:
        for read in case.store.read_posts(actor.posts) if actor.joins and actor.destinations else ():
            if found := _THAI.search(read.post.text):
                return read.post, actor, found[0]
    raise AssertionError("the demo has no such offer")


def is_sound(package: Path, room: Path) -> bool:
    """Whether a recipient finds the package sound with nothing of ours: bagit, sha256sum, openssl."""
    with zipfile.ZipFile(package) as archive:
        key = archive.extract(next(name for name in archive.namelist() if name.endswith(".pem")), room)
    return subprocess.run(["sh", CHECK, package, key, sys.executable]).returncode == 0


def make_case(page: Page, press: Press) -> None:
    asked = {
        "Title": "Posts of one forum",
        "Purpose": "Find who recruits",
        "Legal basis": "Our ethics board",
        "Contact": "desk@our-organisation.example",
    }
    for label, words in asked.items():
        write(page.get_by_label(label, exact=True), words, press)
    press(page.get_by_role("button", name="Make the case"))
    page.get_by_role("heading", name="Nothing was collected yet").wait_for()


def collect(page: Page, folder: Path, press: Press) -> None:
    """From the address of a forum to its posts, read and connected."""
    with DemoWeb() as web:
        settings = folder / "case.toml"  # only whoever looks after the machine lets a crawl reach it
        settings.write_text(
            settings.read_text("utf-8").replace("allow_addresses = []", 'allow_addresses = ["127.0.0.1"]'), "utf-8"
        )
        press(page.get_by_role("link", name="Add a source"))
        write(page.get_by_label("Address of a public board"), web.address("forum"), press)
        press(page.get_by_role("button", name="Look at it"))
        press(page.get_by_role("button", name="Make it a source"))
        page.wait_for_url("**/sources")
        [source] = (folder / "sources").glob("*.yml")
        source.write_text(re.sub(r"delay: [\d.]+", "delay: 0", source.read_text("utf-8")), "utf-8")
        press(page.get_by_role("button", name=re.compile("^Crawl now")))
        work(page, 1)
    press(page.get_by_role("button", name="Read and connect", exact=True))
    work(page, 2)


def follow_and_judge(page: Page, folder: Path, press: Press) -> None:
    """From a search in Thai to a post, to its recruiter, to a judgement, to the way to where he sends people."""
    with Case.open(folder) as case:
        post, actor, word = a_thai_offer(case)
    page.keyboard.press("/")
    page.keyboard.type(f"{word} {actor.identifiers[0]}")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")
    press(page.locator(f'.hit h2 a[href*="{post.id}"]'))
    page.wait_for_url("**/post/*")
    press(page.locator(f'aside ul a[href*="{actor.id.partition(":")[2]}"]').first)
    page.wait_for_url("**/node/actor*")
    press(page.locator(".join summary").first)
    write(page.locator(".join details[open] input[name=because]").first, BECAUSE, press)
    press(page.get_by_role("button", name="They are two").first)
    press(page.get_by_role("link", name="Path from here"))
    page.wait_for_url("**/path?*")
    write(page.get_by_label("To", exact=True), actor.destinations[0], press)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Way 1").wait_for()
    assert page.locator(".chain .openings a").count() > 0


def give_away(page: Page, press: Press) -> None:
    press(page.get_by_role("link", name="Export", exact=True))
    press(page.get_by_role("button", name="Look what would leave"))
    press(page.get_by_role("button", name="Let it leave"))
    work(page, 3)
    press(page.get_by_role("link", name="Export", exact=True))
    press(page.get_by_role("button", name=re.compile("^Check it")))
    page.get_by_text("is as it was signed").wait_for()


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not on this machine")
@pytest.mark.parametrize("press", [by_mouse, by_keyboard])
def test_a_whole_day(served_without_a_case: Served, press: Press, tmp_path: Path) -> None:
    page, folder = served_without_a_case.context.pages[0], served_without_a_case.folder
    page.set_default_timeout(_PATIENCE)
    make_case(page, press)
    collect(page, folder, press)
    follow_and_judge(page, folder, press)
    give_away(page, press)
    [package] = (folder / "exports").glob("*.zip")
    assert is_sound(package, tmp_path / "recipient")
    with Case.open(folder) as case:
        assert [judgement.because for judgement in case.judgements()] == [BECAUSE]
        assert {"new", "process", "export"} <= {entry.action for entry in case.audit_log()}


def is_readable(page: Page) -> bool:
    """Whether nothing sticks out to the right, and no text is smaller than 12 pixels."""
    small = page.locator("main p, main td, main li").evaluate_all(
        "all => all.filter(one => one.offsetParent && parseFloat(getComputedStyle(one).fontSize) < 12).length"
    )
    return bool(page.evaluate("document.documentElement.scrollWidth") <= 390 and small == 0)


def test_a_day_of_reading_on_a_telephone(served: Served) -> None:
    page = served.context.pages[0]
    page.set_viewport_size({"width": 390, "height": 844})
    for address in ("/", "/networks", "/network/network:1", "/routes", "/watch", "/review", "/sources", "/export"):
        page.goto(served.base + address)
        assert is_readable(page), address
    page.get_by_label("Search the posts").fill("poipet")
    page.keyboard.press("Enter")
    page.locator(".hit h2 a").first.click()
    page.wait_for_url("**/post/*")
    text = page.locator(".text").bounding_box()
    assert is_readable(page) and text is not None and text["width"] > 300
    page.locator("aside ul a").first.click()
    page.wait_for_url("**/node/actor*")
    assert is_readable(page)
    page.get_by_role("link", name="Path from here").click()
    page.get_by_label("To", exact=True).fill("KH/poipet")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Way 1").wait_for()
    assert is_readable(page)
    page.locator(".chain .openings a").first.click()
    page.get_by_role("heading", name="Evidence").wait_for()
