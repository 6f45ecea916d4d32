"""Each rule of docs.py is seen failing, and passing on what is right."""

import contextlib
import io
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "parts"))
import docs  # noqa: E402

RIGHT = {
    "README.md": "# Title\n[deps](docs/dependencies.md#debian-packages) [site](https://example.org)\n"
                 "Set `TMS_LISTEN`.\n```sh\n./test unit  # comment\n./run --build-only && cd docs\n```\n",
    "docs/dependencies.md": "## Debian packages\n`g++` and `react`\n",
    "scripts/apt/run.txt": "# list\ng++  compiles\n",
    "docs/security.md": "".join(
        f"| {row} | what | 1.2.3 L1 | `backend/a.cpp` | `Suite.does_it` `test_it` `a.test.ts: it is \"so\"` |\n"
        for row in range(1, 71)),
    "backend/a.cpp": "",
    "backend/a_test.cpp": "TEST_P(Suite, does_it) {}\n",
    "backend/test_a.py": "def test_it():\n    pass\n",
    "frontend/a.test.ts": "it('it is \"so\"', () => {})\n",
    "frontend/package.json": '{"scripts": {"build": "x"}, "dependencies": {"react": "1"}}',
    "CMakePresets.json": '{"configurePresets": [{"name": "release"}]}',
    "settings.cpp": 'get("TMS_LISTEN")',
    "run": "#!/bin/sh\n",
    "test": "#!/bin/sh\necho 'unit | x'\n",
}


class Docs(unittest.TestCase):
    def test_documents_in_order_pass(self):
        self.assert_problems({}, [])

    def test_a_dead_link_is_found(self):
        self.assert_problems({"a.md": "[b](nowhere.md)\n"}, ["a.md: nowhere.md is not there"])

    def test_a_dead_heading_is_found(self):
        self.assert_problems(
            {"a.md": "[b](README.md#none)\n"}, ["a.md: README.md#none: no such heading"])

    def test_an_unknown_part_is_found(self):
        self.assert_problems(
            {"a.md": "```sh\n./test nothing\n```\n"}, ["a.md: `./test nothing`: no part named nothing"])

    def test_a_script_that_is_not_there_is_found(self):
        self.assert_problems(
            {"a.md": "```sh\nTMS_LISTEN=x scripts/none --all\n```\n"},
            ["a.md: `TMS_LISTEN=x scripts/none --all`: no such file"])

    def test_an_unknown_preset_is_found(self):
        self.assert_problems(
            {"a.md": "```sh\ncmake --preset fast\n```\n"}, ["a.md: `cmake --preset fast`: no such preset"])

    def test_an_unknown_npm_script_is_found(self):
        self.assert_problems(
            {"a.md": "```sh\nnpm run nothing\n```\n"},
            ["a.md: `npm run nothing`: no such script in frontend/package.json"])

    def test_a_setting_that_nothing_reads_is_found(self):
        self.assert_problems({"a.md": "`TMS_NOTHING`\n"}, ["a.md: TMS_NOTHING is read nowhere"])

    def test_a_package_without_explanation_is_found(self):
        self.assert_problems(
            {"scripts/apt/test.txt": "jq  reads\n"},
            ["docs/dependencies.md: `jq` of scripts/apt/test.txt is not explained"])

    def test_a_test_that_is_not_there_is_found(self):
        row = "| 7 | what | 1.2.3 L1 | `backend/none.cpp` | `Suite.gone` `test_gone` `a.test.ts: gone` `gone` |"
        self.assert_problems({"docs/security.md": security_page(row)}, [
            "docs/security.md: row 7: `Suite.gone` is no test in the sources",
            "docs/security.md: row 7: `test_gone` is no test in the sources",
            "docs/security.md: row 7: `a.test.ts: gone` is no test in the sources",
            "docs/security.md: row 7: `gone` is no test in the sources",
            "docs/security.md: row 7: backend/none.cpp is not there"])

    def test_a_row_of_the_checklist_without_a_proof_is_found(self):
        self.assert_problems({"docs/security.md": security_page("| 7 | what | | none | we believe |")}, [
            "docs/security.md: row 7: names no ASVS requirement and no other source",
            "docs/security.md: row 7: names neither a test nor the reason why there is none"])
        self.assert_problems({"docs/security.md": security_page("| 7 | what | V1 | none | open: not built |")}, [])

    def test_a_missing_row_of_the_checklist_is_found(self):
        self.assert_problems({"docs/security.md": security_page("")}, [
            "docs/security.md: the rows must be 1 to 70, in order and once"])

    def assert_problems(self, changed, expected):
        with tempfile.TemporaryDirectory() as folder:
            for name, text in {**RIGHT, **changed}.items():
                path = Path(folder, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text)
            Path(folder, "test").chmod(0o755)
            subprocess.run(["git", "init", "-q", folder], check=True)
            out = io.StringIO()
            with contextlib.chdir(folder), contextlib.redirect_stdout(out):
                status = docs.main(folder)
        problems = [line.strip() for line in out.getvalue().splitlines() if line[:8].isspace()]
        self.assertEqual(problems, expected)
        self.assertEqual(status, 1 if expected else 0)


def security_page(seventh):
    """The right page with another row 7."""
    lines = RIGHT["docs/security.md"].splitlines()
    return "\n".join([*lines[:6], seventh, *lines[7:]]) + "\n"


if __name__ == "__main__":
    unittest.main()
