"""Row 13 of the security checklist: time does not tell whether an account exists.

At bcrypt cost 6, so that a hash that is left out (3 ms) stands out and a thousand of them do not take
long. TMS_TEST_CALLS sets how many calls of each kind are compared, 400 by default, 2,000 with --long.
"""

import os
import random
from itertools import count

import pytest

from support.host import RAISED_LIMITS
from support.timing import compare, measure

# On AWS no two calls take the same time anyway, and each costs the start of a process here.
pytestmark = pytest.mark.server_reads
CALLS = int(os.environ.get("TMS_TEST_CALLS") or (2000 if os.environ.get("TMS_TEST_LONG") else 400))
PASSWORD = "a quite good password 123"


@pytest.fixture(scope="module")
def people(start):
    return start({**RAISED_LIMITS, "TMS_BCRYPT_COST": "6", "TMS_CODE_RESEND_WAIT": "0s",
                  "TMS_CODE_TRIES": "100", "TMS_LOG_LEVEL": "info"}).people


@pytest.fixture
def hold(capfd):
    """Tells what was measured, and fails when it differs."""
    def check(what: str, comparison) -> None:
        with capfd.disabled():
            print(f"\ntiming: {what}: {comparison}")
        assert not comparison.differs, f"{what}: {comparison}"

    return check


def post(people, path: str, body: dict, status: int) -> None:
    # Without the check against the contract, which takes longer than the call.
    answer = people.anonymous.send("POST", path, body)
    assert answer.status == status, answer.body


@pytest.mark.parametrize("by", ["username", "email"])
def test_login_takes_as_long_for_an_unknown_name(people, hold, by):
    known, unknown = people.signed_up(), people.stranger()

    def log_in(person):
        return lambda _: post(people, "/api/login", {"username": getattr(person, by), "password": PASSWORD}, 401)

    hold(f"login by {by}", measure(log_in(known), log_in(unknown), CALLS))


def test_signup_takes_as_long_for_a_taken_address(people, hold):
    known = people.signed_up()
    numbers = count()

    def sign_up(email):
        return lambda _: post(people, "/api/signup", {
            "username": f"timing-{next(numbers)}", "email": email, "password": PASSWORD}, 202)

    hold("signup", measure(sign_up(known.email), sign_up(people.stranger().email), CALLS))


def test_forgot_password_takes_as_long_for_an_unknown_address(people, hold):
    known, unknown = people.signed_up(), people.stranger()

    def forget(person):
        return lambda _: post(people, "/api/forgot-password", {"email": person.email}, 202)

    hold("forgot-password", measure(forget(known), forget(unknown), CALLS))


def flows_of(people) -> tuple[str, str]:
    """Resets that were asked for: of a user, and for an address that has none."""
    return tuple(
        people.anonymous.call("POST", "/api/forgot-password", {"email": person.email}).json["flow"]
        for person in (people.signed_up(), people.stranger())
    )


def test_resend_takes_as_long_for_an_unknown_address(people, hold):
    known, unknown = flows_of(people)

    def resend(flow):
        return lambda _: post(people, "/api/resend-otp", {"flow": flow}, 202)

    hold("resend-otp", measure(resend(known), resend(unknown), CALLS))


def test_reset_password_takes_as_long_for_an_unknown_address(people, hold):
    # A flow has 100 tries here, so each serves 100 calls.
    flows = [flows_of(people) for _ in range((CALLS + 99) // 100)]

    def reset(kind):
        return lambda number: post(people, "/api/reset-password", {
            "flow": flows[number // 100][kind], "otp": "00000000", "new_password": PASSWORD}, 422)

    hold("reset-password", measure(reset(0), reset(1), CALLS))


def times(chance: random.Random, milliseconds: float) -> list[float]:
    """As a busy machine has them: some calls take ten times as long."""
    return [milliseconds * chance.lognormvariate(0, 0.5) + (chance.random() < 0.05) * 40 for _ in range(400)]


def test_statistic_finds_a_hash_that_is_left_out():
    chance = random.Random(3)
    assert compare(times(chance, 5.0), times(chance, 2.0)).differs


def test_statistic_leaves_equal_times_alone():
    chance = random.Random(4)
    assert sum(compare(times(chance, 5.0), times(chance, 5.0), 100).differs for _ in range(50)) == 0
