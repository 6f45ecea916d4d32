"""Row 24 of the security checklist: five hundred log-ins at once slow nobody else down and cost no memory."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from collections import Counter

import pytest

from support.host import RAISED_LIMITS

FLOOD = 500
pytestmark = pytest.mark.server_reads


def resident_kib(host) -> int:
    with open(f"/proc/{host.process.pid}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS:"))


def test_five_hundred_logins_at_once_leave_the_lists_usable(start):
    # The cost of the real world, 200 ms each: 500 of them are 100 s of work.
    world = start({**RAISED_LIMITS, "TMS_BCRYPT_COST": "12", "TMS_LOG_LEVEL": "warn", "TMS_REQUEST_TIMEOUT": "10s"})
    person = world.people.signed_up()
    before = resident_kib(world.host)
    done, times = threading.Event(), []

    def look_at_the_list():
        while not done.is_set():
            begin = time.perf_counter()
            assert person.call("GET", "/api/tasks").status == 200
            times.append(time.perf_counter() - begin)

    def log_in(number: int) -> int:
        body = {"username": f"flood-{number}", "password": "a wrong password 123"}
        return world.anonymous.send("POST", "/api/login", body).status

    with ThreadPoolExecutor(max_workers=FLOOD + 1) as pool:
        looking = pool.submit(look_at_the_list)
        statuses = Counter(pool.map(log_in, range(FLOOD)))
        grown = resident_kib(world.host) - before
        done.set()
        looking.result()
    slowest = sorted(times)[len(times) * 99 // 100]
    print(f"{dict(statuses)}, {grown} KiB more, {len(times)} lists, p99 {slowest * 1000:.0f} ms")
    assert set(statuses) <= {401, 503}
    assert statuses[401] >= 1 and statuses[503] > statuses[401], "few are hashed, the rest is told to come back"
    assert grown <= 50 * 1024
    assert slowest < 2, "while 200 ms of hashing each would have made it 100 s"
