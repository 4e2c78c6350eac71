"""`seal`, `audit`, `verify`: the commands, with an authority served on this computer."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.casefile.seals.authority import Authority, make_authority
from tests.desk.commands.conftest import Jejak
from tests.desk.servers import answering

MANIFEST, JOURNAL = "evidence/manifest.jsonl", "journal.jsonl"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return make_authority(tmp_path_factory.mktemp("tsa") / "plain")


@pytest.fixture
def served(authority: Authority) -> Iterator[str]:
    with answering(lambda body: (200, {}, authority.reply(body))) as port:
        yield f"http://127.0.0.1:{port}/tsr"


def configure(folder: Path, **told: str) -> None:
    """Set values in case.toml as a person would."""
    path = folder / "case.toml"
    lines = path.read_text(encoding="utf-8").splitlines()
    for name, value in told.items():
        [at] = [i for i, line in enumerate(lines) if line.startswith((f"# {name} =", f"{name} ="))]
        lines[at] = f"{name} = {value}"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def actions(folder: Path, jejak: Jejak) -> list[str]:
    return [json.loads(line)["action"] for line in jejak("audit", folder, "--json").out.splitlines()]


def cut_last_line(path: Path, keep: int) -> None:
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:keep]))


def without_database(folder: Path) -> None:
    for path in folder.glob("case.db*"):
        path.unlink()


def test_a_seal_is_stamped_and_verified(filled: Path, jejak: Jejak, authority: Authority, served: str) -> None:
    shutil.copy(authority.root, filled / "authority.pem")
    configure(filled, authority=f'"{served}"', root='"authority.pem"', allow_addresses='["127.0.0.1"]')
    answer = jejak("seal", filled)
    assert answer.code == 0 and "A key was made" in answer.out and "by the authority's clock" in answer.out
    told = json.loads(jejak("verify", filled, "--json").out)
    assert told["sound"] and told["seals"][0]["stamp"]["trusted"]


def test_an_authority_that_does_not_answer_loses_nothing_and_is_asked_again(
    filled: Path, jejak: Jejak, authority: Authority, served: str
) -> None:
    configure(filled, authority='"http://127.0.0.1:9/"', allow_addresses='["127.0.0.1"]')
    answer = jejak("seal", filled)
    assert answer.code == 0 and "no time stamp yet" in answer.err
    assert jejak("seal", filled, "--stamp").code == 1
    configure(filled, authority=f'"{served}"')
    assert jejak("seal", filled, "--stamp").code == 0
    assert json.loads(jejak("verify", filled, "--json").out)["seals"][0]["stamp"]


def test_a_reply_that_was_fetched_by_other_means_is_taken(
    filled: Path, jejak: Jejak, authority: Authority, tmp_path: Path
) -> None:
    jejak("seal", filled)
    (tmp_path / "mail.tsr").write_bytes(authority.reply((filled / "seals" / "0001.tsq").read_bytes()))
    assert jejak("seal", filled, "--reply", tmp_path / "mail.tsr").code == 0
    assert (filled / "seals" / "0001.tsr").read_bytes() == (tmp_path / "mail.tsr").read_bytes()
    assert jejak("verify", filled).code == 0


def test_an_authority_in_a_private_network_is_not_asked_unless_it_is_allowed(
    filled: Path, jejak: Jejak, served: str
) -> None:
    configure(filled, authority=f'"{served}"')
    assert "private network" in jejak("seal", filled).err


@pytest.mark.parametrize(
    ("status", "headers", "body"),
    [
        (302, {"Location": "http://169.254.169.254/"}, b""),
        (500, {}, b""),
        (200, {}, b"x" * 200_000),
        (200, {}, b"<html>"),
    ],
)
def test_an_answer_that_is_no_time_stamp_is_told_and_not_kept(
    filled: Path, jejak: Jejak, status: int, headers: dict[str, str], body: bytes
) -> None:
    with answering(lambda _: (status, headers, body)) as port:
        configure(filled, authority=f'"http://127.0.0.1:{port}/"', allow_addresses='["127.0.0.1"]')
        assert "no time stamp yet" in jejak("seal", filled).err
    assert "stamp" not in actions(filled, jejak)
    assert jejak("verify", filled).code == 0


def test_an_end_cut_off_both_chains_is_found_by_the_seal_without_the_database(filled: Path, jejak: Jejak) -> None:
    jejak("seal", filled)
    cut_last_line(filled / MANIFEST, -1)
    without_database(filled)
    answer = jejak("verify", filled)
    assert answer.code == 1 and f"{MANIFEST}: ends at line" in answer.out and "seal 1" in answer.out


def test_when_seals_and_all_are_taken_away_the_witness_on_this_machine_and_a_copy_kept_outside_tell(
    filled: Path, jejak: Jejak, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = len((filled / JOURNAL).read_bytes().splitlines())
    jejak("seal", filled)
    shutil.copytree(filled / "seals", tmp_path / "kept")
    shutil.rmtree(filled / "seals")
    cut_last_line(filled / JOURNAL, before)
    without_database(filled)
    copy = Path(shutil.copytree(filled, tmp_path / "copy"))
    assert "the journal does not hold it" in jejak("verify", filled).out
    monkeypatch.setenv("JEJAK_KEYS", str(tmp_path / "another machine"))
    assert jejak("verify", copy).code == 0  # nothing in the case can tell
    assert "the journal does not hold it" in jejak("verify", copy, "--seal", tmp_path / "kept" / "0001.json").out


def test_a_seal_made_with_a_strangers_key_is_found_by_the_key_that_was_given(
    filled: Path, jejak: Jejak, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    jejak("seal", filled)
    [ours] = (filled / "seals").glob("key-*.pem")
    assert jejak("verify", filled, "--key", ours).code == 0
    monkeypatch.setenv("JEJAK_KEYS", str(tmp_path / "another machine"))
    jejak("seal", filled)
    answer = jejak("verify", filled, "--key", ours)
    assert answer.code == 1 and "seal 2: was made with another key" in answer.out


def test_a_cut_journal_is_not_written_to_so_that_the_cut_stays_seen(filled: Path, jejak: Jejak) -> None:
    jejak("export", filled, "-f", "csv")
    cut_last_line(filled / JOURNAL, -1)
    for _ in range(2):
        answer = jejak("verify", filled)
        assert answer.code == 1 and "lines were cut off" in answer.out and "could not be written down" in answer.err
    assert jejak("report", filled).code == 1


def test_the_audit_tells_who_did_what_and_when(filled: Path, jejak: Jejak, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JEJAK_USER", "  Investigator\x1b[31m 1\n")
    jejak("judge", filled, "hide", "+6281200009101", "--because", "ours")
    jejak("export", filled, "-f", "csv")
    jejak("report", filled)
    jejak("seal", filled)
    done = actions(filled, jejak)
    assert done == ["new", "import", "process", "judgement", "new seal key", "export", "report", "seal"]
    answer = jejak("audit", filled, "--action", "export")
    assert "manifest sha256" in answer.out and "judgement" not in answer.out and "\x1b" not in answer.out
    assert jejak("audit", filled, "--by", "nobody").out.startswith("Nothing of that kind")
    assert jejak("audit", filled, "--since", "2100-01-01", "--json").out == ""


@pytest.mark.parametrize("command", [("show", "p1"), ("search", "disekap")])
def test_who_looks_at_a_plea_is_written_down(filled: Path, jejak: Jejak, command: tuple[str, str]) -> None:
    verb, words = command
    jejak(verb, filled, words)
    views = [json.loads(line) for line in jejak("audit", filled, "-a", "view", "--json").out.splitlines()]
    assert len(views) == 1 and views[0]["details"]["command"] == verb


def test_who_looks_at_offers_is_not(filled: Path, jejak: Jejak) -> None:
    jejak("show", filled, "a1")
    jejak("search", filled, "gudang")
    assert "view" not in actions(filled, jejak)


def test_a_case_that_can_only_be_read_is_verified_and_left_as_it_is(filled: Path, jejak: Jejak, tmp_path: Path) -> None:
    jejak("seal", filled)
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "--bind", "-o", "ro", filled, disk], capture_output=True).returncode:
        pytest.skip("a folder can be mounted only by root")
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", disk], check=True, capture_output=True)
        before = {path: path.read_bytes() for path in filled.rglob("*") if path.is_file()}
        answer = jejak("verify", disk)
        assert answer.code == 0 and "can only be read" in answer.err
        assert {path: path.read_bytes() for path in filled.rglob("*") if path.is_file()} == before
        cut_last_line(filled / MANIFEST, -1)
        assert "lines were cut off" in jejak("verify", disk).out
    finally:
        subprocess.run(["umount", disk], check=True)
