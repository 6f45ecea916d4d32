"""measure.py PYTHON: see run. PYTHON has awslambdaric."""

import json
import re
import statistics
import sys
import tempfile
import time
from pathlib import Path

from aws_local.functions import EmulatedFunction
from aws_local.keys import make_keys
from aws_local.postgres import Postgres
from aws_local.services import Moto, SesLocal
from support.calls import Answer, event
from support.people import sign_up
from support.program import BOOTSTRAP, ROOT, Program

HERE = Path(__file__).parent
STARTS, CALLS, TASKS = 50, 300, 20


def main(python: str) -> None:
    with tempfile.TemporaryDirectory() as folder, open(Path(folder, "log"), "w+b", 0) as log:
        keys = make_keys()
        postgres, moto, ses = Postgres(Path(folder, "postgres"), log), Moto(log), SesLocal(log)
        postgres.start()
        for service in (moto, ses):
            service.wait()
        try:
            variables = prepare(postgres, moto, keys)
            person = sign_up("anna", variables["all"], ses)
            measure(python, postgres, log, keys, variables["action"], person, folder)
        finally:
            for service in (moto, ses, postgres):
                service.stop()


def measure(python, postgres, log, keys, variables, person, folder) -> None:
    with Program("create_task", variables) as program:
        for number in range(TASKS):
            made = program.call(event("POST", "/tasks", {"description": f"Task {number}"}, cookie=person.cookie))
            assert Answer(made).status == 201
    what = event("GET", "/tasks", cookie=person.cookie)
    line("zip", f"{(ROOT / 'build/lambda.zip').stat().st_size / 1e6:.1f} MB")

    outside, processor, call = outside_the_database(postgres, log, variables, what)
    line("warm GET /api/tasks, 20 tasks, outside the database, median", f"{outside:.2f} ms")
    line("of that, processor time of the program", f"{processor:.2f} ms")
    line("exec to the first /next, median of 50", f"{starts(lambda: Program('get_tasks', variables)):.1f} ms")

    script = Path(folder, "bootstrap")
    script.write_text(f"#!/bin/sh\ncd {HERE}\nexec {python} -m awslambdaric handler.handle\n")
    script.chmod(0o755)
    theirs = {
        **variables, "BENCHMARK_CALL": json.dumps(call),
        "BENCHMARK_DATABASE": postgres.url.replace("postgres@", "tms_app@"), "PATH": "/usr/bin:/bin",
    }  # fmt: skip
    line("the same start in Python on awslambdaric", f"{starts(lambda: Program('get_tasks', theirs, program=str(script))):.0f} ms")
    for name, program, given in (("C++", BOOTSTRAP, variables), ("Python on awslambdaric", script, theirs)):
        cold, warm = emulated(program, given, what, log)
        line(f"{name} under the emulator: first call, warm call (median)", f"{cold:.0f} ms, {warm:.2f} ms")


def prepare(postgres, moto, keys) -> dict:
    moto.put_parameter("/tms/password-key", keys.password)
    moto.put_parameter("/tms/code-key", keys.code)
    moto.put_parameter("/tms/token-key-local", keys.token_private)
    database = {
        "TMS_DATABASE_HOST": "localhost", "TMS_DATABASE_PORT": str(postgres.port),
        "TMS_DATABASE_CA_FILE": str(postgres.certificate), "TMS_SSM_ENDPOINT": moto.url,
    }  # fmt: skip
    secrets = {"TMS_PASSWORD_KEY_PARAMETER": "/tms/password-key", "TMS_CODE_KEY_PARAMETER": "/tms/code-key"}
    migrate = {**database, **secrets, "TMS_DATABASE_OWNER": "postgres", "TMS_DATABASE_USER": "tms_migrate"}
    with Program("migrate", migrate) as program:
        assert program.call({}, 300).kind == "response"
    action = {
        **database, "TMS_DATABASE_USER": "tms_app", "TMS_TOKEN_PUBLIC_KEYS": keys.public_list,
        "TMS_PUBLIC_URL": "http://localhost", "TMS_BCRYPT_COST": "4",
    }  # fmt: skip
    return {"action": action, "all": {**action, **secrets, "TMS_TOKEN_KEY_PARAMETER": "/tms/token-key-local"}}


def starts(make) -> float:
    """Milliseconds from before the fork until the program asks for its first event."""
    times = []
    for _ in range(STARTS):
        begin = time.perf_counter()
        with make() as program:
            assert program.api.asked.wait(timeout=30), program.log
            times.append((time.perf_counter() - begin) * 1000)
    return statistics.median(times)


def outside_the_database(postgres, log, variables, what) -> tuple[float, float, dict]:
    """The time of a call less what PostgreSQL says it worked on it; and what was asked of PostgreSQL. All that
    travels between them, TLS included, counts as ours."""
    postgres.sql("alter system set log_min_duration_statement = 0", database="postgres")
    postgres.sql("select pg_reload_conf()", database="postgres")
    times = []
    with Program("get_tasks", variables) as program:
        for _ in range(10):
            assert Answer(program.call(what)).status == 200
        log.seek(0, 2)
        processor = processor_ms(program.process.pid)
        for _ in range(CALLS):
            place = log.tell()
            begin = time.perf_counter()
            program.call(what)
            took = (time.perf_counter() - begin) * 1000
            log.seek(place)
            text = log.read().decode()
            times.append(took - sum(float(one) for one in re.findall(r"duration: ([\d.]+) ms", text)))
        processor = (processor_ms(program.process.pid) - processor) / CALLS
    postgres.sql("alter system reset log_min_duration_statement", database="postgres")
    postgres.sql("select pg_reload_conf()", database="postgres")
    return statistics.median(times), processor, statement_in(text)


def processor_ms(pid: int) -> float:
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e6


def statement_in(text: str) -> dict:
    """The longest of a call: the list itself. What has no time stamp belongs to the line above."""
    entries = re.split(r"\n(?=\d{4}-\d\d-\d\d )", text)
    executed = [
        (found[1], detail)
        for entry, detail in zip(entries, [*entries[1:], ""])
        if (found := re.search(r"ms  execute [^:]+: (.*)", entry, re.DOTALL))
    ]
    statement, detail = max(executed, key=lambda pair: len(pair[0]))
    parameters = re.findall(r"\$\d+ = (?:'((?:[^']|'')*)'|NULL)", detail)
    return {"statement": statement.replace("\n\t", "\n"), "parameters": [one.replace("''", "'") for one in parameters]}


def emulated(program, variables, what, log) -> tuple[float, float]:
    """Milliseconds of a call through the emulator: the first, which starts the program, and later ones."""
    credentials = {"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b", "AWS_REGION": "us-east-1"}
    function = EmulatedFunction(Path(program), "get_tasks", {**credentials, **variables}, 28, log)
    function.wait()
    times = []
    for _ in range(CALLS):
        begin = time.perf_counter()
        reply = json.loads(function.invoke(json.dumps(what).encode()))
        times.append((time.perf_counter() - begin) * 1000)
        assert reply.get("statusCode") == 200, reply
    function.stop()
    return times[0], statistics.median(times[20:])


def line(what: str, value: str) -> None:
    print(f"| {what} | {value} |", flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
