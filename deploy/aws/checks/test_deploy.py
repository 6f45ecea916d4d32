"""deploy and destroy against a stand-in for the AWS CLI: what they call, in which order, with which secrets where."""

import base64
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from support.sources import ROOT

HERE = Path(__file__).resolve().parent


class Installation:
    """A copy of the scripts beside a built page and zip, and an account that is empty at first."""

    def __init__(self, folder):
        self.root, self.state, self.bin = folder / "root", folder / "aws", folder / "bin"
        self.state.mkdir()
        self.program("aws", f'exec "{sys.executable}" -IS "{HERE}/fake_aws.py" "$@"')
        shutil.copytree(ROOT / "deploy/aws", self.root / "deploy/aws", ignore=shutil.ignore_patterns("checks"))
        shutil.copytree(ROOT / "scripts/lib", self.root / "scripts/lib")
        for name in ("template.yaml", "build/lambda.zip", "frontend/dist/index.html"):
            (self.root / name).parent.mkdir(parents=True, exist_ok=True)
            (self.root / name).write_text("x")
        smoke_test = self.root / "deploy/aws/smoke_test"
        smoke_test.write_text(f'#!/bin/sh\nprintf "%s " "$1" >{self.state}/smoke; cat >>{self.state}/smoke\n')

    def program(self, name, text):
        """Puts a shell script into the PATH of deploy and destroy."""
        self.bin.mkdir(exist_ok=True)
        (self.bin / name).write_text(f"#!/bin/sh\n{text}\n")
        (self.bin / name).chmod(0o755)

    def run(self, script, *arguments, typed=""):
        environment = {**os.environ, "FAKE_AWS": str(self.state), "PATH": f"{self.bin}:{os.environ['PATH']}"}
        environment.pop("AWS_REGION", None)
        return subprocess.run([str(self.root / "deploy/aws" / script), *arguments], env=environment, input=typed,
                              capture_output=True, text=True, timeout=120)

    def deploy(self, *arguments):
        result = self.run("deploy", "--skip-build", *arguments)
        assert result.returncode == 0, result.stderr
        return result

    def calls(self):
        return [json.loads(line) for line in (self.state / "calls").read_text().splitlines()]

    def places(self, *texts):
        """Where in the order of calls those are whose words hold each text."""
        lines = [" ".join(call) for call in self.calls()]
        return [next(number for number, line in enumerate(lines) if text in line) for text in texts]

    def load(self, name):
        return json.loads((self.state / name).read_text())

    def parameter(self, name):
        return self.load("parameters")[f"/tms/{name}"]


@pytest.fixture
def installation(tmp_path):
    return Installation(tmp_path)


@pytest.fixture
def deployed(installation):
    installation.deploy("--mail-domain", "example.com")
    return installation


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """For tests that only look at what the first deployment did."""
    made = Installation(tmp_path_factory.mktemp("first"))
    made.deploy("--mail-domain", "example.com")
    return made


def public_key_of(pem):
    der = subprocess.run(["openssl", "pkey", "-pubout", "-outform", "DER"], input=pem.encode(), capture_output=True,
                         check=True).stdout
    return base64.b64encode(der).decode()


def test_the_first_deployment_tells_the_stack_what_it_needs(first):
    (given,) = first.load("deployments")
    assert given["MailDomain"] == "example.com"
    assert given["ManageApiGatewayAccount"] == "true"
    assert re.fullmatch("[0-9a-f]{64}", given["OriginVerifyKey"])


def test_the_stack_is_told_the_public_key_of_the_private_one_that_it_names(first):
    (given,) = first.load("deployments")
    key_id, public = given["TokenPublicKeys"].split(":")
    private = first.parameter(given["TokenKeyName"])
    assert given["TokenKeyName"] == "token-key-" + key_id
    assert private["Type"] == "SecureString"
    assert public_key_of(private["Value"]) == public


def test_the_secrets_are_lines_with_ids_that_differ(first):
    for name, prefix in (("password-key", "p1:"), ("code-key", "c1:")):
        parameter = first.parameter(name)
        assert parameter["Type"] == "SecureString"
        assert re.fullmatch(re.escape(prefix) + "[A-Za-z0-9+/]{43}=\n", parameter["Value"])


