"""Everything together: database, emulators, functions, gateway."""

import json
import os
from pathlib import Path

from aws_local.functions import EmulatedFunction, Environments
from aws_local.gateway import Gateway
from aws_local.keys import keys_in
from aws_local.lambda_api import AsynchronousCalls, LambdaApi
from aws_local.mail_folder import MailFolder
from aws_local.page import Page
from aws_local.postgres import Postgres
from aws_local.services import Moto, SesLocal
from aws_local.template import NO_VALUE, ROOT, Template, resolve

STACK_NAME = "tms"
MAIL_DOMAIN = "localhost.example"


class Stack:
    """Starts with the constructor; `stop` ends it all. `settings` are TMS_ variables for every function,
    which can have as many calls at a time as `environments` says."""

    def __init__(
        self, address: tuple[str, int], data: Path, settings: dict[str, str], log, bootstrap: Path, environments: int = 1
    ):
        self.template = Template()
        self.settings = settings
        page = Page(ROOT / "frontend/dist", self.template.page_headers)
        self.gateway = Gateway(address, self.template, page, self.invoke, data / "mail")
        data.mkdir(parents=True, exist_ok=True)
        self.keys = keys_in(data / "keys.json")
        self.postgres = Postgres(data / "postgres", log, self.template.database_parameters)
        self.moto, self.ses = Moto(log), SesLocal(log)
        self.postgres.start()
        (data / "database_url").write_text(self.postgres.url)
        for service in (self.moto, self.ses):
            service.wait()
        self._store_keys()
        self.mails = MailFolder(data / "mail", self.ses.mails)
        self.calls = AsynchronousCalls(self.invoke, self.mails.update)
        self.lambda_api = LambdaApi(self.template.functions, self.calls)
        self.write_sam_variables(data / "sam-env.json")
        self.functions = {
            name: Environments([
                EmulatedFunction(bootstrap, name, self.variables(name), function.timeout, log)
                for _ in range(environments)
            ])
            for name, function in self.template.functions.items()
        }
        for function in self.functions.values():
            function.wait()

    def invoke(self, function: str, event: bytes) -> bytes:
        return self.functions[function].invoke(event)

    def migrate(self) -> bytes:
        return self.invoke("migrate", b"{}")

    def stop(self) -> None:
        for function in self.functions.values():
            function.stop()
        for service in (self.moto, self.ses):
            service.stop()
        self.postgres.stop()

    def write_sam_variables(self, file: Path) -> None:
        """What `sam local start-api --env-vars` takes, to run with this stack's emulators (docs/aws.md)."""
        names = {
            "TMS_PASSWORD_KEY_PARAMETER": f"/{STACK_NAME}/password-key",
            "TMS_CODE_KEY_PARAMETER": f"/{STACK_NAME}/code-key",
            "TMS_TOKEN_KEY_PARAMETER": f"/{STACK_NAME}/token-key-{self.keys.token_id}",
            "TMS_TOKEN_PUBLIC_KEYS": self.keys.public_list,
            "TMS_SEND_MAIL_FUNCTION": "send_mail",
            "TMS_DATABASE_HOST": "localhost",
        }
        certificate = {"TMS_DATABASE_CA_FILE": f"/var/task/{self.postgres.certificate.name}"}
        file.write_text(json.dumps({"Parameters": {**names, **self._endpoints(True), **certificate}}, indent=2))

    def variables(self, name: str) -> dict[str, str]:
        """A function's environment: what the template gives it, and where the emulators are."""
        known = {
            "AWS::StackName": STACK_NAME,
            "AWS::Region": "us-east-1",
            "Cluster.Endpoint.Address": "localhost",
            "TokenPublicKeys": self.keys.public_list,
            "TokenKeyName": f"token-key-{self.keys.token_id}",
            "MailDomain": MAIL_DOMAIN,
            "MailConfiguration": "local",
            "SendMail": "send_mail",
        }
        given = {key: resolve(value, known) for key, value in self.template.functions[name].variables.items()}
        return {
            "PATH": os.environ.get("PATH", ""),
            "AWS_REGION": "us-east-1",
            "AWS_ACCESS_KEY_ID": "AKIALOCAL",
            "AWS_SECRET_ACCESS_KEY": "local",
            "AWS_SESSION_TOKEN": "local",
            **{key: value for key, value in given.items() if value is not NO_VALUE},
            **self._endpoints("TMS_DATABASE_HOST" in given and given["TMS_DATABASE_HOST"] is not NO_VALUE),
            **self.settings,
        }

    def _endpoints(self, has_database: bool) -> dict[str, str]:
        endpoints = {
            "TMS_SSM_ENDPOINT": self.moto.url,
            "TMS_SES_ENDPOINT": self.ses.url,
            "TMS_LAMBDA_ENDPOINT": self.lambda_api.url,
        }
        if has_database:
            endpoints["TMS_DATABASE_PORT"] = str(self.postgres.port)
            endpoints["TMS_DATABASE_CA_FILE"] = str(self.postgres.certificate)
        return endpoints

    def _store_keys(self) -> None:
        self.moto.put_parameter(f"/{STACK_NAME}/password-key", self.keys.password)
        self.moto.put_parameter(f"/{STACK_NAME}/code-key", self.keys.code)
        self.moto.put_parameter(f"/{STACK_NAME}/token-key-{self.keys.token_id}", self.keys.token_private)
