"""Serving the page on this machine until the person stops it."""

from __future__ import annotations

import socket
import webbrowser
from pathlib import Path

import uvicorn

from casefile.case import Case
from casefile.errors import CaseError
from desk import terminal
from desk.page.app import build_app
from desk.page.door import Door
from desk.page.jobs import Jobs
from desk.page.opened import OpenCase

_HOST = "127.0.0.1"


def serve(folder: Path, port: int, open_browser: bool) -> None:
    """Serve the page of a case on loopback; `port` 0 takes a free one. Returns when the person presses Ctrl-C."""
    listening = _listen(port)
    port = listening.getsockname()[1]
    door, jobs = Door(), Jobs()
    address = f"http://{_HOST}:{port}/enter?key={door.key}"
    with listening, Case.open(folder) as case:
        app = build_app(OpenCase(case), door, (f"{_HOST}:{port}", f"localhost:{port}"), jobs)
        case.audit("desk")
        terminal.say(f"{case.settings.title}", "bold")
        terminal.say(f"Open {address}\nin a browser on this machine; the address works once. Ctrl-C ends it.")
        if open_browser:
            webbrowser.open(address)
        config = uvicorn.Config(
            app, log_config=None, access_log=False, lifespan="off", server_header=False, timeout_graceful_shutdown=2
        )
        uvicorn.Server(config).run([listening])
        jobs.stop_all()


def _listen(port: int) -> socket.socket:
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((_HOST, port))
    except OSError as error:
        listening.close()
        raise CaseError(
            f"Port {port} of this machine cannot be used ({error.strerror})", "Choose another with --port, or none."
        ) from error
    listening.listen()
    return listening
