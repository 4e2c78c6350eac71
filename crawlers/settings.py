"""Scrapy's settings for every crawl: politeness, honesty and limits. A source may be gentler, never rougher."""

from __future__ import annotations

import os
from typing import Any

BOT_NAME = "jejak"
SPIDER_MODULES = ["crawlers.spiders"]
SPIDER_LOADER_CLASS = "crawlers.loader.SourceLoader"

# The folder of the case; `-s JEJAK_CASE=folder` works as well.
JEJAK_CASE = os.environ.get("JEJAK_CASE")
# Whether progress is told to stdout, one JSON object a line (see crawlers.events).
JEJAK_EVENTS = False

# Who we are, and what the site allows. The case's contact is added for each source.
USER_AGENT = "Jejak/0.1"
ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = "Jejak"
COOKIES_ENABLED = False
REFERER_ENABLED = False
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 0.5
AUTOTHROTTLE_MAX_DELAY = 60.0
RETRY_TIMES = 2
REDIRECT_MAX_TIMES = 5
# Every answer reaches crawlers.keeping, which keeps it as evidence before it judges it.
HTTPERROR_ALLOW_ALL = True

# Only the web is read, only from public addresses, and a proxy of the environment would hide which they are
# (`proxy` in the case's settings is another thing: see crawlers.exits).
_WEB = "crawlers.heads.BoundedHeadHandler"
DOWNLOAD_HANDLERS: dict[str, str | None] = {
    "http": _WEB,
    "https": _WEB,
    "file": None,
    "ftp": None,
    "s3": None,
    "data": None,
}
DNS_RESOLVER = "crawlers.leaving.ExitResolver"
DNS_TIMEOUT = 20
HTTPPROXY_ENABLED = False
# What another than the site itself may have written is no evidence of what the site showed.
DOWNLOAD_VERIFY_CERTIFICATES = True
# Doors by which other programs could run code inside a crawl.
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
URLLENGTH_LIMIT = 4_000
# A page is one page, whatever session it is asked for in.
REQUEST_FINGERPRINTER_CLASS = "crawlers.canonical.CanonicalFingerprinter"

EXTENSIONS: dict[str, int] = {"crawlers.collector.Collector": 0}
SPIDER_MIDDLEWARES: dict[str, int] = {"crawlers.keeping.KeepingMiddleware": 950}
DOWNLOADER_MIDDLEWARES: dict[str, Any] = {
    "crawlers.keeping.SetbackMiddleware": 1,  # sees every exception that nobody else could mend
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "crawlers.hosts.HostMiddleware": 50,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "crawlers.robots.RobotsMiddleware": 100,
    "crawlers.kept.FrontierMiddleware": 110,
    "crawlers.validators.ValidatorMiddleware": 540,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "crawlers.patience.PatienceMiddleware": 550,
    "crawlers.leaving.LeavingMiddleware": 990,  # nothing may come between it and the network
}

LOG_LEVEL = "INFO"
# It reads the source of every callback again for every page; mypy finds such mistakes once.
WARN_ON_GENERATOR_RETURN_VALUE = False
CONCURRENT_ITEMS = 16
# In the order in which they were met: the newest posts first, and no list is followed far before its posts are read.
SCHEDULER_MEMORY_QUEUE = "scrapy.squeues.FifoMemoryQueue"
