"""The part of Kibana that an installation speaks with, on loopback: strict about what it is sent, and told what to answer."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

PASSWORD = "a password of the tests"


@dataclass
class StubKibana:
    """What it is and holds; `refuse` are titles of objects that it does not take."""

    version: str = "9.4.3"
    refuse: tuple[str, ...] = ()
    spaces: dict[str, Any] = field(default_factory=dict)
    objects: dict[tuple[str, str, str], Any] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    url: str = ""

    def answer(self, method: str, path: str, kind: str, body: bytes) -> tuple[int, Any]:
        self.asked.append(f"{method} {path}")
        if path == "/api/status":
            return 200, {"version": {"number": self.version}}
        if path == "/api/spaces/space":
            told = json.loads(body)
            self.spaces[told["id"]] = told
            return 200, told
        if path.startswith("/api/spaces/space/"):
            space = self.spaces.get(path.rpartition("/")[2])
            return (200, space) if space else (404, {"statusCode": 404, "message": "Not Found"})
        space, _, rest = path.removeprefix("/s/").partition("/")
        if rest == "api/data_views/default":
            return 200, {"acknowledged": True}
        if rest == "api/saved_objects/_import?overwrite=true" and space in self.spaces:
            return 200, self._import(space, kind, body)
        return 404, {"statusCode": 404, "message": "Not Found"}

    def _import(self, space: str, kind: str, body: bytes) -> dict[str, Any]:
        message = BytesParser().parsebytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + body)
        [part] = message.get_payload()
        assert part.get_param("name", header="content-disposition") == "file"
        assert str(part.get_filename()).endswith(".ndjson")
        done, errors = [], []
        for line in part.get_payload(decode=True).decode().splitlines():
            one = json.loads(line)
            told = {"type": one["type"], "id": one["id"], "meta": {"title": one["attributes"]["title"]}}
            if one["attributes"]["title"] in self.refuse:
                missing = [{"type": "index-pattern", "id": "gone"}]
                errors.append({**told, "error": {"type": "missing_references", "references": missing}})
                continue
            key = (space, one["type"], one["id"])
            done.append({**told, "overwrite": True} if key in self.objects else told)
            self.objects[key] = one
        answer = {"success": not errors, "successCount": len(done), "successResults": done}
        return answer | ({"errors": errors} if errors else {})


@contextmanager
def running(kibana: StubKibana) -> Iterator[StubKibana]:
    """Let it answer on a port of its own."""
    wanted = "Basic " + base64.b64encode(f"elastic:{PASSWORD}".encode()).decode()

    class Handler(BaseHTTPRequestHandler):
        def _handle(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            if self.headers.get("authorization") != wanted:
                status, told = 401, {"statusCode": 401, "message": "unable to authenticate user"}
            elif self.command != "GET" and not self.headers.get("kbn-xsrf"):
                status, told = 400, {"statusCode": 400, "message": "Request must contain a kbn-xsrf header."}
            else:
                status, told = kibana.answer(self.command, self.path, self.headers.get("content-type", ""), body)
            packed = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(packed)))
            self.end_headers()
            self.wfile.write(packed)

        do_GET = do_POST = do_PUT = _handle

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    kibana.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield kibana
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
