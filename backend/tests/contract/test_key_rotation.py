"""Row 34 of the security checklist: a new key on top signs nobody out; taking the old one away does."""

import secrets

import pytest

from support.host import RAISED_LIMITS


@pytest.fixture(scope="module")
def world(start):
    # On PostgreSQL the host is given a secret anyway.
    return start({**RAISED_LIMITS, "TMS_SECRET": f"old:{secrets.token_hex(32)}"})


def restart_with(world, *lines: str) -> None:
    world.host.end()
    world.host.environment["TMS_SECRET"] = "\n".join(lines)
    world.host.start()


def is_signed_in(person) -> bool:
    return person.call("GET", "/api/me").status == 200


@pytest.mark.server_secret
def test_rotated_key_signs_nobody_out_until_the_old_one_is_gone(world):
    old, newcomer = world.people.signed_up(), world.people.stranger()
    first, second = world.host.environment["TMS_SECRET"], f"new:{secrets.token_hex(32)}"
    flow = world.people.begin_signup(newcomer)["flow"]
    code = world.mailbox.code(newcomer.email)

    restart_with(world, second, first)
    assert is_signed_in(old), "a session of the old key"
    assert newcomer.call("POST", "/api/verify-otp", {"flow": flow, "otp": code}).status == 200, "and its code"
    fresh = old.log_in_again()
    assert is_signed_in(fresh)

    restart_with(world, second)
    assert is_signed_in(fresh)
    assert not is_signed_in(old)
    assert is_signed_in(fresh.log_in_again()), "his password was hashed anew with the new key"