def test_no_secret_stands_on_a_command_line(first):
    (given,) = first.load("deployments")
    secrets = [given["OriginVerifyKey"]]
    secrets += [line.split(":")[-1] for line in first.parameter("password-key")["Value"].split()]
    secrets += first.parameter(given["TokenKeyName"])["Value"].splitlines()[1:2]
    words = (first.state / "calls").read_text()
    assert len(secrets) == 3
    assert not [secret for secret in secrets if secret in words]


def test_the_database_and_assets_come_before_the_page(first):
    order = ["ssm put-parameter", "cloudformation deploy", "lambda invoke", "frontend/dist/assets",
             "frontend/dist/index.html", "create-invalidation"]
    assert first.places(*order) == sorted(first.places(*order))


def test_the_smoke_test_gets_the_address_and_the_code_key(first):
    address, *lines = (first.state / "smoke").read_text().split()
    assert address == "https://d1.cloudfront.net/"
    assert lines == first.parameter("code-key")["Value"].split()


def test_a_second_deployment_keeps_all_keys(deployed):
    before = deployed.load("parameters")
    deployed.deploy()
    before_it, second = deployed.load("deployments")
    assert deployed.load("parameters") == before
    assert second == {name: before_it[name] for name in ("TokenPublicKeys", "TokenKeyName")}


def test_every_function_knows_a_new_key_before_it_signs(deployed):
    old = deployed.load("deployments")[0]
    deployed.program("date", "echo 20990101000000")  # keys are named by the second
    deployed.deploy("--rotate-token-key")
    _, told, signing = deployed.load("deployments")
    new = "20990101000000:" + public_key_of(deployed.parameter("token-key-20990101000000")["Value"])
    assert told["TokenPublicKeys"] == old["TokenPublicKeys"] + "," + new
    assert told["TokenKeyName"] == old["TokenKeyName"]
    assert signing == {"TokenPublicKeys": new + "," + old["TokenPublicKeys"], "TokenKeyName": "token-key-20990101000000"}
    assert deployed.parameter("token-public-keys")["Value"] == signing["TokenPublicKeys"]


def test_a_store_that_does_not_answer_is_no_reason_for_new_keys(deployed):
    before = deployed.load("parameters")
    (deployed.state / "refuse").write_text("ssm get-parameters\n")
    result = deployed.run("deploy", "--skip-build")
    assert result.returncode != 0
    assert deployed.load("parameters") == before
    assert len(deployed.load("deployments")) == 1


def test_a_key_that_cannot_be_stored_ends_the_deployment(installation):
    (installation.state / "refuse").write_text("ssm put-parameter\n")
    result = installation.run("deploy", "--skip-build", "--mail-domain", "example.com")
    assert result.returncode != 0
    assert not (installation.state / "deployments").exists()


def test_a_failed_migration_leaves_the_old_page(installation):
    (installation.state / "migration-fails").touch()
    result = installation.run("deploy", "--skip-build", "--mail-domain", "example.com")
    assert result.returncode != 0
    assert "the migration failed" in result.stderr
    assert not any("frontend/dist" in " ".join(call) for call in installation.calls())


def test_the_first_time_needs_a_mail_domain(installation):
    result = installation.run("deploy", "--skip-build")
    assert result.returncode != 0
    assert "--mail-domain" in result.stderr


def test_destroy_does_nothing_without_the_name(deployed):
    before = len(deployed.calls())
    result = deployed.run("destroy", typed="yes\n")
    assert result.returncode != 0
    assert {" ".join(call[:2]) for call in deployed.calls()[before:]} <= {
        "configure get", "sts get-caller-identity", "cloudformation describe-stacks"}


def test_destroy_empties_the_bucket_and_unprotects_the_database_first(deployed):
    (deployed.state / "objects").write_text('["index.html", "assets/a b.js"]')
    result = deployed.run("destroy", typed="tms\n")
    assert result.returncode == 0, result.stderr
    order = ["delete-objects", "modify-db-cluster", "delete-stack", "stack-delete-complete"]
    assert deployed.places(*order) == sorted(deployed.places(*order))
    assert deployed.load("objects") == []
    assert not any("delete-parameter" in call for call in deployed.calls())
