import os

import pytest

from support.host import Host, running_host, started_host
from support.openapi import Contract
from support.world import World


@pytest.fixture(scope="session")
def contract() -> Contract:
    return Contract()


@pytest.fixture(scope="session")
def host() -> Host:
    base = os.environ.get("TMS_TEST_BASE_URL")
    one = running_host(base) if base else started_host(os.environ.get("TMS_TEST_ENGINE", "sqlite"))
    yield one
    one.remove()


@pytest.fixture(scope="module")
def start(contract):
    """Starts a host of the module's own, with settings of its own, and ends it with the module."""
    if os.environ.get("TMS_TEST_BASE_URL"):
        pytest.skip("needs a host with other settings, and --base names one that runs already")
    hosts = []

    def start_one(settings: dict[str, str]) -> World:
        hosts.append(started_host(os.environ.get("TMS_TEST_ENGINE", "sqlite"), settings))
        return World(contract, hosts[-1])

    yield start_one
    for one in hosts:
        one.remove()


@pytest.fixture(scope="session")
def world(contract, host) -> World:
    return World(contract, host)


@pytest.fixture(scope="session")
def people(world):
    return world.people


# What `./test attack` adds: the tools of attackers take minutes and packages of their own.
collect_ignore = [] if os.environ.get("TMS_TEST_ATTACK") else ["test_attack_tools.py"]


def pytest_collection_modifyitems(items):
    """On AWS the gateway reads the bytes; what it answers itself is tested with the gateway."""
    if os.environ.get("TMS_TEST_ENGINE") != "lambda":
        return
    for item in items:
        if item.get_closest_marker("server_reads"):
            item.add_marker(pytest.mark.skip(reason="API Gateway answers this itself"))
        if item.get_closest_marker("server_secret"):
            item.add_marker(pytest.mark.skip(reason="on AWS tokens have a key pair of their own"))


def pytest_unconfigure(config):
    """The last line of a run, for whoever counts."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or config.option.collectonly:
        return
    count = {name: len(reporter.stats.get(name, [])) for name in ("passed", "failed", "error", "skipped")}
    failed = count["failed"] + count["error"]
    print(f"contract: {count['passed']} passed, {failed} failed, {count['skipped']} skipped")
