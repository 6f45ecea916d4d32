"""The tools of attackers against the running server; `./test attack` installs and runs them.

Each test also looks for a sign that the tool did its work: one that could not log in or reach the
server finds nothing either.
"""

import json
import os
import re
import socket
import subprocess
import time
from pathlib import Path

import pytest

from support.data_sets import FOLDER
from support.host import RAISED_LIMITS, free_port, program
from test_headers import CSP

LONG = bool(os.environ.get("TMS_TEST_LONG"))
LISTS = Path("/usr/share/wfuzz/wordlist")
# A scanner is one source with many calls; the throttles are tested elsewhere.
SETTINGS = {**RAISED_LIMITS, "TMS_LOG_LEVEL": "warn"}


@pytest.fixture(scope="module")
def target(start):
    return start(SETTINGS)


@pytest.fixture(scope="module")
def person(target):
    person = target.people.signed_up()
    person.create_task("A task to look for", due_date="2026-04-01")
    return person


def run(command: list[str], folder: Path, seconds: int = 1500) -> str:
    done = subprocess.run(
        command, cwd=folder, text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        timeout=seconds, env={**os.environ, "HOME": str(folder), "TERM": "dumb"},
    )
    return done.stdout


SQL_TARGETS = {
    "search": ["/api/tasks?q=task*&limit=50", None],
    "status": ["/api/tasks?status=pending*", None],
    "sort": ["/api/tasks?sort=due*", None],
    "due from": ["/api/tasks?due_from=2026-01-01*", None],
    "limit": ["/api/tasks?limit=50*", None],
    "cursor": ["/api/tasks?limit=1&cursor=<cursor>*", None],
    "since": ["/api/tasks?since=<since>*", None],
    "task id": ["/api/tasks/<task>*", None],
    "description": ["/api/tasks", '{"description":"x*"}'],
    "list id": ["/api/tasks", '{"description":"x","list_id":"<list>*"}'],
    "login name": ["/api/login", '{"username":"somebody*","password":"a wrong password"}'],
    "address": ["/api/forgot-password", '{"email":"somebody*@mail.example"}'],
}


@pytest.mark.parametrize("path, body", SQL_TARGETS.values(), ids=SQL_TARGETS.keys())
def test_sqlmap_injects_nothing(target, person, tmp_path, path, body):
    for number in range(3):
        person.create_task(f"Task {number}")
    page = person.call("GET", "/api/tasks?limit=1").json
    task = page["tasks"][0]
    known = {"<cursor>": page["next_cursor"], "<since>": page["since"], "<task>": task["task_id"],
             "<list>": task["list_id"]}
    for name, value in known.items():
        path, body = path.replace(name, value), body and body.replace(name, value)
    level, risk = ("5", "3") if LONG else ("2", "2")
    command = [
        "sqlmap", "-u", target.host.base + path, "--batch", "--flush-session", "--level", level, "--risk", risk,
        "--dbms", "PostgreSQL" if os.environ.get("TMS_TEST_ENGINE") == "postgres" else "SQLite",
        "--cookie", person.client.cookie, "--ignore-code", "401,404,422", "--output-dir", str(tmp_path),
        "--threads", "4", "--disable-coloring", "--time-sec", "2",
    ]
    if body:
        command += ["--method", "POST", "--data", body, "--headers", "Content-Type: application/json"]
    output = run(command, tmp_path)
    assert "all tested parameters do not appear to be injectable" in output, output[-4000:]
    assert "is vulnerable" not in output and "Payload:" not in output, output[-4000:]


def test_wapiti_finds_nothing(target, person, tmp_path):
    report = tmp_path / "report.json"
    output = run([
        "wapiti", "-u", target.host.base + "/", "-f", "json", "-o", str(report), "--flush-session",
        "--max-scan-time", "20" if LONG else "3", "-H", f"Cookie: {person.client.cookie}", "--no-bugreport",
        "-s", f"{target.host.base}/api/tasks?q=a&status=pending&sort=due", "--store-session", str(tmp_path),
        "-m", "exec,file,sql,xss,ssrf,redirect,crlf,backup,htaccess,shellshock,methods",
    ], tmp_path)
    assert report.exists(), output[-4000:]
    for module in ("exec", "sql", "xss", "crlf"):
        assert f"Launching module {module}" in output, output[-4000:]
    found = json.loads(report.read_text())
    assert found["infos"]["target"].startswith(target.host.base)
    assert {name: one for name, one in found["vulnerabilities"].items() if one} == {}
    assert {name: one for name, one in found["anomalies"].items() if one} == {}


@pytest.mark.parametrize("words", ["vulns/dirTraversal-nix.txt", "vulns/dirTraversal-win.txt", "vulns/dirTraversal.txt"])
@pytest.mark.parametrize("place", ["/FUZZ", "/assets/FUZZ", "/api/tasks/FUZZ"])
def test_ffuf_reads_no_file_outside_the_page(target, tmp_path, words, place):
    results = fuzz(target, tmp_path, LISTS / words, place, ["-mr", "root:.*:0:0:|\\[boot loader\\]|for 16-bit app"])
    assert results == []


