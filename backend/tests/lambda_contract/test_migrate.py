"""The function migrate: roles, tables, keys."""

import subprocess

import pytest
from aws_local.keys import make_keys
from support.calls import Answer, event
from support.program import Program


def test_first_run_applies_every_migration_and_the_second_none(migrated):
    first, again = migrated
    assert first["version"] == again["version"] == len(first["applied"]) > 0
    assert again["applied"] == []


def test_application_role_reads_and_writes_rows(postgres, migrated):
    assert int(postgres.sql("select count(*) from users", role="tms_app")) >= 0
    postgres.sql("update users set username = username", role="tms_app")
    postgres.sql("delete from throttles where false", role="tms_app")


@pytest.mark.parametrize(
    "statement",
    [
        "create table mine (a int)",
        "alter table users add column mine int",
        "drop table tasks",
        "create index mine on tasks (task_id)",
        "create role mine",
        "truncate sessions",
        "create schema mine",
    ],
)
def test_application_role_cannot_change_the_schema(postgres, migrated, statement):
    with pytest.raises(RuntimeError, match="permission denied|must be owner"):
        postgres.sql(statement, role="tms_app")


def test_roles_are_no_superusers_and_the_tables_belong_to_the_migrating_one(postgres, migrated):
    roles = "select rolname from pg_roles where rolname like 'tms%' and (rolsuper or rolcreaterole or rolcreatedb or rolbypassrls)"
    assert postgres.sql(roles) == ""
    assert postgres.sql("select distinct tableowner from pg_tables where schemaname = 'public'") == "tms_migrate"


def test_other_keys_than_the_databases_are_refused(postgres, migrated, database_variables, moto):
    other = make_keys()
    moto.put_parameter("/other/password-key", other.password)
    moto.put_parameter("/other/code-key", other.code)
    variables = {
        **database_variables,
        "TMS_DATABASE_USER": "tms_migrate",
        "TMS_SSM_ENDPOINT": moto.url,
        "TMS_PASSWORD_KEY_PARAMETER": "/other/password-key",
        "TMS_CODE_KEY_PARAMETER": "/other/code-key",
    }
    with Program("migrate", variables) as program:
        outcome = program.call({}, 300)
    assert outcome.kind == "error" and outcome.error_type == "Function.Failed"
    assert other.password[3:].strip() not in outcome.json["errorMessage"]


def test_database_certificate_is_checked(postgres, migrated, database_variables, moto, keys, tmp_path):
    """verify-full: another root, and another name, are no login."""
    other = tmp_path / "other.crt"
    make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-keyout", "/dev/null"]
    subprocess.run([*make, "-out", str(other)], check=True, capture_output=True)
    variables = {
        **database_variables, "TMS_DATABASE_USER": "tms_app", "TMS_TOKEN_PUBLIC_KEYS": keys.public_list,
        "TMS_SEND_MAIL_FUNCTION": "f",
    }  # fmt: skip
    for wrong in ({"TMS_DATABASE_CA_FILE": str(other)}, {"TMS_DATABASE_HOST": "127.0.0.1"}):
        with Program("forgot_password", {**variables, **wrong}) as program:
            answer = Answer(program.call(event("POST", "/forgot-password", {"email": "a@example.org"}), seconds=3))
            assert answer.code == "database_waking"
            assert "certificate" in program.log
