"""A small invented case for the report's tests: one network that sends people away, one that is weak, and voices beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from casefile.case import Case
from casefile.evidence.exchange import Exchange
from casefile.identity import entity_id, link_id, post_id
from casefile.records import (
    Actor,
    Campaign,
    Connections,
    CrawlOutcome,
    Entity,
    JoinReason,
    Label,
    Link,
    LinkKind,
    Mention,
    Network,
    Post,
    PostKind,
    Problem,
    Reading,
    Scalar,
)
from casefile.settings import CaseSettings, Handling
from tests.casefile.making import save_connections

SETTINGS = CaseSettings(
    title="Recruitment posts towards Poipet",
    purpose="Identify networks that recruit for scam compounds",
    legal_basis="Public interest research, approved by our ethics board on 2026-01-15",
    contact="desk@our-organisation.example",
    handling=Handling.AMBER_STRICT,
)
START = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
VERSION = "test"

# label, the words in the text, the value, attributes
Named = tuple[Label, str, str, dict[str, Scalar]]

POIPET: Named = (
    Label.LOC,
    "Poipet",
    "KH/poipet",
    {"name": "Poipet", "country": "KH", "kind": "town", "role": "destination", "lat": 13.657, "lon": 102.563},
)
MEDAN: Named = (
    Label.LOC,
    "Medan",
    "ID/medan",
    {"name": "Medan", "country": "ID", "kind": "town", "role": "origin", "lat": 3.583, "lon": 98.667},
)
PHONE_A: Named = (Label.PHONE, "0812-0000-1111", "+6281200001111", {})
PHONE_B: Named = (Label.PHONE, "0812-0000-2222", "+6281200002222", {})
HANDLE: Named = (Label.HANDLE, "@hr_lautan_demo", "telegram:hr_lautan_demo", {})
COMPANY: Named = (Label.ORG, "PT Lautan Demo", "PT Lautan Demo", {})
PAY: Named = (
    Label.SALARY,
    "USD 900-1500",
    "USD 900-1500",
    {"amount_min": 900.0, "amount_max": 1500.0, "currency": "USD", "period": "month"},
)
TICKET: Named = (
    Label.INDICATOR,
    "tiket ditanggung",
    "travel-paid-by-employer",
    {"title": "Travel paid by the recruiter", "ilo": "Deception; Debt bondage"},
)
CHAT: Named = (
    Label.INDICATOR,
    "Hubungi Telegram",
    "chat-only-contact",
    {"title": "Contact only by chat", "ilo": "Deception"},
)
THAI_PLACE: Named = (
    Label.LOC,
    "แม่สอด",
    "TH/mae-sot",
    {"name": "Mae Sot", "country": "TH", "kind": "town", "role": "transit", "lat": 16.71, "lon": 98.57},
)
KK: Named = (
    Label.LOC,
    "KK Park",
    "MM/kk-park",
    {"name": "KK Park", "country": "MM", "kind": "compound", "role": "worksite", "lat": 16.62, "lon": 98.52},
)
LINE: Named = (Label.HANDLE, "line: jobdee_demo", "line:jobdee_demo", {})
THAI_PAY: Named = (
    Label.SALARY,
    "35,000 บาท",
    "THB 35000",
    {"amount_min": 35000.0, "amount_max": 35000.0, "currency": "THB", "period": "month"},
)
VICTIM: Named = (Label.PERSON, "Melati Contoh", "Melati Contoh", {})
VICTIM_PHONE: Named = (Label.PHONE, "0813-0000-9999", "+6281300009999", {})
HOTLINE: Named = (Label.PHONE, "0800-000-555", "+62800000555", {})

ID_TEXTS = (
    "LOWONGAN ADMIN ONLINE penempatan Poipet, tiket ditanggung, gaji USD 900-1500. Dari Medan kumpul hari Senin. "
    "Hubungi Telegram @hr_lautan_demo atau WA 0812-0000-1111. PT Lautan Demo",
    "Dibutuhkan segera CS mandarin, lokasi kerja Poipet. Gaji USD 900-1500, tiket ditanggung. Hubungi Telegram @hr_lautan_demo",
    "Kerja di luar negeri tanpa pengalaman. WA 0812-0000-2222 atau 0812-0000-1111, PT Lautan Demo, Poipet. tiket ditanggung",
)
ID_NAMED = (POIPET, MEDAN, PHONE_A, PHONE_B, HANDLE, COMPANY, PAY, TICKET, CHAT)
THAI_TEXT = "รับสมัครแอดมินตอบแชท เงินเดือน 35,000 บาท นัดเจอที่ แม่สอด แล้วไป KK Park ติดต่อ line: jobdee_demo ด่วน"
PLEA = "Tolong, anak saya Melati Contoh pergi ke Poipet ikut @hr_lautan_demo. Hubungi saya 0813-0000-9999, Ibu Sekar"
WARNING = "HATI-HATI! Nomor 0812-0000-1111 menipu, kerja di Poipet. Lapor ke 0800-000-555"


def mentions(text: str, named: Sequence[Named]) -> tuple[Mention, ...]:
    """The mentions of those names that stand in the text."""
    return tuple(
        Mention(label=label, start=at, end=at + len(words), surface=words, value=value, confidence=0.9, extractor="test", attributes=told)
        for label, words, value, told in named
        if (at := text.find(words)) >= 0
    )  # fmt: skip


def entity_of(named: Named) -> Entity:
    """The entity that a name stands for."""
    label, words, value, told = named
    mention = mentions(words, [named])[0]
    name = str(told.get("name") or value.partition(":")[2] or value)
    return Entity(id=entity_id(mention) or "", label=label.value, name=name, posts=1)


def id_of(named: Named) -> str:
    """The id of that entity."""
    return entity_of(named).id


def link(from_id: str, kind: LinkKind, to_id: str, posts: Sequence[str], confidence: float = 0.85) -> Link:
    """A link that these posts prove."""
    return Link(
        id=link_id(from_id, kind, to_id),
        from_id=from_id,
        to_id=to_id,
        kind=kind,
        confidence=confidence,
        posts=tuple(posts),
    )


def keep(case: Case, source: str, posts: Sequence[Post], readings: Sequence[Reading]) -> None:
    """Put posts into the case as a crawl would, and their readings as processing would."""
    with case.keeper() as keeper:
        crawl = keeper.begin_crawl(source)
        body = "\n".join(post.text for post in posts).encode("utf-8", "replace")
        answer = Exchange(url=f"https://{source.replace('_', '-')}.example/jobs", at=START, status=200, body=body)
        keeper.keep_page(source, crawl, answer, posts)
        keeper.end_crawl(crawl, CrawlOutcome.FINISHED)
    case.store.save_readings(readings, VERSION)


def post(
    source: str, number: int, text: str, author: str = "hr_lautan", day: int = 0, title: str | None = None
) -> Post:
    """One post of a source."""
    native = f"ad-{number}"
    return Post(
        id=post_id(source, native), source=source, native_id=native, text=text, author=author, title=title,
        url=f"https://{source.replace('_', '-')}.example/jobs/{author}/{number}", published=START + timedelta(days=day),
    )  # fmt: skip


def read(of: Post, kind: PostKind, named: Sequence[Named], suspect: float = 0.9, lang: str = "id") -> Reading:
    """What was read in a post."""
    return Reading(
        post_id=of.id, lang=lang, kind=kind, suspect=suspect, mentions=mentions(of.text, named),
        reasons=("says that the ticket is paid", "names Poipet") if suspect > 0.5 else (),
    )  # fmt: skip


@contextmanager
def empty_case(folder: Path, settings: CaseSettings = SETTINGS) -> Iterator[Case]:
    """A new case with nothing in it."""
    with Case.create(folder / "case", settings) as case:
        yield case


@contextmanager
def sample_case(folder: Path, settings: CaseSettings = SETTINGS) -> Iterator[Case]:
    """The invented case."""
    with empty_case(folder, settings) as case:
        offers = [post("id_harborjobs", n, ID_TEXTS[n % 3], day=n * 9) for n in range(14)]
        thai = [post("th_jobboard", 90 + n, THAI_TEXT, "jobdee", 30 + n * 40) for n in range(2)]
        plea = post("id_forum", 50, PLEA, "ibu_sekar", 70)
        warning = post("id_forum", 51, WARNING, "warga_peduli", 75)
        other = post("id_forum", 52, "Selamat pagi semua, ada yang tahu jadwal feri?", "budi_contoh", 76)
        keep(case, "id_harborjobs", offers, [read(p, PostKind.RECRUITMENT, ID_NAMED) for p in offers])
        keep(
            case,
            "th_jobboard",
            thai,
            [read(p, PostKind.RECRUITMENT, (THAI_PLACE, KK, LINE, THAI_PAY), 0.5, "th") for p in thai],
        )
        keep(case, "id_forum", [plea, warning, other], [
            read(plea, PostKind.PLEA, (VICTIM, POIPET, HANDLE, VICTIM_PHONE), 0.1),
            read(warning, PostKind.WARNING, (PHONE_A, POIPET, HOTLINE), 0.1),
            read(other, PostKind.OTHER, (), 0.0),
        ])  # fmt: skip
        save_connections(case.store, connections(offers, thai, plea, warning))
        case.store.add_problem(
            Problem(
                at=START,
                stage="crawl",
                item="https://down.example/jobs",
                reason="the site does not answer",
                remedy="Try again later.",
            )
        )
        yield case


def connections(offers: Sequence[Post], thai: Sequence[Post], plea: Post, warning: Post) -> Connections:
    """What connecting the invented case yields."""
    ids = [p.id for p in offers]
    one, other = ids[0::3] + ids[2::3], ids[2::3]
    actor = Actor(
        id="actor:lautan", name="hr_lautan_demo", identifiers=(id_of(HANDLE), id_of(PHONE_A), id_of(PHONE_B), id_of(HOTLINE)),
        posts=tuple(ids), confidence=0.93, first_seen=START, last_seen=START + timedelta(days=117), network="network:1",
        joins=(JoinReason(left=id_of(PHONE_A), right=id_of(PHONE_B), reason="stand together in offers", weight=0.9, posts=tuple(other)),),
    )  # fmt: skip
    weak = Actor(
        id="actor:jobdee",
        name="jobdee_demo",
        identifiers=(id_of(LINE),),
        posts=tuple(p.id for p in thai),
        confidence=0.5,
        network="network:2",
    )
    named = (POIPET, MEDAN, PHONE_A, PHONE_B, HANDLE, COMPANY, THAI_PLACE, KK, LINE, VICTIM, VICTIM_PHONE, HOTLINE)
    source = Entity(id="source:id_harborjobs", label="SOURCE", name="Harbor Jobs", posts=14)
    links = (
        link(actor.id, LinkKind.USES_CONTACT, id_of(PHONE_A), one, 0.92),
        link(actor.id, LinkKind.USES_CONTACT, id_of(PHONE_B), other, 0.88),
        link(actor.id, LinkKind.USES_CONTACT, id_of(HANDLE), ids[0::3] + ids[1::3], 0.95),
        link(actor.id, LinkKind.USES_CONTACT, id_of(HOTLINE), [warning.id], 0.4),
        link(actor.id, LinkKind.RECRUITS_FOR, id_of(COMPANY), one, 0.82),
        link(actor.id, LinkKind.SENDS_TO, id_of(POIPET), ids, 0.9),
        link(id_of(COMPANY), LinkKind.LOCATED_IN, id_of(POIPET), other, 0.5),
        link(source.id, LinkKind.POSTED, id_of(HANDLE), ids[0::3], 0.99),
        link(id_of(VICTIM_PHONE), LinkKind.MENTIONS, id_of(HANDLE), [plea.id], 0.4),
        link(weak.id, LinkKind.USES_CONTACT, id_of(LINE), [p.id for p in thai], 0.5),
        link(weak.id, LinkKind.SENDS_TO, id_of(KK), [p.id for p in thai], 0.5),
    )
    networks = (
        Network(
            id="network:1", name="Recruiters towards Poipet around hr_lautan_demo", suspect=0.91,
            members=(actor.id, *(id_of(n) for n in named[:6]), source.id, id_of(VICTIM_PHONE)),
            posts=tuple(ids), destinations=(id_of(POIPET),), origins=(id_of(MEDAN),),
        ),
        Network(
            id="network:2", name="Chat work near Mae Sot", suspect=0.5, members=(weak.id, id_of(LINE), id_of(KK), id_of(THAI_PLACE)),
            posts=tuple(p.id for p in thai), destinations=(id_of(KK),), origins=(),
        ),
    )  # fmt: skip
    sent = (*(ids[n::3] for n in range(3)), [p.id for p in thai])
    return Connections(
        entities=(*map(entity_of, named), source), actors=(actor, weak), links=links, networks=networks,
        campaigns=tuple(Campaign(id=f"text:{n}", posts=tuple(posts), template=f"Text {n}") for n, posts in enumerate(sent)),
    )  # fmt: skip


HOSTILE = (
    "</script></title><script>alert(1)</script><img src=https://evil.example/x onerror=alert(1)>"
    "<marquee>\u202egnp.exe\u2066 \x1b[31m {{ 7*7 }} {% raw %} javascript:alert(1)"
)


@contextmanager
def hostile_case(folder: Path) -> Iterator[Case]:
    """A case in which every field that a stranger can write holds what must not act."""
    settings = SETTINGS.model_copy(
        update={"title": HOSTILE, "purpose": HOSTILE, "legal_basis": HOSTILE, "contact": HOSTILE}
    )
    with empty_case(folder, settings) as case:
        handle: Named = (Label.HANDLE, HOSTILE, f"telegram:{HOSTILE}", {})
        company: Named = (Label.ORG, HOSTILE, HOSTILE, {})
        place: Named = (
            Label.LOC,
            HOSTILE,
            f"KH/{HOSTILE}",
            {"name": HOSTILE, "country": HOSTILE, "kind": "town", "role": "destination", "lat": 12.0, "lon": 105.0},
        )
        origin: Named = (
            Label.LOC,
            HOSTILE,
            f"ID/{HOSTILE}",
            {"name": HOSTILE, "country": "ID", "kind": "town", "role": "origin", "lat": 1.0, "lon": 102.0},
        )
        pay: Named = (
            Label.SALARY,
            HOSTILE,
            HOSTILE,
            {"amount_min": 1.0, "amount_max": 2.0, "currency": HOSTILE, "period": HOSTILE},
        )
        sign: Named = (Label.INDICATOR, HOSTILE, HOSTILE, {"title": HOSTILE, "ilo": HOSTILE})
        named = (handle, company, place, origin, pay, sign)
        offers = [
            replace(post("id_evil", n, HOSTILE, HOSTILE, n, HOSTILE), url=f"javascript:alert(1)//{HOSTILE}{n}")
            for n in range(3)
        ]
        readings = [replace(read(p, PostKind.RECRUITMENT, named), reasons=(HOSTILE,), lang=HOSTILE) for p in offers]
        keep(case, "id_evil", offers, readings)
        ids = tuple(p.id for p in offers)
        actor = Actor(
            id=f"actor:{HOSTILE}", name=HOSTILE, identifiers=(id_of(handle),), posts=ids, confidence=0.9, network=f"network:{HOSTILE}",
            joins=(JoinReason(left=id_of(handle), right=id_of(handle), reason=HOSTILE, weight=0.9, posts=ids),),
        )  # fmt: skip
        network = Network(
            id=f"network:{HOSTILE}", name=HOSTILE, members=(actor.id, id_of(handle)), posts=ids, destinations=(id_of(place),),
            origins=(), suspect=0.9,
        )  # fmt: skip
        links = (
            link(actor.id, LinkKind.USES_CONTACT, id_of(handle), ids),
            link(actor.id, LinkKind.RECRUITS_FOR, id_of(company), ids),
            link(actor.id, LinkKind.SENDS_TO, id_of(place), ids),
        )
        save_connections(
            case.store,
            Connections(
                entities=tuple(map(entity_of, (handle, company, place))),
                actors=(actor,),
                links=links,
                networks=(network,),
            ),
        )
        case.store.add_problem(Problem(at=START, stage=HOSTILE, item=HOSTILE, reason=HOSTILE, remedy=HOSTILE))
        yield case
