"""The server's route table and openapi.yaml say the same."""

import json
import os
import re
import subprocess

import pytest

from support.openapi import Contract


@pytest.fixture(scope="module")
def table() -> list[dict]:
    binary = os.environ.get("TMS_TEST_BINARY")
    if not binary:
        pytest.skip("TMS_TEST_BINARY is not set")
    done = subprocess.run([binary, "routes", "--json"], capture_output=True, check=True, timeout=30)
    return json.loads(done.stdout)


def shape(path: str) -> str:
    return re.sub(r"{\w+}", "{}", path if path.startswith("/api") else "/api" + path)


def of_contract(contract: Contract) -> list:
    return [one for one in contract.operations if one.path.startswith("/api/")]


def test_same_calls(contract, table):
    ours = {(one.method, shape(one.path), one.action) for one in of_contract(contract)}
    theirs = {(one["method"].upper(), shape(one["path"]), one["action"]) for one in table}
    assert theirs == ours


@pytest.mark.parametrize(("column", "extension"), [("cost", "x-cost"), ("access", "x-access")])
def test_same_column(contract, table, column, extension):
    ours = {one.action: one.spec[extension] for one in of_contract(contract)}
    assert {one["action"]: one[column] for one in table} == ours


def test_same_body_limit_where_a_body_is_taken(contract, table):
    limits = {one["action"]: one["body_limit"] for one in table}
    assert {limits[one.action] for one in of_contract(contract) if one.has_body} == {65_536}
