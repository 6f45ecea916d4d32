"""Somebody who is signed in, by way of the real functions."""

import json
import re
from dataclasses import dataclass

from aws_local.lambda_api import AsynchronousCalls, LambdaApi
from support.calls import Answer, event
from support.program import Program

PASSWORD = "correct horse battery"


@dataclass(frozen=True)
class Person:
    cookie: str
    set_cookies: list[str]


def sign_up(name: str, variables: dict[str, str], ses) -> Person:
    """signup hands the mail to send_mail, send_mail to the emulator of SES; its code is confirmed."""
    address = f"{name}@example.org"
    mail = {**variables, "TMS_MAIL_FROM": "no-reply@tasks.example", "TMS_SES_ENDPOINT": ses.url}
    with Program("send_mail", mail) as send_mail:
        jobs = AsynchronousCalls(lambda _, body: send_mail.call(body).body, lambda: None)
        api = LambdaApi({"send_mail"}, jobs)
        given = {**variables, "TMS_LAMBDA_ENDPOINT": api.url, "TMS_SEND_MAIL_FUNCTION": "send_mail"}
        with Program("signup", given) as signup:
            body = {"username": name, "email": address, "password": PASSWORD}
            begun = Answer(signup.call(event("POST", "/signup", body)))
        assert begun.status == 202, (begun.body, signup)
        jobs.wait()
        assert not jobs.failed
        api.shutdown()
        api.server_close()
    (mail_text,) = [one["body"]["text"] for one in ses.mails() if address in one["destination"]["to"]]
    (code,) = re.findall(r"^ {4}(\d{8})$", mail_text, re.MULTILINE)
    with Program("verify_otp", variables) as verify_otp:
        verified = Answer(verify_otp.call(event("POST", "/verify-otp", {"flow": begun.json["flow"], "otp": code})))
    assert verified.status == 200, verified.body
    assert json.loads(verified.body)["user"]["username"] == name
    cookies = verified.headers["set-cookie"]
    (session,) = [one.split(";")[0] for one in cookies if "tms_session=" in one]
    return Person(session, cookies)
