"""What leaves the case, as it is looked at, given and checked on the page."""

import shutil
import zipfile
from pathlib import Path

import pytest

from desk.handing_over.checking import check_package
from tests.desk.page.conftest import ORIGIN, Desk, Served, wait_for_work
from tests.desk.page.test_browser import barriers
from tests.desk.page.test_screens import words_of

WHOLE = {"recipient": "own", "network": "", "actor": "", "search": "", "handling": ""}


@pytest.fixture(autouse=True)
def _own_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys of seals and pseudonyms lie outside the case: here, in the test's own folder."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


def give(desk: Desk, **told: str) -> Path:
    form = {"mark": desk.mark(), **WHOLE, **told}
    assert desk.client.post("/export/give", data=form, headers={"origin": ORIGIN}).status_code == 303
    job = wait_for_work(desk)
    assert job.code == 0, list(job.lines)
    [entry] = [entry for entry in desk.case.audit_log() if entry.action == "export"]
    return desk.case.folder / "exports" / str(entry.details["folder"])


def test_nothing_is_written_by_looking(desk: Desk) -> None:
    before = sorted(desk.case.folder.rglob("*"))
    told = words_of(desk.client.get("/export", params=WHOLE).text)
    assert "This would leave" in told and "This is held back" in told and "left out" in told
    assert sorted(path for path in desk.case.folder.rglob("*") if path not in before) == []


def test_no_preview_names_whom_it_shields(desk: Desk) -> None:
    page = desk.client.get("/export", params=WHOLE).text
    assert "Melati" not in page and "6281300009999" not in page and "Sekar" not in page


@pytest.mark.parametrize("packed", ["", "yes"])
def test_what_left_is_listed_and_proven(desk: Desk, packed: str) -> None:
    place = give(desk, packed=packed, network="network:1")
    assert place.exists() and place.is_file() == bool(packed)
    page = desk.client.get("/export").text
    assert place.name in page and "network 1" in words_of(page)
    number = page.partition('name="left" value="')[2].partition('"')[0]
    checked = desk.client.post("/export/check", data={"mark": desk.mark(), "left": number}, headers={"origin": ORIGIN})
    assert "is as it was signed, and as the journal knows it." in words_of(checked.text)


def test_a_recipient_who_may_not_have_it_gets_nothing(desk: Desk) -> None:
    answer = desk.client.get("/export", params={**WHOLE, "recipient": "public"})
    assert answer.status_code == 400 and "TLP:AMBER+STRICT" in answer.text
    answer = desk.client.get("/export", params={**WHOLE, "recipient": "../own"})
    assert answer.status_code == 400 and 'role="alert"' in answer.text


@pytest.mark.parametrize("number", ["", "0", "1", "999", "x"])
def test_only_what_left_is_checked(desk: Desk, number: str) -> None:
    answer = desk.client.post("/export/check", data={"mark": desk.mark(), "left": number}, headers={"origin": ORIGIN})
    assert answer.status_code == 404


def test_every_change_of_a_package_is_found(desk: Desk, tmp_path: Path) -> None:
    place = give(desk, packed="")
    assert check_package(place) == ()
    victim = next(path for path in sorted(place.iterdir()) if path.suffix == ".csv")
    for name, harm in {
        "changed": lambda folder: (folder / victim.name).write_bytes(victim.read_bytes() + b" "),
        "missing": lambda folder: (folder / victim.name).unlink(),
        "added": lambda folder: (folder / "more.csv").touch(),
        "sums": lambda folder: (folder / "SHA256SUMS").write_bytes(b""),
        "unsigned": lambda folder: (folder / "SHA256SUMS.sig").unlink(),
        "key": lambda folder: next(folder.glob("key-*.pem")).write_text("none"),
    }.items():
        copy = tmp_path / name
        shutil.copytree(place, copy)
        harm(copy)
        assert check_package(copy) != (), name
    assert check_package(place, manifest_sha256="0" * 64) == ("manifest.json: is not the one that the journal knows",)


def test_a_changed_zip_is_found(desk: Desk, tmp_path: Path) -> None:
    place = give(desk, packed="yes")
    assert check_package(place) == ()
    changed = tmp_path / "changed.zip"
    with zipfile.ZipFile(place) as whole, zipfile.ZipFile(changed, "w") as copy:
        for name in whole.namelist():
            copy.writestr(name, whole.read(name) + (b" " if name.endswith(".csv") else b""))
    assert any("was changed" in fault for fault in check_package(changed))
    changed.write_bytes(place.read_bytes()[:1000])
    assert check_package(changed) != ()


def test_a_person_gives_a_network_to_her_own_organisation(served: Served) -> None:
    page = served.context.pages[0]
    page.goto(f"{served.base}/network/network:1")
    page.get_by_role("link", name="Export it").click()
    page.get_by_role("heading", name="This is held back").wait_for()
    assert barriers(page) == []
    page.get_by_role("button", name="Let it leave").press("Enter")
    page.wait_for_url("**/doing")
    page.locator(".job .state", has_text="done").wait_for(timeout=180_000)
    page.goto(f"{served.base}/export")
    page.get_by_role("button", name="Check it").press("Enter")
    page.get_by_text("is as it was signed").wait_for()
    assert barriers(page) == []
