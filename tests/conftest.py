"""What many tests need: an empty case."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from casefile.case import Case
from casefile.settings import CaseSettings

# No test asserts on time, not even by the way.
hypothesis_settings.register_profile("jejak", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("jejak")

pytest_plugins = ["tests.elastic.fixtures"]

SETTINGS = CaseSettings(
    title="Offers towards Sampletown", purpose="A test", legal_basis="None needed", contact="desk@jejak.example"
)


@pytest.fixture(autouse=True)
def _no_alerts_leave(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests may have said where alerts go; nothing of a test goes there."""
    monkeypatch.setenv("JEJAK_ALERTS", os.devnull)


@pytest.fixture(autouse=True)
def _keys_of_tests(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keys of cases that tests seal do not come among those of whoever runs them."""
    monkeypatch.setenv("JEJAK_KEYS", str(tmp_path_factory.mktemp("keys")))


@pytest.fixture
def settings() -> CaseSettings:
    return SETTINGS


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with Case.create(tmp_path / "case", SETTINGS) as made:
        yield made


@pytest.fixture(scope="session")
def demo_case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo case, made once for all workers, a copy for each; to be looked at or copied, never to be changed.

    Whoever looks at a case lets files of its database come and go beside it: no other worker may copy it meanwhile.
    """
    from desk.cli import main

    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    made, done = shared / "demo-made" / "demo-case", shared / "demo-made.done"
    with FileLock(shared / "demo.lock"):
        if not done.exists():
            with pytest.raises(SystemExit) as leaving:
                main(["demo", str(made), "--no-open"])
            assert leaving.value.code == 0
            done.touch()
        return shutil.copytree(made, own / "demo-case")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte; needs the right to mount."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk], capture_output=True).returncode:
        pytest.skip("a small disk can be mounted only by root")
    yield disk
    subprocess.run(["umount", disk], check=True)
