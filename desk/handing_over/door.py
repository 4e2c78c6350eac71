"""The one door by which a network leaves a case: select, hold back, write, read back, sign, move, note."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from casefile.case import Case, software
from casefile.errors import ExportRefused
from casefile.judgements import in_force
from casefile.records import ReadPost
from casefile.seals.places import case_id
from casefile.settings import Handling
from desk import terminal
from desk.handing_over import package
from desk.handing_over.held_back import HeldBack, Why, hold_back
from desk.handing_over.own_words import own_words
from desk.handing_over.pages import Pages, WhyPage, choose_pages
from desk.handing_over.profiles import OURSELVES, Profile, find_profile
from desk.handing_over.pseudonyms import pseudonyms_for
from desk.handing_over.reading_back import check_clean, check_view
from desk.handing_over.reasons import Reasons, reasons_for
from desk.handing_over.redaction import proof_of, redacted, routes_told
from desk.handing_over.selection import Selection, Wanted, select
from graph.analysis.routes import find_routes
from graph.export.formats import ExportFormat
from graph.export.view import Context, Proof, View, view_of
from graph.export.write import write_formats
from pipeline.version import reading_version

_LEVELS = list(Handling)
_NOTES = (
    "Times are UTC. Ids are label:value; `proof` names posts by their ids.",
    "Every link rests on the posts named in `proof`; confidence is an estimate, never a verdict.",
    "People who ask for help, warn or stand by are left out or under a pseudonym; no text but that of job offers leaves.",
    "Gephi merges two links between the same nodes when it opens GraphML; GEXF keeps them apart.",
    "CSV: an apostrophe stands before a cell that a spreadsheet would run as a formula; plain phone numbers have none. "
    "Tables show the first 20 posts of each proof, proofs.csv has all of them.",
)
_MANIFEST_SAYS = (
    "made_at program data reading case title id evidence line head journal selection handling recipient name may_have",
    "purpose legal_basis counts links posts networks routes held_back notes files bytes sha256 whole search alert campaign",
    "Source-Organization External-Description Bagging-Date Bag-Software-Agent Payload-Oxum BagIt-Version UTF-8 Network",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What somebody wants to give away, and to whom."""

    wanted: Wanted = field(default_factory=Wanted)
    recipient: str = OURSELVES
    formats: tuple[ExportFormat, ...] = ()
    handling: Handling | None = None
    purpose: str | None = None
    legal_basis: str | None = None
    to: Path | None = None
    packed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What would leave, and what is held back."""

    profile: Profile
    handling: Handling
    formats: tuple[ExportFormat, ...]
    selection: str
    view: View
    held: HeldBack
    pages: Pages


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What left: its place (a folder or one file), and its files as they are called there, the manifest first."""

    place: Path
    files: tuple[str, ...]
    prepared: Prepared


def prepare(case: Case, request: Request) -> Prepared:
    """All that is done before anything is written. Raises ExportRefused or NotFound."""
    profile = find_profile(case, request.recipient)
    handling = handling_for(case, profile, request.handling)
    formats = request.formats or profile.formats
    if ExportFormat.WACZ in formats and profile.evidence == "none":
        raise ExportRefused(
            f"{profile.title} may not be given pages of the evidence.",
            "Leave out --format wacz, or choose another recipient with --for (docs/sharing.md).",
        )
    whole = case.store.connections()
    selection = select(case, whole, request.wanted)
    with terminal.progress("Shielding", "posts") as progress:
        held = hold_back(case, whole, profile, pseudonyms_for(profile.name), progress, _own_words(profile, formats))
    context = Context(
        made_at=datetime.now(UTC).replace(microsecond=0),
        program=software(),
        title=held.finder.redact(case.settings.title),
        case=case_id(case),
        handling=handling,
    )
    view = _view(case, selection, held, context)
    if not view.edges:
        raise ExportRefused(
            f"Nothing would leave: all of {selection.words} rests on people who are shielded.",
            "Choose more; `--preview` shows what is held back.",
        )
    pages = _pages(case, held, view) if ExportFormat.WACZ in formats else Pages()
    return Prepared(
        profile=profile,
        handling=handling,
        formats=formats,
        selection=held.finder.redact(selection.words),
        view=replace(view, pages=pages.told),
        held=held,
        pages=pages,
    )


def give(case: Case, request: Request) -> Given:
    """Let a selection leave. It is written beside its place, read back, and moved there when all of it is right."""
    prepared = prepare(case, request)
    reasons = reasons_for(case, prepared.profile, request.purpose, request.legal_basis)
    place = request.to or _place(case, prepared, packed=request.packed)
    statement = f"Purpose: {reasons.purpose}. Legal basis: {reasons.legal_basis}."
    context = replace(prepared.view.context, statement=prepared.held.finder.redact(statement))
    prepared = replace(prepared, view=replace(prepared.view, context=context))
    check_view(prepared.view, prepared.held.finder)
    with package.beside(place) as part:
        with terminal.progress("Writing", "files"):
            files = write_formats(prepared.view, part, prepared.formats)
        described = package.sign(case, part, _manifest(case, prepared, reasons), files)
        names = tuple(path.name for path in (*described, *files))
        digest = package.digest_of(described[0])
        if request.packed:
            package.bag(part, _bag_info(prepared))
        with terminal.progress("Reading back", "files"):
            check_clean(part, prepared.held.finder)
        _move(part, place, prepared, packed=request.packed)
    _note(case, prepared, place, digest)
    return Given(place=place, files=names, prepared=prepared)


def _own_words(profile: Profile, formats: tuple[ExportFormat, ...]) -> frozenset[str]:
    """What stands in every package for this recipient, whoever is in the network."""
    return own_words(formats, *_NOTES, *Why, *WhyPage, *_MANIFEST_SAYS, package.HOW, profile.model_dump_json())


