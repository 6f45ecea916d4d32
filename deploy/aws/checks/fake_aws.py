"""Stands for the AWS CLI in the tests of deploy and destroy: keeps its state in the folder FAKE_AWS, notes every call
there, and answers as the CLI documents it. What a test calls for is refused (FAKE_AWS/refuse)."""

import json
import os
import re
import sys
from pathlib import Path

STATE = Path(os.environ["FAKE_AWS"])
OUTPUTS = {"Url": "https://d1.cloudfront.net/", "CdnId": "E1", "SiteBucket": "site", "MigrateFunction": "migrate",
           "ClusterId": "cluster", "OriginKeyId": "key"}


def main(arguments):
    if arguments == ["--version"]:
        return "aws-cli/2.31.0 Python/3.13"
    call = " ".join(arguments[:2])
    note(arguments)
    if refused(call):
        sys.exit(254)
    answer = ANSWERS.get(call)
    return answer(arguments) if answer else ""


def note(arguments):
    with (STATE / "calls").open("a") as calls:
        calls.write(json.dumps(arguments) + "\n")


def refused(call):
    file = STATE / "refuse"
    return file.exists() and call in file.read_text().splitlines()


def option(arguments, name):
    return arguments[arguments.index(name) + 1]


def load(name):
    file = STATE / name
    return json.loads(file.read_text()) if file.exists() else {}


def store(name, value):
    (STATE / name).write_text(json.dumps(value))


def describe_stacks(arguments):
    if not (STATE / "stack").exists():
        sys.exit(254)
    found = re.search(r"OutputKey=='(\w+)'", " ".join(arguments))
    return OUTPUTS[found[1]] if found else ""


def deploy(arguments):
    given = json.loads(Path(option(arguments, "--parameter-overrides").removeprefix("file://")).read_text())
    deployments = load("deployments") or []
    store("deployments", [*deployments, dict(item.split("=", 1) for item in given)])
    (STATE / "stack").touch()
    return ""


def package(arguments):
    Path(option(arguments, "--output-template-file")).write_text("packaged")
    return ""


def get_parameters(arguments):
    name, known = option(arguments, "--names"), load("parameters")
    if name not in known:
        return json.dumps({"Parameters": [], "InvalidParameters": [name]})
    return json.dumps({"Parameters": [known[name]], "InvalidParameters": []})


def put_parameter(_):
    parameter = json.load(sys.stdin)
    store("parameters", {**load("parameters"), parameter["Name"]: parameter})
    return ""


def invoke(arguments):
    failed = (STATE / "migration-fails").exists()
    Path(arguments[-1]).write_text('{"errorMessage":"no"}' if failed else '{"version":1,"applied":[]}')
    return json.dumps({"StatusCode": 200, **({"FunctionError": "Unhandled"} if failed else {})})


def list_object_versions(_):
    left = load("objects") or []
    return json.dumps({"Versions": [{"Key": name, "VersionId": "1", "Size": 1} for name in left], "DeleteMarkers": None})


def delete_objects(_):
    gone = {item["Key"] for item in json.load(sys.stdin)["Objects"]}
    store("objects", [name for name in load("objects") if name not in gone])
    return ""


ANSWERS = {
    "configure get": lambda _: "us-east-1",
    "sts get-caller-identity": lambda _: "123456789012",
    "apigateway get-account": lambda _: "None",
    "cloudformation describe-stacks": describe_stacks,
    "cloudformation deploy": deploy,
    "cloudformation package": package,
    "ssm get-parameters": get_parameters,
    "ssm put-parameter": put_parameter,
    "lambda invoke": invoke,
    "s3api list-object-versions": list_object_versions,
    "s3api delete-objects": delete_objects,
    "s3api head-bucket": lambda _: sys.exit(254),
}

print(main(sys.argv[1:]))
