"""A package is checked with tools that every recipient has, and is whole or not at all."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyrage
import pytest

from casefile.case import Case
from casefile.errors import ExportRefused, StorageFull
from casefile.records import Decision
from casefile.settings import Handling
from desk.handing_over.door import Request, give
from desk.handing_over.selection import Wanted
from graph.export.formats import ExportFormat
from tests.desk.handing_over.making import fill
from tests.graph.making import POIPET, phone, read_post, unlike

A = "+6281200000001"
CHECK = Path(__file__).parent / "check_package.sh"


@pytest.fixture
def filled(case: Case) -> Case:
    fill(
        case, [read_post(n, f"{unlike(n)} Poipet {A}", {"Poipet": POIPET, A: phone(A)}, author="agen") for n in (1, 2)]
    )
    return case


def packed(case: Case, place: Path) -> Path:
    return give(case, Request(formats=(ExportFormat.CSV, ExportFormat.STIX), to=place, packed=True)).place


def check(package: Path, key: Path) -> int:
    return subprocess.run(["sh", CHECK, package, key, sys.executable], capture_output=True).returncode


def key_in(package: Path, folder: Path) -> Path:
    """The public key, as the sender gave it by another way."""
    with zipfile.ZipFile(package) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".pem"))
        return Path(shutil.copy(archive.extract(name, folder), folder / "known.pem"))


def changed(package: Path, to: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """The package with the contents of some files changed, packed anew."""
    with zipfile.ZipFile(package) as old, zipfile.ZipFile(to, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return to


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not on this machine")
def test_a_recipient_checks_a_package_without_jejak_and_one_changed_byte_fails(filled: Case, tmp_path: Path) -> None:
    package = packed(filled, tmp_path / "given.zip")
    key = key_in(package, tmp_path / "keys")
    assert check(package, key) == 0
    for target in ("links.csv", "manifest.json", "SHA256SUMS", "SHA256SUMS.sig", "bag-info.txt"):

        def flip(name: str, content: bytes, target: str = target) -> bytes:
            middle = len(content) // 2
            one_bit = bytes([content[middle] ^ 1])
            return content[:middle] + one_bit + content[middle + 1 :] if name.endswith(f"/{target}") else content

        assert check(changed(package, tmp_path / f"{target}.zip", flip), key) != 0, target


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not on this machine")
def test_a_package_that_somebody_else_signed_fails(
    filled: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = key_in(packed(filled, tmp_path / "ours.zip"), tmp_path / "keys")
    monkeypatch.setenv("JEJAK_KEYS", str(tmp_path / "another machine"))
    assert check(packed(filled, tmp_path / "theirs.zip"), key) != 0


def test_a_package_is_opened_only_with_the_recipients_key(filled: Case, tmp_path: Path) -> None:
    key = pyrage.x25519.Identity.generate()
    (filled.folder / "sharing").mkdir()
    text = f"title: North\nreceives: red\nformats: [csv]\nencrypt_to: ['{key.to_public()}']\n"
    (filled.folder / "sharing/north.yml").write_text(text, encoding="utf-8")
    request = Request(
        recipient="north", purpose="a test", legal_basis="none", to=tmp_path / "given.zip.age", packed=True
    )
    locked = give(filled, request).place.read_bytes()
    assert pyrage.decrypt(locked, [key]).startswith(b"PK")
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(locked, [pyrage.x25519.Identity.generate()])


def test_nothing_to_give_is_refused_and_nothing_is_written(case: Case, tmp_path: Path) -> None:
    with pytest.raises(ExportRefused, match="holds no link"):
        give(case, Request(to=tmp_path / "given"))
    assert list(tmp_path.iterdir()) == [case.folder]


def test_what_was_hidden_is_refused_by_name(filled: Case, tmp_path: Path) -> None:
    filled.judge(Decision.HIDE, [[f"phone:{A}"]], "not ours")
    with pytest.raises(ExportRefused, match="hidden by a judgement"):
        give(filled, Request(wanted=Wanted(actor=A), to=tmp_path / "given"))
    assert not (tmp_path / "given").exists()


def test_what_was_hidden_leaves_with_nothing_though_the_case_was_not_connected_since(
    filled: Case, tmp_path: Path
) -> None:
    filled.judge(Decision.HIDE, [[f"phone:{A}"]], "not ours")
    place = give(filled, Request(to=tmp_path / "given")).place
    links = (place / "links.csv").read_text(encoding="utf-8")
    assert "Poipet" in links and "uses_contact" not in links and A.lstrip("+") not in links


@pytest.mark.parametrize("own", list(Handling))
@pytest.mark.parametrize("recipient", ["public", "research", "partner", "own", "police"])
def test_nothing_goes_to_a_recipient_who_may_not_have_that_handling(
    filled: Case, tmp_path: Path, own: Handling, recipient: str
) -> None:
    levels = list(Handling)
    may_have = {"public": "clear", "research": "green", "partner": "amber", "own": "amber+strict", "police": "red"}
    filled.settings = filled.settings.model_copy(update={"handling": own})
    request = Request(
        recipient=recipient, formats=(ExportFormat.CSV,), purpose="a test", legal_basis="none", to=tmp_path / "given"
    )
    if levels.index(own) <= levels.index(Handling(may_have[recipient])):
        assert give(filled, request).prepared.handling is own
    else:
        with pytest.raises(ExportRefused, match="at most"):
            give(filled, request)
        assert not (tmp_path / "given").exists()


def test_a_case_never_leaves_less_strictly_than_it_is_handled(filled: Case, tmp_path: Path) -> None:
    filled.settings = filled.settings.model_copy(update={"handling": Handling.RED})
    with pytest.raises(ExportRefused, match="RED"):
        give(filled, Request(recipient="police", handling=Handling.GREEN, to=tmp_path / "given"))


def test_what_stands_there_is_never_written_over(filled: Case, tmp_path: Path) -> None:
    (tmp_path / "given").mkdir()
    (tmp_path / "given" / "mine.txt").write_text("mine")
    with pytest.raises(ExportRefused, match="there already"):
        give(filled, Request(formats=(ExportFormat.CSV,), to=tmp_path / "given"))
    assert [path.name for path in (tmp_path / "given").iterdir()] == ["mine.txt"]


def test_a_full_disk_leaves_nothing_behind(filled: Case, small_disk: Path) -> None:
    (small_disk / "filler").write_bytes(b"0" * 1_030_000)
    with pytest.raises(StorageFull):
        give(filled, Request(formats=tuple(ExportFormat), to=small_disk / "given"))
    assert [path.name for path in small_disk.iterdir()] == ["filler"]
