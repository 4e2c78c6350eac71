"""What an investigator may set: the case (`case.toml`) and its sources (`sources/*.yml`), typed."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from casefile.config_folder import CONFIG_FOLDER as CONFIG_FOLDER
from casefile.timetable import read_span, read_time, read_timetable, read_zone

Family = Literal["board", "forum", "telegram", "feed", "rendered"]
CountryCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]

EngineName = Literal["embedded", "elastic"]
SERVER_ADDRESS = r"^https?://[^\s/@]+(/[^\s@]*)?$"


class Handling(StrEnum):
    """Traffic Light Protocol 2.0 (FIRST, 2022)."""

    CLEAR = "clear"
    GREEN = "green"
    AMBER = "amber"
    AMBER_STRICT = "amber+strict"
    RED = "red"


class Strict(BaseModel):
    """Settings that nobody changes after they were read, and of which every name is known."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class SealSettings(Strict):
    """`[seal]` in `case.toml`: what seals are made with."""

    authority: str | None = Field(
        default=None,
        pattern=r"^https?://[^\s/]+",
        examples=["https://time.authority.example/tsr"],
        description="asked for a time stamp of each seal (RFC 3161); it sees a digest, nothing of the case",
    )
    root: str | None = Field(
        default=None,
        min_length=1,
        examples=["authority.pem"],
        description="the authority's root certificate, in the case",
    )
    key: str | None = Field(
        default=None, min_length=1, examples=["~/keys/case.pem"], description="private key (Ed25519), outside the case"
    )


def _readable(read: Callable[[str], object]) -> AfterValidator:
    """Text that `read` understands; it stays as it was written."""

    def check(text: str) -> str:
        read(text)
        return text

    return AfterValidator(check)


Zone = Annotated[str, _readable(read_zone)]
Span = Annotated[str, StringConstraints(max_length=40), _readable(read_span)]


class ScheduleSettings(Strict):
    """`[schedule]` in `case.toml`: what `jejak watch` goes by; a source's own `schedule:` outranks it."""

    timezone: Zone = Field(
        default="UTC", examples=["Asia/Jakarta"], description="in which `every:`, quiet hours and digest are meant"
    )
    quiet: Span = Field(default="never", examples=["22:00-05:00"], description="no crawl begins in these hours")
    jitter_minutes: float = Field(
        default=5, ge=0, le=720, examples=[5], description="up to so much later, by chance: nobody sees a clock in it"
    )
    memory_mb: int = Field(
        default=3_000, ge=200, examples=[3000], description="a crawl that takes more, browser included, is ended"
    )
    free_mb: int = Field(default=1_000, ge=0, examples=[1000], description="with less free on the disk no crawl begins")
    parallel: int = Field(default=2, ge=1, le=64, examples=[2], description="crawls at once")
    digest: Annotated[str, StringConstraints(max_length=40), _readable(read_time)] = Field(
        default="07:00", examples=["07:00"], description="when the daily digest is made, or never"
    )
    port: int = Field(
        default=0, ge=0, le=65_535, examples=[9180], description="of health and metrics on 127.0.0.1; 0: any free one"
    )


class SourceSchedule(Strict):
    """`schedule:` of a source: where it differs from the case's."""

    timezone: Zone | None = Field(default=None, examples=["Asia/Jakarta"])
    quiet: Span | None = Field(default=None, examples=["22:00-05:00"], description="outranks the case's")
    jitter_minutes: float | None = Field(default=None, ge=0, le=720, examples=[5])
    memory_mb: int | None = Field(default=None, ge=200, examples=[3000])


PROXY_PATTERN = r"^(direct|tor|(socks5h?|http)://([^\s/:@]+@)?(\[[0-9a-fA-F:]+\]|[^\s/:@\[\]]+):\d{1,5})$"
ProxyAddress = Annotated[str, StringConstraints(pattern=PROXY_PATTERN)]


