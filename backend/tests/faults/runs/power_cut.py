"""The C++ tests on the simulated disk, see ../power_cut."""

import os
import subprocess

PROGRAM = "build/release/backend/tests/faults/power_cut/tms_power_cut_tests"


def power_cut() -> str:
    return gtest("SimulatedDiskTest.*:PowerCut.*")


def failing_disk() -> str:
    return gtest("FailingCalls.*")


def migration() -> str:
    return gtest("MigrationCut.*")


def gtest(tests: str) -> str:
    program = os.environ.get("TMS_TEST_POWER_CUT", PROGRAM)
    done = subprocess.run([program, f"--gtest_filter={tests}"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-1000:]
    measured = []
    for line in done.stdout.splitlines():
        if line.startswith("[ RUN"):
            name = line.split(".")[-1]
        if line.startswith("measured: "):
            measured.append(f"{name}: {line.removeprefix('measured: ')}")
    return "\n        " + "\n        ".join(measured)
