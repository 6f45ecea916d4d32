"""One file that needs nothing, and the package around it."""

import io
import os
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path

import pytest
from support.calls import Answer, event
from support.program import BOOTSTRAP, ROOT, Program

ZIP = ROOT / "build/lambda.zip"


def readelf(option: str, file=BOOTSTRAP) -> str:
    return subprocess.run(["readelf", option, file], check=True, capture_output=True, text=True).stdout


def test_program_needs_no_library_and_no_loader():
    assert "NEEDED" not in readelf("--dynamic")
    assert "INTERP" not in readelf("--program-headers")
    # The same look at a program that does need them: the check can fail.
    assert "NEEDED" in readelf("--dynamic", "/bin/sh") and "INTERP" in readelf("--program-headers", "/bin/sh")


@pytest.mark.skipif(os.geteuid() != 0, reason="chroot needs root")
def test_program_answers_in_an_empty_root_directory(no_database):
    with tempfile.TemporaryDirectory() as root:
        shutil.copy(BOOTSTRAP, root)
        with Program("me", no_database, wrap=["/usr/sbin/chroot", root], program="/bootstrap") as program:
            answer = Answer(program.call(event("GET", "/me")))
            assert os.listdir(root) == ["bootstrap"]
    assert answer.status == 401 and answer.code == "not_signed_in"


@pytest.mark.skipif(os.geteuid() != 0, reason="chroot needs root")
def test_program_reaches_its_database_from_an_empty_root_directory(action_variables, postgres):
    """Names, TLS with verify-full and the login token need no file but the certificate."""
    with tempfile.TemporaryDirectory() as root:
        shutil.copy(BOOTSTRAP, root)
        shutil.copy(postgres.certificate, Path(root) / "ca.crt")
        Path(root, "etc").mkdir()
        Path(root, "etc/hosts").write_text("127.0.0.1 localhost\n")
        variables = {**action_variables, "TMS_DATABASE_CA_FILE": "/ca.crt"}
        with Program("logout", variables, wrap=["/usr/sbin/chroot", root], program="/bootstrap") as program:
            cookie = "tms_session=x"
            assert Answer(program.call(event("POST", "/logout", cookie=cookie))).status == 204
        with Program("forgot_password", {**variables, "TMS_SEND_MAIL_FUNCTION": "send_mail", "TMS_LAMBDA_ENDPOINT": "http://127.0.0.1:9"},
                     wrap=["/usr/sbin/chroot", root], program="/bootstrap") as program:  # fmt: skip
            answer = Answer(program.call(event("POST", "/forgot-password", {"email": "nobody@example.org"})))
            # The flow is written; only the mail cannot be handed over, because nothing listens there.
            assert answer.status == 503 and "send_mail was not taken" in program.log


def test_package_is_small_enough_and_holds_what_the_program_reads():
    assert ZIP.stat().st_size <= 5 * 1024 * 1024
    with zipfile.ZipFile(ZIP) as package:
        assert sorted(package.namelist()) == ["bootstrap", "ca-certificates.crt", "rds-global-bundle.pem"]
        assert package.getinfo("bootstrap").external_attr >> 16 & 0o111, "the program must be executable"
        assert package.read("bootstrap") == BOOTSTRAP.read_bytes()
        for name in ("ca-certificates.crt", "rds-global-bundle.pem"):
            assert package.read(name).count(b"-----BEGIN CERTIFICATE-----") > 50


def test_package_made_again_is_the_same_to_the_byte():
    first = ZIP.read_bytes()
    ZIP.unlink()
    subprocess.run(["ninja", "-C", ROOT / "build/lambda", "lambda_zip"], check=True, capture_output=True)
    assert ZIP.read_bytes() == first


def test_roots_of_rds_are_those_of_the_region():
    with zipfile.ZipFile(ZIP) as package:
        bundle = package.read("rds-global-bundle.pem")
    subjects = subprocess.run(
        ["openssl", "storeutl", "-noout", "-text", "-certs", "/dev/stdin"], input=bundle, capture_output=True, check=True
    ).stdout
    assert b"Amazon RDS us-east-1 Root CA RSA2048 G1" in io.BytesIO(subjects).read()