class NetworkSettings(Strict):
    """`[network]` in `case.toml`: by which way the web is reached, and what web sites are told."""

    proxy: ProxyAddress | None = Field(
        default=None,
        examples=["tor", "socks5://127.0.0.1:1080"],
        description="tor, or socks5:// or http:// with host and port; it looks names up itself. Password: JEJAK_PROXY_PASSWORD",
    )
    only_by_proxy: bool = Field(
        default=False, examples=[True], description="true: what would go out without a proxy is refused"
    )
    show_contact: bool = Field(
        default=True, examples=[True], description="false: web sites see Jejak's name, and not whose it is"
    )
    user_agent: str | None = Field(
        default=None,
        min_length=1,
        max_length=300,
        pattern=r"^[ -~]+$",
        examples=["Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"],
        description="what web sites see instead of Jejak's name, where being known is dangerous; robots.txt is obeyed all the same",
    )
    mirror: str = Field(
        default="https://check.torproject.org/api/ip",
        pattern=r"^https?://[^\s/]+",
        examples=["https://check.torproject.org/api/ip"],
        description="a page that tells who asks; only `jejak doctor --network` asks it",
    )


class ElasticSettings(Strict):
    """`[elastic]` in `case.toml`: a team's Elasticsearch. Passwords and keys never stand here (see docs/elasticsearch.md)."""

    urls: tuple[Annotated[str, StringConstraints(pattern=SERVER_ADDRESS)], ...] = Field(
        default=(), examples=[["https://search.our-organisation.example:9200"]], description="where it answers"
    )
    cloud_id: str | None = Field(
        default=None, min_length=1, examples=["our-cloud:ZXhhbXBsZS5jb20kYWJjZA=="], description="instead of urls"
    )
    prefix: str = Field(
        default="jejak",
        pattern=r"^[a-z][a-z0-9-]{0,59}$",
        examples=["jejak-poipet"],
        description="begins the names of this case's indices; another case needs another one",
    )
    username: str | None = Field(default=None, min_length=1, examples=["jejak-indexer"])
    ca_file: str | None = Field(
        default=None, min_length=1, examples=["~/certificates/team-ca.pem"], description="who signed its certificate"
    )
    fingerprint: str | None = Field(
        default=None,
        pattern=r"^[0-9A-Fa-f]{2}(:?[0-9A-Fa-f]{2}){31}$",
        examples=["B1:2A:96:… (32 pairs)"],
        description="SHA-256 of its certificate, instead of ca_file",
    )
    insecure: bool = Field(
        default=False, examples=[False], description="true: send evidence without encryption, to whoever answers"
    )
    past_proxy: bool = Field(
        default=False,
        examples=[False],
        description="true: reach it without the proxy of [network], like a server of the own house",
    )
    engine: EngineName = Field(
        default="embedded", examples=["elastic"], description="what `jejak search` asks when --engine does not say"
    )


class CaseSettings(Strict):
    """`case.toml`."""

    title: str = Field(min_length=1, examples=["Recruitment posts towards Poipet"])
    purpose: str = Field(min_length=1, examples=["Identify networks that recruit for scam compounds"])
    legal_basis: str = Field(
        min_length=1, examples=["Public interest research, approved by our ethics board on 2026-01-15"]
    )
    contact: str = Field(
        min_length=3, examples=["desk@our-organisation.example"], description="shown to web sites in the User-Agent"
    )
    handling: Handling = Field(default=Handling.AMBER, examples=["amber"])
    retention_days: int = Field(
        default=730, ge=1, examples=[730], description="days that posts are kept after they were last seen"
    )
    remove_old: bool = Field(
        default=False, examples=[True], description="true: `jejak watch` removes older ones; false: it only says so"
    )
    region: CountryCode | None = Field(
        default=None, examples=["id"], description="country whose numbers are meant when nothing else tells"
    )
    allow_addresses: tuple[str, ...] = Field(
        default=(), examples=[["127.0.0.1"]], description="private addresses that may be crawled"
    )
    seal: SealSettings = Field(default_factory=SealSettings)
    elastic: ElasticSettings = Field(default_factory=ElasticSettings)
    network: NetworkSettings = Field(default_factory=NetworkSettings)
    schedule: ScheduleSettings = Field(default_factory=ScheduleSettings)


class Select(Strict):
    """CSS selectors (parsel's `::text` and `::attr(name)` work); `xpath:` before one makes it an XPath.

    `post` marks one post, the others are looked up inside it; `thread` and `next` are looked up in the page.
    """

    post: str | None = Field(default=None, examples=["li.ad"])
    link: str | None = Field(default=None, examples=["a.title::attr(href)"])
    id: str | None = Field(default=None, examples=["::attr(data-id)"])
    title: str | None = Field(default=None, examples=["h2::text"])
    text: str | None = Field(default=None, examples=["div.body"])
    author: str | None = Field(default=None, examples=["a.author::text"])
    author_link: str | None = Field(default=None, examples=["a.author::attr(href)"])
    date: str | None = Field(default=None, examples=["time::attr(datetime)"])
    media: str | None = Field(default=None, examples=["img::attr(src)"])
    views: str | None = Field(default=None, examples=["span.views::text"])
    drop: str | None = Field(
        default=None, examples=["blockquote, .signature"], description="parts of a post that are not its text"
    )
    thread: str | None = Field(default=None, examples=["a.thread::attr(href)"])
    next: str | None = Field(default=None, examples=["a[rel=next]::attr(href)"])


