"""Run the demo web: a server in a thread of this process, on 127.0.0.1 only."""

from __future__ import annotations

import socket
import threading
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import ExitStack
from types import TracebackType

import uvicorn

from casefile.errors import JejakError
from desk.demo.site import SITES, demo_app
from desk.demo.truth import DemoNetwork, DemoPost
from desk.demo.writing import DEMO_FOLDER, write_content

_ADDRESS = "127.0.0.1"
_PATIENCE = 30.0  # seconds until a server that does not start is given up


class DemoWeb:
    """`with DemoWeb() as web:` serves until the block ends; free ports are taken unless `ports` names them.

    `ports` maps a site (board, forum, telegram, news, quick) to its port. Edition 2 is the same web a day later.
    """

    def __init__(self, edition: int = 1, ports: Mapping[str, int] | None = None) -> None:
        self.content = write_content(edition)
        self.requests: Counter[str] = Counter()
        self.ports: dict[str, int] = dict(ports or {})
        self._open = ExitStack()

    @property
    def posts(self) -> tuple[DemoPost, ...]:
        """The truth about every post."""
        return self.content.posts

    @property
    def networks(self) -> tuple[DemoNetwork, ...]:
        """The truth about every hidden network."""
        return self.content.networks

    def __enter__(self) -> DemoWeb:
        sockets = [self._open.enter_context(_bound(self.ports.get(site, 0))) for site in SITES]
        self.ports = {site: sock.getsockname()[1] for site, sock in zip(SITES, sockets, strict=True)}
        app = demo_app(self.content, self.ports, self.requests)
        server = uvicorn.Server(
            uvicorn.Config(app, log_config=None, lifespan="off", access_log=False, timeout_graceful_shutdown=2)
        )
        thread = threading.Thread(target=server.run, kwargs={"sockets": sockets}, name="demo web", daemon=True)
        thread.start()
        self._open.callback(_stop, server, thread)
        _wait_until_started(server, thread)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    def address(self, site: str) -> str:
        """`http://127.0.0.1:port` of a site; both Telegram channels live on one."""
        return f"http://{_ADDRESS}:{self.ports[_HOST.get(site, site)]}"

    def permalink(self, post: DemoPost) -> str:
        """The full address of a post."""
        return self.address(post.site) + post.path

    def source_files(self) -> dict[str, str]:
        """The sources of a case for this web: file name -> YAML, with the ports of this run."""
        return {
            path.name: _with_ports(path.read_text("utf-8"), self.ports)
            for path in sorted((DEMO_FOLDER / "sources").glob("*.yml"))
        }


_HOST = {"kerja": "telegram", "haiwai": "telegram"}


def _with_ports(text: str, ports: Mapping[str, int]) -> str:
    for site, port in ports.items():
        text = text.replace(f"{{{site}}}", f"{_ADDRESS}:{port}")
    return text


def _bound(port: int) -> socket.socket:
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind((_ADDRESS, port))
    except OSError as error:
        sock.close()
        raise JejakError(f"port {port} for the demo web is taken: {error.strerror}", "Leave the port out.") from error
    return sock


def _wait_until_started(server: uvicorn.Server, thread: threading.Thread) -> None:
    give_up = time.monotonic() + _PATIENCE
    while not server.started:
        if not thread.is_alive() or time.monotonic() > give_up:
            raise JejakError("the demo web did not start", "Run the command again.")
        time.sleep(0.01)


def _stop(server: uvicorn.Server, thread: threading.Thread) -> None:
    server.should_exit = True
    thread.join(timeout=_PATIENCE)
