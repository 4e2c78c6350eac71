"""Time stamps: those of an authority are taken, all others refused; openssl agrees."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casefile.case import Case
from casefile.errors import SealError
from casefile.seals.check import stamp_of
from casefile.seals.seal import stamp_entry
from casefile.seals.sealing import add_reply, seal_case, seals_of
from casefile.seals.tokens import check_reply, imprint_of, read_root, request_for
from tests.casefile.making import a_post, keep, problems_of
from tests.casefile.seals.authority import Authority, make_authority

SIGNATURE = b"s" * 64


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return make_authority(tmp_path_factory.mktemp("tsa") / "plain")


@pytest.fixture(scope="module")
def chained(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return make_authority(tmp_path_factory.mktemp("tsa") / "chained", sends_chain=True)


def named_root(case: Case, authority: Authority) -> Case:
    """The same case, with the authority's root named in case.toml."""
    (case.folder / "authority.pem").write_bytes(authority.root.read_bytes())
    text = (case.folder / "case.toml").read_text().replace('# root = "authority.pem"', 'root = "authority.pem"')
    (case.folder / "case.toml").write_text(text)
    case.close()
    return Case.open(case.folder)


@pytest.mark.parametrize("kind", ["authority", "chained"])
def test_a_time_stamp_is_kept_and_verified_by_us_and_by_openssl(
    case: Case, kind: str, request: pytest.FixtureRequest
) -> None:
    source: Authority = request.getfixturevalue(kind)
    keep(case, a_post(1))
    seal = seal_case(case).seal
    with named_root(case, source) as opened:
        add_reply(opened, source.reply(seal.request))
        [kept] = seals_of(opened)
        token = stamp_of(opened, kept)
        assert token is not None and token.trusted and abs((token.at - seal.statement.at).total_seconds()) < 3600
        assert problems_of(opened) == []
        folder = opened.folder / "seals"
        verify = ["openssl", "ts", "-verify", "-in", "0001.tsr", "-data", "0001.sig", "-CAfile", "../authority.pem"]
        assert subprocess.run(verify, cwd=folder, capture_output=True).returncode == 0
        verify[5:7] = ["-queryfile", "0001.tsq"]
        assert subprocess.run(verify, cwd=folder, capture_output=True).returncode == 0


def test_a_reply_is_kept_once(case: Case, authority: Authority) -> None:
    seal = seal_case(case).seal
    for _ in range(2):
        add_reply(case, authority.reply(seal.request))
    assert [entry.action for entry in case.audit_log()].count("stamp") == 1


def test_without_a_root_the_stamp_holds_but_nobody_vouches_for_it(case: Case, authority: Authority) -> None:
    stamped = add_reply(case, authority.reply(seal_case(case).seal.request))
    token = stamp_of(case, stamped)
    assert token is not None and not token.trusted
    assert problems_of(case) == []


def test_a_stamp_of_another_authority_is_refused_and_found(
    case: Case, authority: Authority, chained: Authority
) -> None:
    seal = seal_case(case).seal
    with named_root(case, authority) as opened:
        reply = chained.reply(seal.request)
        with pytest.raises(SealError, match="not signed by the authority"):
            add_reply(opened, reply)
        opened.write_seal(stamp_entry(seal, reply))  # somebody forces it
        assert any("seal 1, time stamp" in problem for problem in problems_of(opened))


def test_a_chain_that_comes_along_is_never_trusted_by_itself(chained: Authority, authority: Authority) -> None:
    request = request_for(SIGNATURE)
    with pytest.raises(SealError, match="not signed by the authority"):
        check_reply(chained.reply(request), request, SIGNATURE, read_root(authority.root))


def test_a_stamp_over_something_else_or_for_another_request_is_refused(case: Case, authority: Authority) -> None:
    seal_case(case)
    with pytest.raises(SealError, match="no seal of this case"):
        add_reply(case, authority.reply(request_for(b"another")))
    other = authority.reply(request_for(SIGNATURE))
    with pytest.raises(SealError, match="nonce"):
        check_reply(other, request_for(SIGNATURE), SIGNATURE, [])
    with pytest.raises(SealError, match="something else"):
        check_reply(other, request_for(b"t" * 64), b"t" * 64, [])


def test_an_authority_that_refuses_is_told(authority: Authority) -> None:
    refused = authority.reply(b"\x30\x03\x02\x01\x01")  # a request without a digest
    with pytest.raises(SealError):
        check_reply(refused, request_for(SIGNATURE), SIGNATURE, [])


def test_no_changed_byte_of_a_trusted_stamp_passes(authority: Authority) -> None:
    request = request_for(SIGNATURE)
    reply, roots = authority.reply(request), read_root(authority.root)
    at = check_reply(reply, request, SIGNATURE, roots).at
    for place in range(0, len(reply), 3):
        changed = bytearray(reply)
        changed[place] ^= 0x04
        try:
            token = check_reply(bytes(changed), request, SIGNATURE, roots)
        except SealError:
            continue
        assert token.at == at  # the wrapping may differ, what was signed may not


@settings(max_examples=300)
@given(st.binary(max_size=300))
def test_what_is_no_reply_is_refused_in_words(junk: bytes) -> None:
    for start in (b"", b"\x30\x82", b"\x30\x03\x02\x01\x00"):
        with pytest.raises(SealError):
            imprint_of(start + junk)
        with pytest.raises(SealError):
            check_reply(start + junk, request_for(SIGNATURE), SIGNATURE, [])


def test_a_root_that_is_none_is_told_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "root.pem").write_text("nothing")
    for path in (tmp_path / "root.pem", tmp_path / "missing.pem"):
        with pytest.raises(SealError, match=path.name):
            read_root(path)
