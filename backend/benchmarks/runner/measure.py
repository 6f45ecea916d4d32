"""Rows of the table, and taking turns."""

import statistics
from collections.abc import Callable
from dataclasses import asdict, dataclass, field


@dataclass
class Row:
    """One figure and what it must reach.

    With a reference the value is the ratio of the medians, server by reference; without one it is the
    server's median.
    """

    name: str
    what: str
    unit: str
    server: list[float]
    target: float
    at_most: bool = False
    """The value must not exceed the target; otherwise it must reach it."""
    reference: list[float] = field(default_factory=list)
    reference_name: str = ""
    note: str = ""

    @property
    def value(self) -> float:
        middle = statistics.median(self.server)
        return middle / statistics.median(self.reference) if self.reference else middle

    @property
    def passed(self) -> bool:
        return self.value <= self.target if self.at_most else self.value >= self.target

    @property
    def margin(self) -> float:
        """Above 1: better than the target, by that factor."""
        if not self.at_most:
            return self.value / self.target
        return self.target / self.value if self.value else float("inf")

    def to_json(self) -> dict:
        return asdict(self) | {"value": self.value, "passed": self.passed}

    @staticmethod
    def from_json(values: dict) -> "Row":
        return Row(**{name: value for name, value in values.items() if name not in ("value", "passed")})


def spread(values: list[float]) -> float:
    """Largest less smallest, as part of the median."""
    middle = statistics.median(values)
    return (max(values) - min(values)) / middle if middle else 0.0


def take_turns(rounds: int, measures: dict[str, Callable[[int], object]], say: Callable[[str], None]) -> dict[str, list]:
    """Runs the measures in the order given, `rounds` times: A B A B A B. Each gets the round, from 1."""
    results = {name: [] for name in measures}
    for round_number in range(1, rounds + 1):
        for name, measure in measures.items():
            say(f"round {round_number}/{rounds}: {name}")
            results[name].append(measure(round_number))
    return results