class Gentle(Strict):
    """How gently a source is crawled."""

    delay: float = Field(default=2.0, ge=0, le=600, examples=[2.0], description="seconds between requests")
    concurrency: int = Field(default=1, ge=1, le=16, examples=[1])
    max_pages: int = Field(default=500, ge=1, examples=[500], description="pages asked for in one crawl")
    max_bytes: int = Field(
        default=1_000_000_000, ge=10_000, examples=[1_000_000_000], description="received over the network in one crawl"
    )
    max_minutes: float = Field(default=240.0, gt=0, le=10_080, examples=[240], description="that one crawl may last")
    max_depth: int = Field(
        default=5_000, ge=1, examples=[5000], description="pages one behind the other (next, older) from the first"
    )
    max_page_bytes: int = Field(default=20_000_000, ge=10_000, examples=[20_000_000])
    timeout: float = Field(default=30.0, gt=0, le=600, examples=[30], description="seconds")


class Browser(Strict):
    """How a page that needs JavaScript is brought to show its posts."""

    wait_for: str | None = Field(default=None, examples=["article.job"], description="CSS of what must appear")
    click: str | None = Field(default=None, examples=["button.load-more"], description="clicked until it is gone")
    scrolls: int = Field(default=3, ge=0, le=200, examples=[5])
    wait_seconds: float = Field(default=10.0, gt=0, le=120, examples=[10])


class Normal(Strict):
    """What one crawl usually sees; less is an alarm, not a quiet day. What is not set is learnt from the crawls before."""

    min_posts: int | None = Field(
        default=None, ge=0, examples=[20], description="0: a crawl without any post is no failure"
    )
    max_posts: int | None = Field(default=None, ge=1, examples=[400], description="more are an alarm")
    min_text: int | None = Field(
        default=None, ge=0, examples=[80], description="characters that half of the posts have at least"
    )
    min_dated: float | None = Field(
        default=None, ge=0, le=1, examples=[0.5], description="share of the posts that tell their time"
    )


class SourceSettings(Strict):
    """One file of `sources/`; its file name is its name: country code, underscore, site."""

    name: str = Field(pattern=r"^[a-z]{2}_[a-z0-9_]+$", examples=["xx_harborjobs"])
    title: str = Field(min_length=1, examples=["Harbor Jobs"])
    country: CountryCode = Field(examples=["xx"])
    languages: tuple[LanguageCode, ...] = Field(default=(), examples=[["id", "en"]])
    why: str = Field(min_length=1, examples=["public job board, no login, robots allow /jobs"])
    url: str = Field(pattern=r"^https?://[^\s/]+", examples=["https://harborjobs.example/jobs"])
    family: Family = Field(examples=["board"])
    reads: Literal["board", "forum"] = Field(
        default="board", description="for family `rendered`: how the finished page is read"
    )
    every: Annotated[str, StringConstraints(max_length=200), _readable(read_timetable)] | None = Field(
        default=None,
        examples=["every 6 hours"],
        description="when `jejak watch` crawls it",
    )
    schedule: SourceSchedule = Field(default_factory=SourceSchedule)
    region: CountryCode | None = Field(
        default=None, examples=["id"], description="country of numbers written without one; default: country"
    )
    timezone: str | None = Field(
        default=None, examples=["Asia/Jakarta"], description="zone of times written without one; default: UTC"
    )
    select: Select = Field(default_factory=Select)
    gentle: Gentle = Field(default_factory=Gentle)
    browser: Browser = Field(default_factory=Browser)
    normal: Normal = Field(default_factory=Normal)
    retention_days: int | None = Field(
        default=None,
        ge=1,
        examples=[365],
        description="how long its posts are kept after they were last seen; default: the case's",
    )
    proxy: ProxyAddress | None = Field(
        default=None, examples=["tor"], description="way to this site, or direct; default: the case's"
    )
    paused: bool = Field(default=False, examples=[False])