def test_ffuf_finds_no_route_that_is_not_documented(target, tmp_path):
    documented = {one.path.split("/")[2] for one in target.contract.operations if one.path.startswith("/api/")}
    # A route of another method answers 405, one for signed-in users 401.
    results = fuzz(target, tmp_path, LISTS / "general/big.txt", "/api/FUZZ", ["-mc", "all", "-fc", "404,400"])
    assert {one["input"]["FUZZ"] for one in results} <= documented | {"config"}
    assert results, "it finds at least the documented ones"


def fuzz(target, folder: Path, words: Path, place: str, match: list[str]) -> list[dict]:
    assert len(words.read_text(errors="replace").splitlines()) > 10
    report = folder / "ffuf.json"
    output = run(["ffuf", "-w", str(words), "-u", target.host.base + place, "-s", "-t", "8", "-o", str(report),
                  "-of", "json", *match], folder)
    assert report.exists(), output[-3000:]
    return json.loads(report.read_text())["results"]


@pytest.mark.parametrize("way", [["-H"], ["-B"], ["-X"]], ids=["slowloris", "slow post", "slow read"])
def test_slowhttptest_finds_the_server_available(start, tmp_path, way):
    base = start({**SETTINGS, "TMS_MAX_CONNECTIONS_PER_ADDRESS": "0"}).host.base
    path = "/api/login" if way == ["-B"] else "/"
    output = run(["slowhttptest", "-c", "500", *way, "-i", "2", "-r", "200", "-l", "20", "-p", "3", "-u", base + path],
                 tmp_path, 120)
    plain = re.sub(r"\x1b\[[0-9;]*m", "", output)
    seen = re.findall(r"service available:\s*(YES|NO)", plain)
    assert seen, plain[-2000:]
    assert "NO" not in seen, plain[-2000:]


# Of the certificate that the test makes for itself, and of openssl here.
NOT_OURS = {"cert_chain_of_trust", "cert_revocation", "DNS_CAArecord", "engine_problem"}
# Only files of the page are sent compressed: they hold no secret and nothing that a client sent.
EXPLAINED = {"BREACH"}


@pytest.fixture
def tls_server(tmp_path):
    """The address of a server of its own with a certificate that nobody signed."""
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "90",
         "-keyout", "key.pem", "-out", "certificate.pem", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost"],
        cwd=tmp_path, check=True, capture_output=True,
    )
    port = free_port()
    environment = {
        **os.environ, "TMS_LISTEN": f"127.0.0.1:{port}", "TMS_PUBLIC_URL": f"https://localhost:{port}",
        "TMS_DATA_DIR": str(tmp_path / "data"), "TMS_TLS_CERTIFICATE": str(tmp_path / "certificate.pem"),
        "TMS_TLS_KEY": str(tmp_path / "key.pem"),
    }
    server = subprocess.Popen(program("sqlite"), env=environment, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 20
    while not answers(port):
        assert server.poll() is None and time.monotonic() < deadline, "the server does not start with TLS"
        time.sleep(0.05)
    yield f"https://localhost:{port}"
    server.terminate()
    assert server.wait(20) == 0


def answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
        return True
    except OSError:
        return False


def test_testssl_finds_no_hole_in_our_tls(tls_server, tmp_path):
    report = tmp_path / "testssl.json"
    output = run(["testssl", "--quiet", "--color", "0", "--warnings", "batch", "--ip", "127.0.0.1", "--jsonfile",
                  str(report), "-p", "-s", "-f", "-U", "-S", "-P", tls_server], tmp_path, 300)
    assert report.exists(), output[-3000:]
    findings = {one["id"]: one for one in json.loads(report.read_text())}
    assert findings["TLS1_3"]["finding"].startswith("offered"), output[-3000:]
    assert findings["heartbleed"]["severity"] == "OK"
    holes = {name: one["finding"] for name, one in findings.items()
             if one["severity"] not in ("OK", "INFO") and name not in NOT_OURS | EXPLAINED}
    assert not holes


def test_csp_evaluator_finds_nothing_of_weight():
    script = (
        "const {CspParser} = require('csp_evaluator/dist/parser.js');"
        "const {CspEvaluator} = require('csp_evaluator/dist/evaluator.js');"
        "const found = csp => new CspEvaluator(new CspParser(csp).csp).evaluate();"
        "console.log(JSON.stringify(process.argv.slice(1).map(found)))"
    )
    output = subprocess.run(["node", "-e", script, CSP, "script-src 'unsafe-inline' *"],
                            cwd=FOLDER, check=True, capture_output=True, text=True).stdout
    ours, bad = json.loads(output)
    assert min(one["severity"] for one in bad) == 10, "it finds a bad one"
    # 10 high, 20 syntax, 30 medium, 40 high and 50 medium perhaps, 60 strict, 100 nothing.
    assert [one for one in ours if one["severity"] <= 30] == []
    print(ours)
