"""The list of components leaves nothing out silently."""

import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "parts"))
import sbom_check  # noqa: E402

sbom = sbom_check.sbom


class Sbom(unittest.TestCase):
    def test_packages_for_development_alone_are_no_part_of_the_page(self):
        lock = {"packages": {
            "": {"name": "page"},
            "node_modules/react": {"version": "19.3.1", "license": "MIT"},
            "node_modules/a/node_modules/@b/c": {"version": "1.0.0"},
            "node_modules/vite": {"version": "8.0.0", "dev": True},
        }}
        self.assertEqual(["pkg:npm/react@19.3.1", "pkg:npm/%40b/c@1.0.0"],
                         [one["purl"] for one in sbom.npm_packages(lock)])

    def test_a_file_has_the_package_that_brought_it_by_either_of_its_names(self):
        file = str(Path("/lib/x86_64-linux-gnu/libc.so.6").resolve())
        self.assertEqual({file: "libc6:amd64"}, sbom.owners_of({file}))

    def test_a_file_of_no_package_ends_it(self):
        with self.assertRaisesRegex(SystemExit, "no Debian package owns /usr/lib/none.so"):
            sbom.owners_of({"/usr/lib/none.so"})

    def test_a_package_that_the_page_asks_for_and_is_not_listed_is_found(self):
        self.assertIn("react", sbom_check.missing_packages({"components": [{"name": "clsx"}]}))


if __name__ == "__main__":
    unittest.main()
