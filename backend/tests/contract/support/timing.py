"""Whether two kinds of calls can be told apart by their time; row 13 of the security checklist.

Chance decides the order of all calls, so that whatever else the machine does hits both kinds alike.
That holds for what a call leaves behind, too: a mail that is really sent keeps a thread busy while the
next call runs. Had each call of one kind a call of the other beside it, that next call would mostly be
of the other kind, and the test would measure the mail. Two measures, each with an interval by
bootstrap:

- AUC (Mann-Whitney): how often a call of the first kind takes longer than one of the second; 0.5
  when nothing can be told. It looks at ranks, so a few calls that took very long do not count more.
- the gap of the medians in milliseconds.

A difference is told only when it is beyond doubt: when the whole interval lies outside of what is
allowed. A noisy machine widens the interval and makes the test blinder, never wrong.
"""

import random
import statistics
import time
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass

AUC_ALLOWED = 0.05  # from 0.5
GAP_ALLOWED_MS = 2.0
# One false alarm in a thousand runs of a test whose true value lies right at the limit.
CONFIDENCE = 0.999


@dataclass(frozen=True)
class Comparison:
    """Measured values with the interval in which the true ones lie."""

    samples: int
    auc: float
    auc_interval: tuple[float, float]
    gap_ms: float
    gap_interval: tuple[float, float]

    @property
    def differs(self) -> bool:
        return (
            outside(self.auc_interval, 0.5 - AUC_ALLOWED, 0.5 + AUC_ALLOWED)
            or outside(self.gap_interval, -GAP_ALLOWED_MS, GAP_ALLOWED_MS)
        )

    def __str__(self) -> str:
        low, high = self.auc_interval
        return (
            f"{self.samples} samples each: AUC {self.auc:.3f} ({low:.3f} to {high:.3f}), gap of the medians"
            f" {self.gap_ms:+.3f} ms ({self.gap_interval[0]:+.3f} to {self.gap_interval[1]:+.3f})"
        )


def measure(first: Callable[[int], None], second: Callable[[int], None], calls: int) -> Comparison:
    """Calls each of both that often; a call gets its number among those of its kind."""
    order = [0, 1] * calls
    random.Random(1).shuffle(order)
    times: tuple[list[float], list[float]] = ([], [])
    for kind in order:
        begin = time.perf_counter()
        (first, second)[kind](len(times[kind]))
        times[kind].append((time.perf_counter() - begin) * 1000)
    return compare(*times)


def compare(first: list[float], second: list[float], rounds: int = 400) -> Comparison:
    chance = random.Random(2)
    aucs, gaps = [], []
    for _ in range(rounds):
        one, two = chance.choices(first, k=len(first)), chance.choices(second, k=len(second))
        aucs.append(auc(one, two))
        gaps.append(statistics.median(one) - statistics.median(two))
    return Comparison(
        len(first), auc(first, second), interval(aucs),
        statistics.median(first) - statistics.median(second), interval(gaps),
    )


def auc(first: list[float], second: list[float]) -> float:
    """The chance that one of `first` is larger than one of `second`; ties count half."""
    ranked = sorted(second)
    wins = sum(bisect_left(ranked, one) + bisect_right(ranked, one) for one in first)
    return wins / (2 * len(first) * len(second))


def interval(values: list[float]) -> tuple[float, float]:
    """By the normal approximation: 400 rounds have no 0.05th percentile of their own."""
    middle, spread = statistics.fmean(values), statistics.stdev(values)
    reach = statistics.NormalDist().inv_cdf((1 + CONFIDENCE) / 2) * spread
    return middle - reach, middle + reach


def outside(interval_: tuple[float, float], low: float, high: float) -> bool:
    return interval_[1] < low or interval_[0] > high
