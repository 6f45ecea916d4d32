"""Each rule of layers.py is seen failing, and passing on what is right."""

import contextlib
import io
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "parts"))
import layers  # noqa: E402

RIGHT = {
    "backend/http/route_table.h": 'Route{Method::get, "/me", "me", Cost::light}',
    "backend/handlers/me.cpp": '#include "backend/auth/sessions.h"\n#include <string>\n',
    "backend/tests/handlers/account/me_test.cpp": '#include "backend/hosts/server.h"\n',
    "backend/db/sqlite.cpp": "#include <sqlite3.h>\n",
    "scripts/apt/run.txt": "# comment\ng++  compiles\n",
    "image.png": "\0" + "line\n" * 500,
}


class Layers(unittest.TestCase):
    def test_a_house_in_order_passes(self):
        self.assert_problems({}, [])

    def test_an_include_to_the_right_is_found(self):
        self.assert_problems(
            {"backend/db/a.h": '#include "backend/handlers/me.h"\n'},
            ["backend/db/a.h:1: db may not include backend/handlers/me.h"])

    def test_a_handler_that_knows_aws_is_found(self):
        self.assert_problems(
            {"backend/handlers/me.cpp": '#include "backend/aws/sigv4.h"\n'},
            ["backend/handlers/me.cpp:1: handlers may not include backend/aws/sigv4.h"])

    def test_a_layer_that_nobody_placed_is_found(self):
        self.assert_problems(
            {"backend/utils/a.h": "\n"},
            ["backend/utils: a layer unknown to scripts/parts/layers.py"])

    def test_a_handler_that_knows_an_engine_is_found(self):
        self.assert_problems(
            {"backend/handlers/me.cpp": "#include <libpq-fe.h>\n"},
            ["backend/handlers/me.cpp:1: only db may include <libpq-fe.h>"])

    def test_a_handler_that_knows_beast_is_found(self):
        self.assert_problems(
            {"backend/handlers/me.cpp": "#include <boost/beast/http.hpp>\n"},
            ["backend/handlers/me.cpp:1: only aws, hosts may include <boost/beast/http.hpp>"])

    def test_a_heavy_header_in_a_header_is_found(self):
        self.assert_problems(
            {"backend/http/json.h": "#include <boost/json.hpp>\n"},
            ["backend/http/json.h:1: <boost/json.hpp> belongs into a .cpp file"])

    def test_a_long_file_is_found(self):
        self.assert_problems({"a.md": "line\n" * 401}, ["a.md: 401 lines"])

    def test_a_long_file_with_a_reason_is_fine(self):
        self.assert_problems({"a.md": "long-file: a table\n" + "line\n" * 401}, [])

    def test_a_machine_path_is_found(self):
        self.assert_problems({"a.md": "see /wor" + "k/main\n"}, ["a.md:1: a path of some machine"])

    def test_a_resolved_url_is_found(self):
        self.assert_problems(
            {"package-lock.json": '"resol' + 'ved": "https://example.org/x.tgz"\n'},
            ["package-lock.json:1: a resolved URL in a lock file"])

    def test_a_handler_without_a_test_is_found(self):
        self.assert_problems(
            {"backend/http/route_table.h": 'Route{Method::get, "/x", "get_x", Cost::light}'},
            ["backend/tests/handlers/…/get_x_test.cpp is missing"])

    def test_a_package_named_twice_is_found(self):
        self.assert_problems(
            {"scripts/apt/test.txt": "g++  again\n"},
            ["scripts/apt/test.txt:1: g++ stands in scripts/apt/run.txt, too"])

    def test_a_package_without_a_reason_is_found(self):
        self.assert_problems(
            {"scripts/apt/test.txt": "jq\n"}, ["scripts/apt/test.txt:1: jq has no reason"])

    def assert_problems(self, changed, expected):
        with tempfile.TemporaryDirectory() as folder:
            for name, text in {**RIGHT, **changed}.items():
                path = Path(folder, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text)
            subprocess.run(["git", "init", "-q", folder], check=True)
            out = io.StringIO()
            with contextlib.chdir(folder):
                with contextlib.redirect_stdout(out):
                    status = layers.main(folder)
        problems = [line.strip() for line in out.getvalue().splitlines() if line[:8].isspace()]
        self.assertEqual(problems, expected)
        self.assertEqual(status, 1 if expected else 0)


if __name__ == "__main__":
    unittest.main()
