"""Sources as spiders: every file of a case's sources/ is a spider of its own name, made from its family."""

from __future__ import annotations

from pathlib import Path
from typing import Self

from scrapy import Request, Spider
from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings
from scrapy.spiderloader import SpiderLoader

from casefile.errors import CaseError, JejakError
from casefile.settings import CONFIG_FOLDER, CaseSettings, SourceSettings
from casefile.settings_files import read_case_settings, read_source, read_sources
from crawlers.browser import find_browser
from crawlers.exits import exit_for
from crawlers.families.board import BoardSpider
from crawlers.families.feed import FeedSpider
from crawlers.families.forum import ForumSpider
from crawlers.families.source import SourceSpider
from crawlers.families.telegram import TelegramSpider
from crawlers.reading.selecting import check_selectors

_FAMILIES: dict[str, type[SourceSpider]] = {
    "board": BoardSpider,
    "forum": ForumSpider,
    "telegram": TelegramSpider,
    "feed": FeedSpider,
}


class _Unusable(UsageError, KeyError):
    """Scrapy shows a UsageError as one line, and expects a KeyError for a spider that is not there."""

    def __str__(self) -> str:
        return str(self.args[0])


def spider_class(
    source: SourceSettings, case: CaseSettings | None, special: type[Spider] | None = None
) -> type[SourceSpider]:
    """The spider of a source: its family's, or the special one that crawlers/spiders/ holds for it."""
    family = _rendered(source) if source.family == "rendered" else _FAMILIES[source.family]
    if special is not None and issubclass(special, SourceSpider):
        family = special
    return type(source.name, (family,), {"name": source.name, "source": source, "case": case, "__doc__": source.title})


def _rendered(source: SourceSettings) -> type[SourceSpider]:
    # Only here: loading the browser's library takes longer than many a crawl.
    from crawlers.families.rendered import RenderedBoardSpider, RenderedForumSpider

    return RenderedForumSpider if source.reads == "forum" else RenderedBoardSpider


class SourceLoader:
    """Scrapy's spider loader: lists the sources of the case, or the examples where no case is named."""

    def __init__(self, settings: BaseSettings) -> None:
        folder = settings.get("JEJAK_CASE")
        self._folder = Path(folder) if folder else None
        self._special = SpiderLoader(settings)

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Self:
        """Scrapy's way to make one."""
        return cls(settings)

    def load(self, spider_name: str) -> type[Spider]:
        """The spider of that name; what is wrong with it is told in one line."""
        try:
            return self._load(spider_name)
        except JejakError as error:
            raise _Unusable(f"{error}\n{error.remedy}".strip()) from error

    def list(self) -> list[str]:  # Scrapy's name
        """All sources by name; files with mistakes are told when they are to be crawled."""
        sources = (self._folder or CONFIG_FOLDER) / "sources"
        return sorted(path.stem for path in sources.glob("*.yml"))

    def find_by_request(self, request: Request) -> list[str]:  # type: ignore[valid-type]  # `list` is the method above
        """The sources whose site a request goes to."""
        try:
            sources = read_sources(self._folder or CONFIG_FOLDER)
        except JejakError:
            return []
        return [source.name for source in sources if spider_class(source, None).handles_request(request)]

    def _load(self, name: str) -> type[Spider]:
        if self._folder is None:
            raise CaseError(f"“{name}” needs a case.", "Name one: JEJAK_CASE=folder scrapy crawl NAME")
        case = read_case_settings(self._folder)
        source = read_source(self._folder, name)
        if source is None:
            raise CaseError(
                f"There is no source “{name}” in {self._folder}/sources.", "`scrapy list` shows those there are."
            )
        check_selectors(source)
        exit_for(case, source)
        if source.family == "rendered":
            find_browser()
        special = self._special.load(name) if name in self._special.list() else None
        return spider_class(source, case, special)
