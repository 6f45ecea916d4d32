"""schemathesis makes up calls from openapi.yaml, right ones and wrong ones, and runs all its checks."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from support.openapi import ROOT

HERE = Path(__file__).parent
EXAMPLES = os.environ.get("TMS_TEST_EXAMPLES") or ("500" if os.environ.get("TMS_TEST_LONG") else "25")
# These need a code, a password or a session id that cannot be made up.
NEVER_SUCCEED = {"verify_otp", "resend_otp", "reset_password", "login", "change_password", "end_session"}


@pytest.fixture(scope="module")
def run(world, tmp_path_factory):
    """The finished run and the statuses that each call answered."""
    statuses = tmp_path_factory.mktemp("schemathesis") / "statuses.json"
    environment = {
        **os.environ,
        "PYTHONPATH": str(HERE),
        "SCHEMATHESIS_HOOKS": "support.schemathesis_hooks",
        "TMS_TEST_BASE_URL": world.host.base,
        "TMS_TEST_MAIL_DIR": str(world.host.mail_dir),
        "TMS_TEST_STATUSES": str(statuses),
    }
    command = [
        str(Path(sys.executable).parent / "st"), "--config-file", str(HERE / "schemathesis.toml"),
        "run", str(ROOT / "openapi.yaml"), "--url", world.host.base, "--checks", "all", "--no-color",
        "--max-examples", EXAMPLES, "--seed", os.environ.get("TMS_TEST_SEED", "1"),
    ]
    if os.environ.get("TMS_TEST_ENGINE") == "lambda":
        # API Gateway says 404 to a method that an address does not have.
        command += ["--exclude-checks", "unsupported_method"]
    done = subprocess.run(command, env=environment, cwd=statuses.parent, capture_output=True, text=True)
    return done, json.loads(statuses.read_text()) if statuses.exists() else {}


def test_all_checks_pass(run):
    done, _ = run
    assert done.returncode == 0, done.stdout[-12_000:] + done.stderr[-4_000:]


def test_every_call_was_made_and_the_session_held(run, contract):
    _, statuses = run
    assert set(statuses) == {one.action for one in contract.operations}
    succeeded = {action for action, counts in statuses.items() if any(one.startswith("2") for one in counts)}
    assert {one.action for one in contract.operations} - succeeded <= NEVER_SUCCEED
