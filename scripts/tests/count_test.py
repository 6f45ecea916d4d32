"""Every summary that count.py reads, and what it makes of silence."""

import contextlib
import io
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "parts"))
import count  # noqa: E402


class Count(unittest.TestCase):
    def test_googletest(self):
        text = ("[==========] Running 5 tests from 1 test suite.\n[  PASSED  ] 2 tests.\n"
                "[  SKIPPED ] 1 test, listed below:\n[  SKIPPED ] A.b\n"
                "[  FAILED  ] 2 tests, listed below:\n[  FAILED  ] A.c\n\n 2 FAILED TESTS\n")
        self.assert_counts(text, 1, "2 2 1")

    def test_two_googletest_programs_add_up(self):
        self.assert_counts("[  PASSED  ] 2 tests.\n[  PASSED  ] 1 test.\n", 0, "3 0 0")

    def test_vitest_in_colour(self):
        text = (" Test Files  1 failed | 2 passed (3)\n"
                "\x1b[2m      Tests \x1b[22m \x1b[1m\x1b[31m1 failed\x1b[39m\x1b[22m | 12 passed (13)\n")
        self.assert_counts(text, 1, "12 1 0")

    def test_playwright(self):
        text = "  1 failed\n    [chromium] › a.spec.ts:3:1 › b\n  1 flaky\n  2 skipped\n  12 passed (3.4s)\n"
        self.assert_counts(text, 1, "12 2 2")

    def test_playwright_of_more_than_a_minute(self):
        self.assert_counts("  40 passed (1.2m)\n", 0, "40 0 0")

    def test_pytest(self):
        text = "==== 1 failed, 12 passed, 1 skipped, 1 warning in 63.40s (0:01:03) ====\n"
        self.assert_counts(text, 1, "12 1 1")

    def test_quiet_pytest(self):
        self.assert_counts("12 passed in 0.40s\n", 0, "12 0 0")

    def test_unittest(self):
        self.assert_counts("Ran 12 tests in 0.100s\n\nOK (skipped=1)\n", 0, "11 0 1")
        self.assert_counts("Ran 12 tests in 0.1s\n\nFAILED (failures=1, errors=2)\n", 1, "9 3 0")

    def test_node_test(self):
        self.assert_counts("ℹ pass 3\nℹ fail 0\nℹ skipped 0\n", 0, "3 0 0")

    def test_own_checks(self):
        self.assert_counts("checks: 5 passed, 1 failed\n", 1, "5 1 0")

    def test_a_part_that_ran_nothing_has_failed(self):
        self.assert_counts("nothing to see\n", 0, "0 1 0")

    def test_a_part_that_only_skipped_has_failed(self):
        self.assert_counts("  3 skipped\n", 0, "0 1 3")

    def test_a_crash_after_passed_tests_is_a_failure(self):
        self.assert_counts("[  PASSED  ] 2 tests.\nSegmentation fault\n", 139, "2 1 0")

    def test_one_check_counts_once(self):
        self.assert_counts("whatever\n", 0, "1 0 0", counts="one")
        self.assert_counts("whatever\n", 1, "0 1 0", counts="one")

    def assert_counts(self, text, status, expected, counts="tests"):
        with tempfile.NamedTemporaryFile("w", suffix=".log") as log:
            log.write(text)
            log.flush()
            out = io.StringIO()
            with contextlib.redirect_stdout(out):
                count.main(counts, status, log.name)
        self.assertEqual(out.getvalue().strip(), expected)


if __name__ == "__main__":
    unittest.main()
