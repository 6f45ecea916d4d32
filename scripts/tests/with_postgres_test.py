"""scripts/with-postgres gives a server and leaves nothing behind."""

import os
import signal
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

SCRIPT = Path(__file__).parents[1] / "with-postgres"
PSQL = "/usr/lib/postgresql/15/bin/psql"


class WithPostgres(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        os.chmod(self.folder.name, 0o755)
        self.environment = {**os.environ, "TMPDIR": self.folder.name}
        self.addCleanup(self.folder.cleanup)

    def test_the_command_finds_a_server_where_it_may_create_databases(self):
        done = self.run_with('%s -At "$TMS_TEST_POSTGRES_URL" -c "create database other" '
                             '-c "show server_version"' % PSQL)
        self.assertIn("15.", done.stdout)
        self.assertEqual(done.returncode, 0)

    def test_the_exit_code_is_the_commands(self):
        self.assertEqual(self.run_with("exit 7").returncode, 7)

    def test_nothing_is_left_after_a_failure(self):
        self.run_with("false")
        self.assertEqual(os.listdir(self.folder.name), [])

    def test_nothing_is_left_after_a_signal(self):
        running = subprocess.Popen(
            [SCRIPT, "sh", "-c", "echo $$; exec sleep 100"],
            env=self.environment, stdout=subprocess.PIPE, text=True)
        child = int(running.stdout.readline())
        running.send_signal(signal.SIGTERM)
        self.assertEqual(running.wait(timeout=30), 143)
        running.stdout.close()
        self.assertEqual(os.listdir(self.folder.name), [])
        self.assertFalse(Path(f"/proc/{child}").exists())

    def test_the_server_ends_when_the_script_is_killed(self):
        running = subprocess.Popen(
            [SCRIPT, "sh", "-c", 'head -n 1 "$TMS_TEST_POSTGRES_SOCKET/data/postmaster.pid"'
             "; exec sleep 3"],
            env=self.environment, stdout=subprocess.PIPE, text=True)
        server = int(running.stdout.readline())
        running.kill()
        running.communicate()
        deadline = time.monotonic() + 30
        while Path(f"/proc/{server}").exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        self.assertFalse(Path(f"/proc/{server}").exists())

    def run_with(self, command):
        return subprocess.run([SCRIPT, "sh", "-c", command], env=self.environment,
                              capture_output=True, text=True, timeout=60)


if __name__ == "__main__":
    unittest.main()
