"""A real Elasticsearch for the tests: started, killed, started again, and gone when the tests end, whatever ends them."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch

from tests.elastic.certificates import Certificate

ROOT = Path(__file__).resolve().parents[2]
_HEAP = "512m"
_PATIENCE = 240
# Ends with us even when we are killed: its standard input is our pipe.
_LEASH = 'bin/elasticsearch "$@" </dev/null & server=$!; read -r _; kill "$server"; wait "$server"'
_SETTINGS = {
    "discovery.type": "single-node",
    "network.host": "127.0.0.1",
    # A laptop's disk is often fuller than a server's may be.
    "cluster.routing.allocation.disk.threshold_enabled": "false",
    # A look at the disk lifts the block of a full one, which tests set by hand.
    "cluster.info.update.interval": "24h",
    "action.destructive_requires_name": "false",
}


class NoServer(Exception):
    """There is no Elasticsearch here; the message says why."""


def find_tree() -> Path:
    """The folder of the Elasticsearch that was fetched; raises NoServer with the reason."""
    found = subprocess.run(["sh", "setup/elasticsearch.sh", "--kept"], cwd=ROOT, capture_output=True, text=True)
    if not found.stdout.strip():
        raise NoServer(found.stderr.strip())
    return Path(found.stdout.strip())


@dataclass
class Server:
    """One node with its own folder; with a `certificate` it speaks TLS and asks for a password; `limits` are settings of its."""

    tree: Path
    certificate: Certificate | None = None
    limits: Mapping[str, str] = field(default_factory=dict)
    folder: Path = field(init=False)
    port: int = field(init=False)
    password: str = field(default_factory=lambda: secrets.token_hex(12))
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        # Not below pytest's folders: those are closed to the user that the server runs as.
        self.folder = Path(tempfile.mkdtemp(prefix="jejak-elastic-"))
        shutil.copytree(self.tree / "config", self.folder / "config")
        for name in ("data", "logs", "tmp"):
            (self.folder / name).mkdir()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        if self.certificate:
            self.certificate.write_into(self.folder / "config")
        if os.getuid() == 0:
            for path in (self.folder, *self.folder.rglob("*")):
                shutil.chown(path, "nobody")
        if self.certificate:
            self._keep_the_password()

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"{'https' if self.certificate else 'http'}://127.0.0.1:{self.port}"

    @property
    def runs(self) -> bool:
        """Whether it was started and not ended."""
        return self._process is not None

    def client(self, **options: Any) -> Elasticsearch:
        """A client that may do everything."""
        if self.certificate:
            access = {"basic_auth": ("elastic", self.password), "ca_certs": str(self.certificate.authority_file)}
            options = {**access, **options}
        return Elasticsearch(self.url, **{"request_timeout": 60, **options})

    def start(self) -> None:
        """Start it and wait until it answers."""
        settings = {**_SETTINGS, **self.limits, **self._security(), "http.port": str(self.port)}
        settings |= {"path.data": str(self.folder / "data"), "path.logs": str(self.folder / "logs")}
        arguments = [part for name, value in settings.items() for part in ("-E", f"{name}={value}")]
        with (self.folder / "out.txt").open("ab") as out:
            self._process = subprocess.Popen(
                ["sh", "-c", _LEASH, "sh", "-p", str(self.folder / "pid"), *arguments],
                cwd=self.tree, stdin=subprocess.PIPE, stdout=out, stderr=out, env=self._environment(), **_as_nobody(),
            )  # fmt: skip
        self._wait()

    def kill(self) -> None:
        """SIGKILL, as when the power fails."""
        os.kill(int((self.folder / "pid").read_text()), signal.SIGKILL)
        self.stop()

    def stop(self) -> None:
        """End it; what it holds stays for the next start."""
        if self._process is None:
            return
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait(timeout=_PATIENCE)
        self._process = None

    def remove(self) -> None:
        """End it and remove all that it held."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def log(self) -> str:
        """What it printed."""
        return (self.folder / "out.txt").read_text(errors="replace")

    def told(self) -> str:
        """Version and address, in a few words."""
        with self.client() as client:
            return f"Elasticsearch {client.info()['version']['number']}"

    def _wait(self) -> None:
        until = time.monotonic() + _PATIENCE
        with self.client(max_retries=0) as client:
            while time.monotonic() < until:
                time.sleep(0.1)
                with contextlib.suppress(OSError):
                    socket.create_connection(("127.0.0.1", self.port)).close()
                    # 401 or 503 until all its parts are up.
                    with contextlib.suppress(TransportError, ApiError):
                        client.cluster.health(wait_for_status="yellow", timeout="5s")
                        return
        self.remove()
        raise TimeoutError(f"Elasticsearch did not start:\n{self.log()[-4000:]}")

    def _security(self) -> dict[str, str]:
        if self.certificate is None:
            return {"xpack.security.enabled": "false"}
        return {
            "xpack.security.enabled": "true",
            "xpack.security.http.ssl.enabled": "true",
            "xpack.security.http.ssl.key": "server.key",
            "xpack.security.http.ssl.certificate": "server.crt",
        }

    def _keep_the_password(self) -> None:
        subprocess.run(
            ["bin/elasticsearch-keystore", "add", "-x", "-f", "-s", "bootstrap.password"],
            cwd=self.tree, input=self.password.encode(), env=self._environment(), check=True, **_as_nobody(),
        )  # fmt: skip

    def _environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "ES_PATH_CONF": str(self.folder / "config"),
            "ES_TMPDIR": str(self.folder / "tmp"),
            # It lives for minutes: the second compiler would only take time from the tests.
            "ES_JAVA_OPTS": f"-Xms{_HEAP} -Xmx{_HEAP} -XX:TieredStopAtLevel=1",
        }


def _as_nobody() -> dict[str, Any]:
    # Elasticsearch refuses to run as root.
    return {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.getuid() == 0 else {}


@contextlib.contextmanager
def running(certificate: Certificate | None = None, **limits: str) -> Iterator[Server]:
    """A server that answers; raises NoServer when none was fetched."""
    server = Server(find_tree(), certificate, limits)
    try:
        server.start()
        yield server
    finally:
        server.remove()
