"""A case that somebody hands over attacks whoever opens it: its settings, its evidence, its files."""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from casefile.case import Case
from casefile.errors import SettingsError
from casefile.settings_files import read_sources
from casefile.verify import verify_case
from casefile.watch_settings import read_watches
from crawlers.reading.selecting import check_selectors
from tests.crawlers.site import make_case
from tests.threats.memory import bounded_memory

_SOURCE = 'title: t\ncountry: xx\nwhy: w\nurl: "http://a.example/"\nfamily: board\n'
SETTINGS: dict[str, bytes] = {
    "yaml-anchors": b"a0: &a0 [x]\n" + b"".join(b"a%d: &a%d [%b]\n" % (n, n, b",".join([b"*a%d" % (n - 1)] * 9)) for n in range(1, 12)),
    "yaml-program": b"!!python/object/apply:os.system ['touch /tmp/owned']",
    "yaml-program-in-value": _SOURCE.encode() + b"select: {post: !!python/name:os.system x}\n",
    "yaml-deep": b"title: " + b"[" * 50_000,
    "yaml-of-megabytes": b"title: " + b"x" * 2_000_000,
    "yaml-keys-twice": _SOURCE.encode() * 2,
    "yaml-binary": bytes(range(256)) * 10,
    "url-of-a-file": _SOURCE.replace("http://a.example/", "file:///etc/passwd").encode(),
    "url-of-a-script": _SOURCE.replace("http://a.example/", "javascript:alert(1)").encode(),
    "proxy-with-line-ends": _SOURCE.encode() + b'proxy: "http://a:1\\r\\nX: y"\n',
    "zone-that-is-a-path": _SOURCE.encode() + b'schedule: {timezone: "../../../../etc/passwd"}\n',
}  # fmt: skip
SELECTORS = {
    "xpath-pattern": "xpath://li[re:test(., '(a+)+$')]",
    "xpath-reads-a-file": "xpath:document('file:///etc/passwd')//x",
    "xpath-without-end": "xpath:" + "(" * 5_000,
    "css-without-end": ":is(" * 2_000,
}  # fmt: skip


@pytest.mark.parametrize("name", SETTINGS)
def test_settings_that_attack_are_refused_with_the_line(name: str, tmp_path: Path) -> None:
    folder = make_case(tmp_path / "case")
    for kind, read in (("sources", read_sources), ("watch", read_watches)):
        (folder / kind).mkdir(exist_ok=True)
        (folder / kind / "xx_evil.yml").write_bytes(SETTINGS[name])
        with bounded_memory(), pytest.raises(SettingsError, match=r"xx_evil\.yml"):
            read(folder)
    assert not Path("/tmp/owned").exists()


@pytest.mark.parametrize("name", SELECTORS)
def test_selectors_that_attack_are_refused(name: str, tmp_path: Path) -> None:
    folder = make_case(tmp_path / "case")
    (folder / "sources" / "xx_evil.yml").write_text(
        f'{_SOURCE}select: {{post: "{SELECTORS[name]}"}}\n', encoding="utf-8"
    )
    with pytest.raises(SettingsError, match=r"select\.post"):
        check_selectors(read_sources(folder)[0])


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _gigabytes(path: Path) -> None:
    packer = zlib.compressobj(9, wbits=31)
    head = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nContent-Length: 3145728000\r\n\r\n"
    start, block = (
        packer.compress(head) + packer.flush(zlib.Z_FULL_FLUSH),
        packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH),
    )
    path.write_bytes(start + block * 3_000 + packer.flush())


EVIDENCE: dict[str, Callable[[Path], None]] = {"pipe": _pipe, "device": _device, "record-of-gigabytes": _gigabytes}


@pytest.mark.parametrize("name", EVIDENCE)
def test_evidence_that_attacks_is_found_and_named(name: str, tmp_path: Path) -> None:
    folder = make_case(tmp_path / "case")
    (folder / "evidence").mkdir(exist_ok=True)
    EVIDENCE[name](folder / "evidence" / "a.warc.gz")
    with Case.open(folder) as case:
        size = 3_000_000 if name != "record-of-gigabytes" else (folder / "evidence" / "a.warc.gz").stat().st_size
        span = {"file": "a.warc.gz", "offset": 0, "length": size, "sha256": "0" * 64}
        case.manifest.append([{"type": "capture", "url": "http://a.example/", "span": span}])
        with bounded_memory():
            found = [str(finding) for finding in verify_case(case)]
    assert any("a.warc.gz" in finding for finding in found)
