"""How much is measured: whole runs, and quick ones that only show that the runner works."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Amounts:
    users: int
    """People in the large database."""
    tasks: int
    """Tasks of each."""
    sizes: tuple[int, ...]
    """People in the databases of the curve, smallest first."""
    postgres_users: int
    hot: int
    """People of the hot set."""
    rounds: int
    """How often server and reference take turns."""
    seconds: int
    """One measurement of reads or writes."""
    curve_rounds: int
    """More than the others: what is compared differs by little, and each measurement is short."""
    curve_seconds: int
    login_seconds: float
    storm_seconds: float
    mixed_seconds: int
    busy_connections: int
    idle_connections: int
    starts: int
    bcrypt_cost: int
    page_rounds: int
    """How often Lighthouse looks at each page."""
    page_tasks: int


WHOLE = Amounts(
    users=10_000, tasks=100, sizes=(100, 1_000, 10_000), postgres_users=2_000, hot=500,
    rounds=3, seconds=4, curve_rounds=7, curve_seconds=2, login_seconds=6, storm_seconds=8, mixed_seconds=300,
    busy_connections=1_000, idle_connections=10_000, starts=10, bcrypt_cost=12,
    page_rounds=3, page_tasks=10_000,
)

QUICK = Amounts(
    users=200, tasks=60, sizes=(20, 60, 200), postgres_users=20, hot=50,
    rounds=2, seconds=1, curve_rounds=2, curve_seconds=1, login_seconds=0.5, storm_seconds=1, mixed_seconds=2,
    busy_connections=100, idle_connections=200, starts=2, bcrypt_cost=8,
    page_rounds=1, page_tasks=200,
)

# wrk's; few enough that two cores are not busy with switching, enough for a group commit.
CONNECTIONS = 64
