"""Whether confidences are honest: of all that is told with 80 %, four in five should be right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

Outcome = tuple[float, bool]
"""A confidence, and whether what it was given to was right."""

_BINS = 10


def expected_error(outcomes: Sequence[Outcome]) -> float:
    """The expected calibration error (Naeini, Cooper, Hauskrecht, AAAI 2015) over ten bins of equal width."""
    return sum(
        len(held) / len(outcomes) * abs(_mean(confidence for confidence, _ in held) - _mean(right for _, right in held))
        for held in _bins(outcomes)
        if held
    )


def tell_calibration(outcomes_by_name: dict[str, list[Outcome]]) -> Iterator[str]:
    """A reliability table: per name and bin how many, and `told → right`, the mean confidence and the share of right ones."""
    yield "Calibration: n, told → right in %, by bins of confidence; ECE = expected calibration error"
    for name, outcomes in outcomes_by_name.items():
        if not outcomes:
            continue
        bins = "  ".join(_tell_bin(held) for held in _bins(outcomes) if held)
        brier = _mean((confidence - right) ** 2 for confidence, right in outcomes)
        yield f"{name:11}{len(outcomes):5}  ECE {expected_error(outcomes):.3f}  Brier {brier:.3f}  {bins}"


def _tell_bin(held: Sequence[Outcome]) -> str:
    told, right = (100 * _mean(side) for side in zip(*held, strict=True))
    return f"{len(held)}: {told:.0f}→{right:.0f}"


def _bins(outcomes: Iterable[Outcome]) -> list[list[Outcome]]:
    bins: list[list[Outcome]] = [[] for _ in range(_BINS)]
    for confidence, right in outcomes:
        bins[min(int(confidence * _BINS), _BINS - 1)].append((confidence, right))
    return bins


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed)
