"""How much of each fault: short in every test run, long on demand."""

import os


class Skipped(Exception):
    """It cannot be done on this machine; the text says why."""


def is_long() -> bool:
    return bool(os.environ.get("TMS_TEST_LONG"))


def amount(short: float, long: float):
    return long if is_long() else short
