"""Pages per second of one core from fetched bytes to posts, beside trafilatura and extruct; peak memory for 20 MB.

python -m benchmarks.pages [FOLDER]   reads FOLDER's *.html and *.html.gz, or pages that it makes itself
"""

from __future__ import annotations

import gzip
import json
import logging
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from crawlers.reading.page import read_page
from crawlers.reading.understand import understand

_URL = "https://papan.example/lowongan/1"
_PAGES = 150
_LARGE = 20_000_000
_WORDS = "Ten young people who answered an advert for office work were brought across the river at night. "
_MENU = "<nav>" + "".join(f"<a href='/menu/{n}'>Menu entry {n}</a>" for n in range(40)) + "</nav>"


def main() -> None:
    if sys.argv[1:2] == ["--large"]:
        print(json.dumps(_read_large()))
        return
    logging.disable(logging.CRITICAL)
    pages = list(_given(Path(sys.argv[1])) if len(sys.argv) > 1 else _made())
    size = sum(map(len, pages))
    print(f"{len(pages):,} pages of {size / len(pages) / 1e3:,.0f} kB, one core, in one run:")
    for name, read in (("jejak", _by_jejak), ("trafilatura", _by_trafilatura), ("extruct", _by_extruct)):
        seconds, failed = _time(read, pages)
        print(f"{name:>12}: {len(pages) / seconds:7.1f} pages/s, {size / seconds / 1e6:5.1f} MB/s, {failed} failed")
    large = json.loads(subprocess.check_output([sys.executable, "-m", "benchmarks.pages", "--large"], text=True))
    print(
        f"a page of {large['mb']:.0f} MB: {large['posts']:,.0f} posts, {large['seconds']:.1f} s of one core, "
        f"peak {large['peak_mb']:,.0f} MB"
    )


def _time(read: Callable[[bytes], object], pages: list[bytes]) -> tuple[float, int]:
    """Seconds of this process; the first page is read once before, so that nobody pays for imports and lists."""
    read(pages[0])
    failed = 0
    begun = time.process_time()
    for page in pages:
        try:
            read(page)
        except Exception:  # noqa: BLE001 - others' readers may raise anything; it is counted
            failed += 1
    return time.process_time() - begun, failed


def _by_jejak(body: bytes) -> object:
    return understand(read_page(body, _URL)).posts


def _by_trafilatura(body: bytes) -> object:
    from trafilatura import bare_extraction

    return bare_extraction(body, url=_URL, with_metadata=True, include_comments=True)


def _by_extruct(body: bytes) -> object:
    import extruct

    return extruct.extract(body.decode("utf-8", "replace"), base_url=_URL)


def _given(folder: Path) -> Iterator[bytes]:
    for path in sorted([*folder.glob("*.html"), *folder.glob("*.html.gz")]):
        body = path.read_bytes()
        yield gzip.decompress(body) if path.suffix == ".gz" else body


def _made() -> Iterator[bytes]:
    """Lists, threads and articles in turns."""
    for number in range(_PAGES):
        kind = (_card, _reply, _paragraph)[number % 3]
        parts = "".join(kind(part) for part in range(20 + number % 30))
        yield f"<html><body>{_MENU}<main><h1>Page {number}</h1>{parts}</main>{_MENU}</body></html>".encode()


def _card(number: int) -> str:
    return (
        f"<div class=card><img src=/l/{number}.png><h3><a href=/jobs/{number}>Warehouse clerk {number}</a></h3>"
        f"<a class=company href=/company/maju-{number}>Maju {number}</a><p>{_WORDS}</p><span>3 hours ago</span></div>"
    )


def _reply(number: int) -> str:
    return (
        f"<div class=message id=m{number}><a class=username href=/users/{number}>budi{number}</a>"
        f"<span class=date>2026-03-01 10:{number % 60:02}</span><div>{_WORDS * (number % 4 + 1)}</div></div>"
    )


def _paragraph(number: int) -> str:
    return f"<p>{_WORDS * (number % 3 + 1)}</p>"


def _read_large() -> dict[str, float]:
    cards = _LARGE // len(_card(10_000)) + 1
    body = f"<html><body>{''.join(map(_card, range(cards)))}</body></html>".encode()
    begun = time.process_time()
    posts = understand(read_page(body, _URL)).posts
    seconds = time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"mb": len(body) / 1e6, "posts": len(posts), "seconds": seconds, "peak_mb": peak}


if __name__ == "__main__":
    main()
