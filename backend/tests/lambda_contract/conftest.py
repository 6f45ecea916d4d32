import tempfile
from pathlib import Path

import pytest
from aws_local.keys import make_keys
from aws_local.postgres import Postgres
from aws_local.services import Moto, SesLocal
from aws_local.template import Template
from support.people import sign_up
from support.program import Program

PUBLIC_URL = "http://localhost"


@pytest.fixture(scope="session")
def keys():
    return make_keys()


@pytest.fixture(scope="session")
def log():
    with tempfile.TemporaryFile() as file:
        yield file


@pytest.fixture(scope="session")
def template():
    return Template()


@pytest.fixture(scope="session")
def moto(log, keys):
    service = Moto(log)
    service.wait()
    service.put_parameter("/tms/password-key", keys.password)
    service.put_parameter("/tms/code-key", keys.code)
    service.put_parameter("/tms/token-key-local", keys.token_private)
    yield service
    service.stop()


@pytest.fixture(scope="session")
def ses(log):
    service = SesLocal(log)
    service.wait()
    yield service
    service.stop()


@pytest.fixture(scope="session")
def postgres(log):
    with tempfile.TemporaryDirectory(prefix="tms-lambda-") as folder:
        server = Postgres(Path(folder) / "postgres", log)
        server.start()
        yield server
        server.stop()


@pytest.fixture(scope="session")
def database_variables(postgres):
    return {
        "TMS_DATABASE_HOST": "localhost",
        "TMS_DATABASE_PORT": str(postgres.port),
        "TMS_DATABASE_NAME": "tms",
        "TMS_DATABASE_CA_FILE": str(postgres.certificate),
    }


@pytest.fixture(scope="session")
def migrated(postgres, database_variables, moto):
    """The database after the function migrate; its reply."""
    variables = {
        **database_variables,
        "TMS_DATABASE_OWNER": "postgres",
        "TMS_DATABASE_USER": "tms_migrate",
        "TMS_SSM_ENDPOINT": moto.url,
        "TMS_PASSWORD_KEY_PARAMETER": "/tms/password-key",
        "TMS_CODE_KEY_PARAMETER": "/tms/code-key",
    }
    with Program("migrate", variables) as program:
        first, again = program.call({}, 300), program.call({}, 300)
        assert first.kind == again.kind == "response", (first, again, program.log)
        yield first.json, again.json


@pytest.fixture(scope="session")
def action_variables(database_variables, migrated, keys):
    """What an action needs that asks for no key."""
    return {
        **database_variables,
        "TMS_DATABASE_USER": "tms_app",
        "TMS_TOKEN_PUBLIC_KEYS": keys.public_list,
        "TMS_PUBLIC_URL": PUBLIC_URL,
        "TMS_BCRYPT_COST": "4",
    }


@pytest.fixture(scope="session")
def key_variables(action_variables, moto):
    """All keys, which no function of the template has together."""
    return {
        **action_variables,
        "TMS_SSM_ENDPOINT": moto.url,
        "TMS_PASSWORD_KEY_PARAMETER": "/tms/password-key",
        "TMS_CODE_KEY_PARAMETER": "/tms/code-key",
        "TMS_TOKEN_KEY_PARAMETER": "/tms/token-key-local",
    }


@pytest.fixture(scope="session")
def person(key_variables, ses):
    return sign_up("anna", key_variables, ses)


@pytest.fixture
def no_database(keys):
    """An action's variables with a database that must not be asked."""
    return {
        "TMS_DATABASE_HOST": "no-such-host.invalid",
        "TMS_DATABASE_USER": "tms_app",
        "TMS_TOKEN_PUBLIC_KEYS": keys.public_list,
    }
