"""Health and metrics of a daemon, for this computer only: `/health` as JSON, `/metrics` for Prometheus."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from casefile.errors import CaseError
from desk.schedule.turns import Turn

_ADDRESS = "127.0.0.1"
_STUCK = 120.0  # seconds without a beat
_SECONDS = (5, 15, 60, 300, 900, 3600, 14_400)


@dataclass(frozen=True, slots=True)
class State:
    """How it stands; `problems` in words."""

    running: int = 0
    scheduled: int = 0
    failing: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


class Health:
    """What the daemon tells of itself. It beats; the answers come from threads of their own."""

    def __init__(self) -> None:
        self._state = State()
        self._turns: tuple[Turn, ...] = ()
        self._beaten = time.monotonic()
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self._runs = Counter("jejak_crawls", "Crawls that ended", ["source", "outcome"], registry=self._registry)
        self._took = Histogram("jejak_crawl_seconds", "How long crawls took", buckets=_SECONDS, registry=self._registry)
        self._posts = Counter("jejak_posts_seen", "Posts that crawls met", ["source"], registry=self._registry)
        self._failures = Gauge("jejak_source_failures", "Failures in a row", ["source"], registry=self._registry)
        self._due = Gauge(
            "jejak_source_due_timestamp_seconds", "When a source is due", ["source"], registry=self._registry
        )
        self._good = Gauge(
            "jejak_source_success_timestamp_seconds",
            "When a source was crawled well last",
            ["source"],
            registry=self._registry,
        )
        self._running = Gauge("jejak_crawls_running", "Crawls that run now", registry=self._registry)
        self._problems = Gauge("jejak_problems", "Problems that somebody should look at", registry=self._registry)
        self._beats = Gauge(
            "jejak_beat_timestamp_seconds", "When the daemon looked round last", registry=self._registry
        )
        self._chores = Counter("jejak_chores", "What follows crawls, done", ["chore"], registry=self._registry)
        self._alerts = Counter("jejak_alerts", "Alerts that were given", registry=self._registry)

    def beat(self, state: State, turns: Iterable[Turn]) -> None:
        """Tell that all goes on, and how it stands."""
        self._state, self._turns, self._beaten = state, tuple(turns), time.monotonic()
        self._beats.set_to_current_time()

    def _measure(self) -> None:
        """Set what is measured at the moment that it is asked for."""
        self._running.set(self._state.running)
        self._problems.set(len(self._state.problems))
        for gauge in (self._failures, self._due, self._good):
            gauge.clear()  # a source whose file was taken away is no more
        for turn in self._turns:
            self._failures.labels(turn.source).set(turn.failures)
            self._due.labels(turn.source).set(turn.due.timestamp())
            if turn.good is not None:
                self._good.labels(turn.source).set(turn.good.timestamp())

    def count(self, turn: Turn) -> None:
        """Count a crawl that ended."""
        self._runs.labels(turn.source, turn.outcome or "").inc()
        self._posts.labels(turn.source).inc(turn.posts)
        if turn.begun is not None and turn.ended is not None:
            self._took.observe(max(0.0, (turn.ended - turn.begun).total_seconds()))

    def count_chore(self, chore: str, told: Mapping[str, str]) -> None:
        """Count a chore that was done."""
        self._chores.labels(chore).inc()
        alerts = told.get("alerts", "0")
        self._alerts.inc(int(alerts) if alerts.isdecimal() else 0)

    def answer(self, path: str) -> tuple[int, str, bytes]:
        """Status, type and body for a path."""
        if path == "/metrics":
            self._measure()
            return 200, CONTENT_TYPE_LATEST, generate_latest(self._registry)
        if path != "/health":
            return 404, "text/plain", b"/health or /metrics\n"
        stuck = time.monotonic() - self._beaten > _STUCK
        well = not stuck and not self._state.problems
        told = {"status": "stuck" if stuck else "ok" if well else "problems", **asdict(self._state)}
        return 200 if well else 503, "application/json", json.dumps(told, ensure_ascii=False).encode() + b"\n"

    @contextmanager
    def served(self, port: int) -> Iterator[int]:
        """While this is open, answers on 127.0.0.1; gives the port. Raises CaseError when it is taken."""
        try:
            server = ThreadingHTTPServer((_ADDRESS, port), _handler(self))
        except OSError as error:
            raise CaseError(
                f"port {port} on {_ADDRESS} cannot be used ({error.strerror})",
                "Choose another in case.toml: schedule.port",
            ) from error
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, name="health", daemon=True)
        thread.start()
        try:
            yield int(server.server_address[1])
        finally:
            server.shutdown()
            thread.join()
            server.server_close()


def _handler(health: Health) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = 10  # a visitor who says nothing is shown out

        def do_GET(self) -> None:
            # A page in a browser may lead another name to this address; only who asks for this address is answered.
            host = self.headers.get("Host", "").rpartition(":")[0] or self.headers.get("Host", "")
            known = host in (_ADDRESS, "localhost")
            status, kind, body = health.answer(self.path) if known else (403, "text/plain", b"")
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("X-Content-Type-Options", "nosniff")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Who asks how it goes is not written down."""

    return Handler
