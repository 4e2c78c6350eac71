"""What kind of post was taken for what, and how well suspects stand above the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from benchmarks.eval.calibration import Outcome
from benchmarks.eval.reading import Pair
from casefile.records import PostKind

_WORTH_A_LOOK = 0.5
_SURE = 0.7  # what config/graph.yml asks of an offer before it makes anybody a recruiter


def tell_kinds(pairs: Sequence[Pair]) -> Iterator[str]:
    """The confusion matrix (rows: labelled, columns: read) with precision, recall and F1 of each kind."""
    counts = Counter((str(pair.marked["kind"]), str(pair.read["kind"])) for pair in pairs)
    kinds = [kind.value for kind in PostKind]
    yield f"{'labelled as':13}" + "".join(f"{kind:>12}" for kind in kinds) + "   P      R      F1   ← read as"
    for kind in kinds:
        row = "".join(f"{counts[kind, told] or '·':>12}" for told in kinds)
        yield f"{kind:13}{row}   " + "  ".join(f"{figure:.3f}" for figure in _figures(counts, kind, kinds))
    others = [pair for pair in pairs if pair.marked["kind"] != PostKind.RECRUITMENT]
    harmed = [p for p in others if p.read["kind"] == PostKind.RECRUITMENT and p.read["kind_confidence"] >= _SURE]
    yield f"told as sure offers (at {_SURE}) and none: {len(harmed)} of {len(others)}"
    by_language = Counter(str(pair.marked["lang"]) for pair in pairs)
    right = Counter(str(pair.marked["lang"]) for pair in pairs if pair.marked["kind"] == pair.read["kind"])
    yield "kind right by language: " + "  ".join(f"{lang} {right[lang]}/{n}" for lang, n in sorted(by_language.items()))


def _figures(counts: Counter[tuple[str, str]], kind: str, kinds: Sequence[str]) -> tuple[float, float, float]:
    true = counts[kind, kind]
    told, wanted = (sum(counts[pair] for pair in pairs) for pairs in (_told_as(kind, kinds), _labelled(kind, kinds)))
    return true / max(1, told), true / max(1, wanted), 2 * true / max(1, told + wanted)


def _told_as(kind: str, kinds: Sequence[str]) -> list[tuple[str, str]]:
    return [(other, kind) for other in kinds]


def _labelled(kind: str, kinds: Sequence[str]) -> list[tuple[str, str]]:
    return [(kind, other) for other in kinds]


def tell_suspects(pairs: Sequence[Pair]) -> Iterator[str]:
    """The area under the curve for all posts, for job offers alone and by language, and the figures at 0.5."""
    offers = [pair for pair in pairs if pair.marked["kind"] == PostKind.RECRUITMENT]
    yield f"suspect: AUC {_told(area(pairs))} of all posts, {_told(area(offers))} among job offers"
    languages = sorted({str(pair.marked["lang"]) for pair in pairs})
    areas = {lang: area([pair for pair in pairs if pair.marked["lang"] == lang]) for lang in languages}
    yield "  by language: " + "  ".join(f"{lang} {_told(auc)}" for lang, auc in areas.items() if auc is not None)
    high = [pair for pair in pairs if pair.read["suspect"] >= _WORTH_A_LOOK]
    wanted = sum(bool(pair.marked["suspect"]) for pair in pairs)
    true = sum(bool(pair.marked["suspect"]) for pair in high)
    yield f"  at {_WORTH_A_LOOK}: {true} of {wanted} suspects, and {len(high) - true} other posts"


def _told(auc: float | None) -> str:
    return "-" if auc is None else f"{auc:.3f}"


def area(pairs: Sequence[Pair]) -> float | None:
    """How often a suspect stands above another post, ties counting half; None without both."""
    suspects, others = (
        [float(pair.read["suspect"]) for pair in pairs if bool(pair.marked["suspect"]) is side]
        for side in (True, False)
    )
    if not suspects or not others:
        return None
    above = sum((high > low) + 0.5 * (high == low) for high in suspects for low in others)
    return above / (len(suspects) * len(others))


def outcomes_of_posts(pairs: Sequence[Pair]) -> dict[str, list[Outcome]]:
    """How sure the reader was of kinds and of suspects, and whether it was right."""
    return {
        "kind": [(float(p.read["kind_confidence"]), p.read["kind"] == p.marked["kind"]) for p in pairs],
        "suspect": [(float(p.read["suspect"]), bool(p.marked["suspect"])) for p in pairs],
    }
