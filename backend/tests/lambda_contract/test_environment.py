"""template.yaml and backend/hosts/lambda/function_settings.cpp speak of the same variables."""

import re

from aws_local.template import NO_VALUE, resolve
from support.program import ROOT, Program

# Settings that a deployment may add, and what local runs need: the template sets none of them.
OPTIONAL = {"TMS_DATABASE_URL", "TMS_AWS_CA_FILE", "TMS_BCRYPT_COST"}
# Read by hosts/app/setting_groups.cpp for both hosts, documented in docs/operations.md.
GROUPS = r"TMS_(SESSION|CODE|THROTTLE)_[A-Z_]+"


def read_by_functions() -> set[str]:
    source = (ROOT / "backend/hosts/lambda/function_settings.cpp").read_text()
    return set(re.findall(r'"(TMS_[A-Z_]+)"', source))


def set_by_the_template(template) -> set[str]:
    return {name for function in template.functions.values() for name in function.variables}


def test_every_variable_of_the_template_is_read(template):
    names = {name for name in set_by_the_template(template) if not re.fullmatch(GROUPS, name)}
    assert names <= read_by_functions(), names - read_by_functions()


def test_every_variable_that_is_read_is_set_or_known_to_be_optional(template):
    assert read_by_functions() - set_by_the_template(template) == OPTIONAL


def test_no_variable_of_the_program_is_read_elsewhere():
    """One place reads the environment: the settings, and Lambda's own names in main."""
    for file in (ROOT / "backend/hosts/lambda").glob("*.cpp"):
        if file.name != "function_settings.cpp":
            assert not re.search(r"getenv|reader\.text", file.read_text()), file.name


def test_every_function_of_the_template_can_start(template, moto, keys, postgres, ses):
    """What the template gives is enough for each: no function lacks a key or a name."""
    known = {
        "AWS::StackName": "tms", "AWS::Region": "us-east-1", "Cluster.Endpoint.Address": "localhost",
        "TokenPublicKeys": keys.public_list, "TokenKeyName": "token-key-local", "MailDomain": "tasks.example",
        "MailConfiguration": "tms", "SendMail": "send_mail",
    }  # fmt: skip
    for name, function in template.functions.items():
        given = {key: resolve(value, known) for key, value in function.variables.items()}
        given = {key: value for key, value in given.items() if value is not NO_VALUE}
        with Program(name, {**given, "TMS_SSM_ENDPOINT": moto.url}) as program:
            assert program.api.asked.wait(timeout=20), (name, program.log)


def test_only_login_and_verify_otp_are_told_where_the_private_key_is(template):
    told = {name for name, function in template.functions.items() if "TMS_TOKEN_KEY_PARAMETER" in function.variables}
    assert told == {"login", "verify_otp"}
