from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from scrapy.exceptions import UsageError
from scrapy.settings import Settings

from casefile.settings import CONFIG_FOLDER
from casefile.settings_files import read_sources
from crawlers.loader import SourceLoader, spider_class
from crawlers.reading.selecting import check_selectors
from tests.crawlers import pages
from tests.crawlers.site import make_case, write_source

ROOT = Path(__file__).resolve().parents[2]


def loader(case: Path | None) -> SourceLoader:
    settings = Settings({"JEJAK_CASE": str(case) if case else None, "SPIDER_MODULES": ["crawlers.spiders"]})
    return SourceLoader.from_settings(settings)


def test_every_source_of_a_case_is_a_spider_of_its_own_name(tmp_path: Path) -> None:
    case = make_case(tmp_path / "case")
    for name, family in (("xx_one", "board"), ("xx_two", "telegram")):
        write_source(case, name, "https://jobs.example/", family)
    spiders = loader(case)
    assert spiders.list() == ["xx_one", "xx_two"]
    assert spiders.load("xx_two").name == "xx_two"


def test_without_a_case_the_examples_are_listed_and_crawling_one_says_what_is_missing() -> None:
    spiders = loader(None)
    assert spiders.list() == sorted(path.stem for path in (CONFIG_FOLDER / "sources").glob("*.yml"))
    with pytest.raises(UsageError, match="needs a case"):
        spiders.load(spiders.list()[0])


def test_an_unknown_source_and_a_wrong_file_are_told_in_a_sentence(tmp_path: Path) -> None:
    case = make_case(tmp_path / "case")
    write_source(case, "xx_wrong", "https://jobs.example/", "boards")
    with pytest.raises(UsageError, match="no source “xx_none”"):
        loader(case).load("xx_none")
    with pytest.raises(UsageError, match=r"xx_wrong\.yml"):
        loader(case).load("xx_wrong")


def test_a_source_says_how_gently_it_is_visited(tmp_path: Path) -> None:
    case = make_case(tmp_path / "case")
    write_source(case, "xx_one", "https://jobs.example/", "board")
    settings = Settings()
    loader(case).load("xx_one").update_settings(settings)
    assert settings["USER_AGENT"] == "Jejak/0.1 (+desk@watch.example)"
    assert settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN") == 4


def test_all_example_sources_can_be_read_and_made_into_spiders() -> None:
    sources = read_sources(CONFIG_FOLDER)
    assert {source.family for source in sources} == {"board", "forum", "telegram", "feed", "rendered"}
    for source in sources:
        check_selectors(source)
        assert spider_class(source, None).name == source.name
        assert ".example" in source.url or "t.me/s/" in source.url


def test_scrapys_own_commands_work_in_the_repository(tmp_path: Path) -> None:
    case = make_case(tmp_path / "case")
    write_source(case, "xx_board", "https://jobs.example/", "board", pages.BOARD)

    def scrapy(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "scrapy", *words]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)

    assert scrapy("list", "-s", f"JEJAK_CASE={case}").stdout.split() == ["xx_board"]
    unknown = scrapy("crawl", "xx_none", "-s", f"JEJAK_CASE={case}")
    assert unknown.returncode != 0
    assert "no source “xx_none”" in unknown.stdout + unknown.stderr
    assert "Traceback" not in unknown.stdout + unknown.stderr
