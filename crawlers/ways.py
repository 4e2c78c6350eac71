"""Which links of a page are followed: those within the budget that lead into no trap."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from scrapy import Request
from scrapy.http import Response

from crawlers.budget import Budget
from crawlers.traps import Traps, endless, pattern_of


@dataclass(frozen=True, slots=True)
class Admitted:
    """The links to follow; which limit the others ran into, if one; and what was left alone, in words."""

    requests: Sequence[Request]
    spent: str
    left: Sequence[str]


class Ways:
    """The ways that one crawl may still take. `is_free`: whether a page is answered from the evidence."""

    def __init__(self, budget: Budget, is_free: Callable[[str], bool]) -> None:
        self._budget, self._is_free = budget, is_free
        self._traps = Traps()

    def are_left(self, url: str) -> bool:
        """Whether an address belongs to a trap."""
        return self._traps.holds(url)

    def admit(self, response: Response, requests: Sequence[Request], new: int) -> Admitted:
        """The links of a page that are worth following; `new` posts on it said something new."""
        depth = int(response.meta.get("depth", 0)) + 1
        here, leads_on, spent = pattern_of(response.url), False, ""
        admitted: list[Request] = []
        left: list[str] = []
        for request in requests:
            if why := endless(request.url):
                left.append(f"left {why}, as {request.url[:200]}")
            elif not self._traps.holds(request.url):
                leads_on |= not self._budget.was_asked(request.url) and pattern_of(request.url) != here
                if stop := self._budget.admit(request.url, depth, free=self._is_free(request.url)):
                    spent = stop
                else:
                    admitted.append(request)
        if trap := self._traps.note(response.url, fruitful=new > 0 or leads_on):
            left.append(f"left addresses like {trap}: page after page showed nothing new")
        return Admitted([one for one in admitted if not self._traps.holds(one.url)], spent, left)
