"""A crawl that is killed without warning loses nothing, counts nothing twice, and leaves whole evidence."""

from __future__ import annotations

from pathlib import Path

import psutil

from benchmarks.kill import crawl_whole, differences, found_posts, kill_crawl, make_case, run_crawl
from desk.demo.web import DemoWeb


def test_a_crawl_killed_three_times_ends_with_the_same_posts_as_an_undisturbed_one(tmp_path: Path) -> None:
    with DemoWeb() as web:
        right, seconds = crawl_whole(web, tmp_path / "right", without_browser=True)
        assert right
        case = make_case(web, tmp_path / "killed", without_browser=True)
        for share in (0.35, 0.6, 0.85):
            kill_crawl(case, seconds * share)
        run_crawl(case).wait()
        assert differences(right, found_posts(case), case) == []


def test_a_crawl_whose_command_is_killed_stops_by_itself(tmp_path: Path) -> None:
    with DemoWeb() as web:
        right, seconds = crawl_whole(web, tmp_path / "right", without_browser=True)
        case = make_case(web, tmp_path / "killed", without_browser=True)
        children = kill_crawl(case, seconds * 0.5, parent_only=True)
        assert children
        _, alive = psutil.wait_procs(children, timeout=30)
        assert alive == []
        run_crawl(case).wait()
        assert differences(right, found_posts(case), case) == []