def handling_for(case: Case, profile: Profile, asked: Handling | None) -> Handling:
    """How it is marked: never less strictly than the case, and no more strictly than the recipient may be given."""
    own = case.settings.handling
    if asked is not None and _LEVELS.index(asked) < _LEVELS.index(own):
        raise ExportRefused(
            f"The case is handled as TLP:{own.upper()}: nothing of it leaves as TLP:{asked.upper()}.",
            "Whoever may decide that changes `handling` in case.toml.",
        )
    marked = asked or own
    if _LEVELS.index(marked) > _LEVELS.index(profile.receives):
        raise ExportRefused(
            f"This is handled as TLP:{marked.upper()}; {profile.title} may be given TLP:{profile.receives.upper()} at most.",
            "Choose another recipient with --for, or a profile of your own (docs/sharing.md).",
        )
    return marked


def _view(case: Case, selection: Selection, held: HeldBack, context: Context) -> View:
    """The selection as it may be told, with the posts that prove it, and the routes these tell."""
    chosen = selection.connections
    proving = {post for link in chosen.links for post in link.posts} - held.named.pleas - held.hidden
    proofs: list[Proof] = []

    def passing() -> Iterator[ReadPost]:
        for read in case.store.read_posts(proving):
            captures = case.store.captures(read.post.id) if read.post.id in held.named.offers else ()
            if proof := proof_of(read, captures, held):
                proofs.append(proof)
            yield read

    with terminal.progress("Collecting proofs", "posts"):
        routes = find_routes(passing(), chosen)
    confirmed = {claim[0] for claim in in_force(case.judgements()).confirmed if len(claim) == 1}
    told = {name for identity in confirmed if (name := held.id_of(identity))}
    return view_of(
        redacted(chosen, held), context, proofs=proofs, routes=tuple(routes_told(routes, held)), confirmed=told
    )


def _pages(case: Case, held: HeldBack, view: View) -> Pages:
    with terminal.progress("Reading pages", "pages"):
        pages = choose_pages(case, held, (proof for proof in view.proofs if proof.record_id))
    if not pages.told:
        raise ExportRefused(
            f"No page may leave: {sum(pages.why.values())} hold what is held back, or cannot be proven clean.",
            "Leave out --format wacz; `--preview` without it shows what else would leave.",
        )
    return pages


def _manifest(case: Case, prepared: Prepared, reasons: Reasons) -> dict[str, Any]:
    view, profile, redact = prepared.view, prepared.profile, prepared.held.finder.redact
    manifest, journal = case.manifest.head(), case.journal.head()
    return {
        "made_at": view.context.made_at.isoformat(),
        "program": view.context.program,
        "data": {"reading": reading_version()},
        "case": {
            "title": view.context.title,
            "id": view.context.case,
            "evidence": {"line": manifest.seq, "head": manifest.sha256},
            "journal": {"line": journal.seq, "head": journal.sha256},
        },
        "selection": prepared.selection,
        "handling": f"TLP:{prepared.handling.upper()}",
        "recipient": {"name": profile.name, "title": profile.title},
        "may_have": profile.model_dump(
            mode="json", include={"names", "contacts", "addresses", "texts", "images", "evidence"}
        ),
        "purpose": redact(reasons.purpose),
        "legal_basis": redact(reasons.legal_basis),
        "counts": counts(view),
        "held_back": held_back(prepared.held, prepared.pages),
        "notes": _NOTES,
    }


def counts(view: View) -> dict[str, int]:
    """How much there is of everything."""
    kinds = Counter(node.kind.lower() for node in view.nodes)
    kinds |= {
        "links": len(view.edges),
        "posts": len(view.proofs),
        "networks": len(view.networks),
        "routes": len(view.routes),
        **({"pages": len(view.pages)} if view.pages else {}),
    }
    return dict(kinds)


def held_back(held: HeldBack, pages: Pages | None = None) -> dict[str, int]:
    """How much is held back, by reason."""
    told = {str(reason): number for reason, number in held.counted()}
    return told | ({f"pages {why}": number for why, number in sorted(pages.why.items())} if pages else {})


def _place(case: Case, prepared: Prepared, *, packed: bool) -> Path:
    stem = f"network-{prepared.view.context.made_at:%Y%m%d-%H%M%S}"
    ending = (".zip.age" if prepared.profile.encrypt_to else ".zip") if packed else ""
    folder, number = case.folder / "exports", 1
    while (place := folder / f"{stem}{f'-{number}' if number > 1 else ''}{ending}").exists():
        number += 1
    return place


def _bag_info(prepared: Prepared) -> Mapping[str, str]:
    return {
        "Source-Organization": prepared.view.context.title,
        "External-Description": f"Network, {prepared.selection}, TLP:{prepared.handling.upper()}",
        "Bagging-Date": f"{prepared.view.context.made_at:%Y-%m-%d}",
        "Bag-Software-Agent": prepared.view.context.program,
    }


def _move(part: Path, place: Path, prepared: Prepared, *, packed: bool) -> None:
    made = part
    if packed:
        made = package.zipped(part, place.name.partition(".")[0], prepared.view.context.made_at)
        if prepared.profile.encrypt_to:
            made = package.encrypted(made, prepared.profile.encrypt_to)
    package.move(made, place)


def _note(case: Case, prepared: Prepared, place: Path, digest: str) -> None:
    case.audit(
        "export",
        folder=place.name,
        recipient=prepared.profile.name,
        handling=f"TLP:{prepared.handling.upper()}",
        formats=", ".join(prepared.formats),
        selection=prepared.selection,
        links=len(prepared.view.edges),
        manifest_sha256=digest,
    )
