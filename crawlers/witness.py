"""Crawl one source while every name that is looked up and every address that is connected to is written down."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, NamedTuple

from crawlers.one import crawl_one

_NET_LOG = "browser.json"
_PYTHON_LOG = "crawler.jsonl"
_UNFINISHED = "]}"
# Chromium's own names of what it does (net/log/net_log_event_type_list.h).
_CONNECTING = "TCP_CONNECT_ATTEMPT"
_LOOKING_UP = ("HOST_RESOLVER_SYSTEM_TASK", "HOST_RESOLVER_DNS_TASK", "HOST_RESOLVER_MANAGER_JOB")


class Witnessed(NamedTuple):
    """What a crawl did on the network: names that this machine looked up, and addresses with their ports."""

    names: frozenset[str]
    addresses: frozenset[tuple[str, int]]


def witnessed_crawl(case: Path, name: str, notes: Path) -> int:
    """Crawl in this process, which ends after it: what was hooked cannot be unhooked."""
    with (notes / _PYTHON_LOG).open("a", encoding="utf-8", buffering=1) as log:

        def hear(event: str, arguments: tuple[Any, ...]) -> None:
            if event in ("socket.getaddrinfo", "socket.gethostbyname"):
                log.write(json.dumps({"name": str(arguments[0])}) + "\n")
            elif event == "socket.connect" and isinstance(arguments[1], tuple):
                log.write(json.dumps({"address": arguments[1][:2]}) + "\n")

        sys.addaudithook(hear)
        return crawl_one(case, name, JEJAK_NET_LOG=str(notes / _NET_LOG))


def read_witness(notes: Path) -> Witnessed:
    """What crawler and browser did, from the notes that they left."""
    names, addresses = set[str](), set[tuple[str, int]]()
    if (path := notes / _PYTHON_LOG).is_file():
        for line in path.read_text(encoding="utf-8").splitlines():
            told = json.loads(line)
            if "name" in told:
                names.add(told["name"])
            else:
                addresses.add((str(told["address"][0]), int(told["address"][1])))
    if (path := notes / _NET_LOG).is_file():
        for kind, parameters in _browser_events(path.read_text(encoding="utf-8", errors="replace")):
            if kind == _CONNECTING and "address" in parameters:
                host, _, port = str(parameters["address"]).rpartition(":")
                addresses.add((host.strip("[]"), int(port)))
            elif kind in _LOOKING_UP and "host" in parameters:
                names.add(str(parameters["host"]).partition("://")[2].split(":")[0] or str(parameters["host"]))
    return Witnessed(frozenset(names), frozenset(addresses))


def _browser_events(text: str) -> list[tuple[str, dict[str, Any]]]:
    try:
        log = json.loads(text)
    except ValueError:  # a browser that was ended has not closed its list
        log = json.loads(text.rstrip().rstrip(",") + _UNFINISHED)
    kinds = {number: kind for kind, number in log["constants"]["logEventTypes"].items()}
    return [(kinds.get(event["type"], ""), event.get("params") or {}) for event in log["events"]]


if __name__ == "__main__":
    sys.exit(witnessed_crawl(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])))
