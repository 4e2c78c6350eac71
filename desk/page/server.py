"""Serving the page on this machine until the person stops it."""

from __future__ import annotations

import socket
import webbrowser
from pathlib import Path

import uvicorn

from casefile.case import Case
from casefile.errors import CaseError
from desk import terminal
from desk.creating import is_free
from desk.page.app import build_app
from desk.page.door import Door
from desk.page.incoming import discard_old
from desk.page.jobs import Jobs
from desk.page.opened import OpenCase

_HOST = "127.0.0.1"


def serve(folder: Path, port: int, open_browser: bool) -> None:
    """Serve the page of a case on loopback; where there is none yet, the page offers to make it.

    `port` 0 takes a free one. Returns when the person presses Ctrl-C.
    """
    opened = None if is_free(folder) else OpenCase(Case.open(folder))
    listening = _listen(port)
    port = listening.getsockname()[1]
    door, jobs = Door(), Jobs()
    address = f"http://{_HOST}:{port}/enter?key={door.key}"
    with listening:
        app = build_app(opened, door, (f"{_HOST}:{port}", f"localhost:{port}"), jobs, folder.absolute())
        if opened:
            opened.case.audit("desk")
            discard_old(folder)
        terminal.say(opened.case.settings.title if opened else f"{folder}: a new case", "bold")
        terminal.say(f"Open {address}\nin a browser on this machine; the address works once. Ctrl-C ends it.")
        if open_browser:
            webbrowser.open(address)
        config = uvicorn.Config(
            app, log_config=None, access_log=False, lifespan="off", server_header=False, timeout_graceful_shutdown=2
        )
        uvicorn.Server(config).run([listening])
        jobs.stop_all()
        if app.state.opened:
            app.state.opened.case.close()


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
