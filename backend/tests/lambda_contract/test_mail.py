"""send_mail against two emulators of SES, and the keys that functions read at their start."""

import re
import time

import pytest
from aws_local.keys import make_keys
from support.calls import Answer, event
from support.program import Program



@pytest.fixture
def mail_variables(moto):
    return {
        "TMS_SSM_ENDPOINT": moto.url,
        "TMS_CODE_KEY_PARAMETER": "/tms/code-key",
        "TMS_MAIL_FROM": "no-reply@tasks.example",
        "TMS_SES_CONFIGURATION_SET": "tms",
    }


def job(recipient: str, **changes) -> dict:
    return {
        "kind": "signup_code", "flow": "AAECAwQFBgcICQoLDA0ODw", "generation": 1, "recipient": recipient,
        "username": "anna", "expires_at": int((time.time() + 600) * 1e6), **changes,
    }  # fmt: skip


def mails_to(ses, recipient: str) -> list[dict]:
    return [mail for mail in ses.mails() if recipient in mail["destination"]["to"]]


def test_code_is_mailed_as_text_and_never_logged(ses, mail_variables):
    with Program("send_mail", {**mail_variables, "TMS_SES_ENDPOINT": ses.url}) as program:
        outcome = program.call(job("code@example.org"))
        assert outcome.kind == "response", (outcome, program.log)
        (mail,) = mails_to(ses, "code@example.org")
        (code,) = re.findall(r"^ {4}(\d{8})$", mail["body"]["text"], re.MULTILINE)
        assert code not in program.log and "sent" in program.log
        assert "code@example.org" not in program.log
    assert code in mail["body"]["html"] and "http" not in mail["body"]["text"]
    assert "no-reply@tasks.example" in mail["from"]


def test_same_event_twice_is_the_same_code_and_another_generation_another(ses, mail_variables):
    with Program("send_mail", {**mail_variables, "TMS_SES_ENDPOINT": ses.url}) as program:
        for generation in (1, 1, 2):
            program.call(job("twice@example.org", generation=generation))
    codes = [re.search(r"^ {4}(\d{8})$", one["body"]["text"], re.MULTILINE)[1] for one in mails_to(ses, "twice@example.org")]
    assert len(codes) == 3 and codes[0] == codes[1] != codes[2]


def test_expired_and_empty_jobs_send_nothing(ses, mail_variables):
    with Program("send_mail", {**mail_variables, "TMS_SES_ENDPOINT": ses.url}) as program:
        assert program.call(job("late@example.org", expires_at=1)).kind == "response"
        assert program.call(job("late@example.org", kind="nothing")).kind == "response"
    assert mails_to(ses, "late@example.org") == []


def test_event_that_is_no_mail_is_a_failure(ses, mail_variables):
    with Program("send_mail", {**mail_variables, "TMS_SES_ENDPOINT": ses.url}) as program:
        assert program.call({"kind": "code"}).error_type == "Function.Failed"


def test_sender_that_ses_has_not_verified_is_refused_for_good(moto, mail_variables):
    """moto, unlike the other emulator, knows which senders are verified."""
    with Program("send_mail", {**mail_variables, "TMS_SES_ENDPOINT": moto.url}) as program:
        outcome = program.call(job("a@example.org"))
        assert outcome.kind == "response", "a permanent error ends the event: no retry would help"
        assert "refused" in program.log and "MessageRejected" in program.log


def test_ses_that_cannot_be_reached_is_tried_again_by_lambda(mail_variables):
    with Program("send_mail", {**mail_variables, "TMS_SES_ENDPOINT": "http://127.0.0.1:9"}) as program:
        outcome = program.call(job("b@example.org"))
    assert outcome.kind == "error" and outcome.error_type == "Function.TryMailAgain"


def test_missing_parameter_is_an_init_error(moto, mail_variables):
    with Program("send_mail", {**mail_variables, "TMS_CODE_KEY_PARAMETER": "/tms/nothing"}) as program:
        assert "/tms/nothing does not exist" in program.init_failure().json["errorMessage"]


def test_parameter_that_is_no_key_is_an_init_error_that_does_not_quote_it(moto, mail_variables):
    moto.put_parameter("/tms/spoiled", "canary without a colon")
    with Program("send_mail", {**mail_variables, "TMS_CODE_KEY_PARAMETER": "/tms/spoiled"}) as program:
        failure = program.init_failure()
        assert "canary" not in program.log
    assert "/tms/spoiled holds no key" in failure.json["errorMessage"] and b"canary" not in failure.body


def test_private_key_of_another_pair_than_the_public_one_is_an_init_error(moto, action_variables):
    moto.put_parameter("/tms/token-key-other", make_keys().token_private)
    variables = {
        **action_variables, "TMS_SSM_ENDPOINT": moto.url, "TMS_PASSWORD_KEY_PARAMETER": "/tms/password-key",
        "TMS_TOKEN_KEY_PARAMETER": "/tms/token-key-other",
    }  # fmt: skip
    with Program("login", variables) as program:
        assert "TMS_TOKEN_PUBLIC_KEYS" in program.init_failure().json["errorMessage"]


def test_login_made_of_secure_strings_answers(moto, action_variables):
    variables = {
        **action_variables, "TMS_SSM_ENDPOINT": moto.url, "TMS_PASSWORD_KEY_PARAMETER": "/tms/password-key",
        "TMS_TOKEN_KEY_PARAMETER": "/tms/token-key-local",
    }  # fmt: skip
    with Program("login", variables) as program:
        answer = Answer(program.call(event("POST", "/login", {"username": "nobody", "password": "x" * 12})))
        assert (answer.status, answer.code) == (401, "invalid_credentials"), program.log
