"""A time stamping authority of our own (openssl), with its root; for tests on this machine only."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

_CONFIG = """
[req]
distinguished_name = name
[name]
[root]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
subjectKeyIdentifier = hash
[stamping]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
[tsa]
default_tsa = ours
[ours]
dir = .
serial = ./serial
crypto_device = builtin
signer_cert = ./tsa.pem
signer_key = ./tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
accuracy = secs:1
ess_cert_id_alg = sha256
CERTS
"""


@dataclass(frozen=True)
class Authority:
    """`root` is the certificate that its time stamps lead to."""

    folder: Path

    @property
    def root(self) -> Path:
        return self.folder / "root.pem"

    def reply(self, request: bytes) -> bytes:
        """Its answer to a request."""
        (self.folder / "q.tsq").write_bytes(request)
        self._run("ts", "-config", "ts.cnf", "-reply", "-queryfile", "q.tsq", "-out", "r.tsr")
        return (self.folder / "r.tsr").read_bytes()

    def _run(self, *words: str) -> None:
        subprocess.run(["openssl", *words], cwd=self.folder, check=True, capture_output=True, timeout=60)

    def _certify(self, name: str, ca: str | None, extensions: str) -> None:
        key = ["-newkey", "rsa:2048", "-nodes", "-keyout", f"{name}.key", "-subj", f"/CN={name}.example"]
        self._run("req", "-new", "-config", "ts.cnf", *key, "-out", f"{name}.csr")
        signed_by = (
            ["-CA", f"{ca}.pem", "-CAkey", f"{ca}.key", "-CAcreateserial"] if ca else ["-signkey", f"{name}.key"]
        )
        extended = ["-extfile", "ts.cnf", "-extensions", extensions]
        self._run("x509", "-req", "-in", f"{name}.csr", *signed_by, *extended, "-days", "2", "-out", f"{name}.pem")


def make_authority(folder: Path, *, sends_chain: bool = False) -> Authority:
    """A new authority; skips the test where there is no openssl."""
    if shutil.which("openssl") is None:
        pytest.skip("there is no openssl here")
    folder.mkdir()
    (folder / "ts.cnf").write_text(_CONFIG.replace("CERTS", "certs = ./chain.pem" if sends_chain else ""))
    (folder / "serial").write_text("01\n")
    authority = Authority(folder)
    authority._certify("root", None, "root")
    authority._certify("middle", "root", "root")
    authority._certify("tsa", "middle" if sends_chain else "root", "stamping")
    (folder / "chain.pem").write_bytes((folder / "middle.pem").read_bytes() + (folder / "root.pem").read_bytes())
    return authority
