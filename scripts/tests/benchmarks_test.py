"""How backend/benchmarks judges figures and writes them down."""

import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "backend/benchmarks"))

from runner.measure import Row, spread, take_turns
from runner.picture import picture
from runner.report import BEGIN, END, last_whole_runs, remember_whole_run, replace_between_markers, table


def ratio(server, reference, target=0.5):
    return Row("name", "what", "requests/s", server, target, reference=reference, reference_name="nginx")


class Figures(unittest.TestCase):
    def test_with_a_reference_the_value_is_the_ratio_of_the_medians(self):
        self.assertEqual(ratio([10, 30, 20], [100, 40, 10]).value, 0.5)

    def test_a_ratio_below_its_target_is_missed(self):
        self.assertTrue(ratio([50], [100]).passed)
        self.assertFalse(ratio([49], [100]).passed)

    def test_a_limit_is_missed_above(self):
        self.assertTrue(Row("name", "memory", "MB", [30], 30, at_most=True).passed)
        self.assertFalse(Row("name", "memory", "MB", [31], 30, at_most=True).passed)

    def test_the_spread_is_the_distance_of_the_extremes_by_the_median(self):
        self.assertEqual(spread([90, 100, 130]), 0.4)

    def test_measures_take_turns(self):
        order = []
        take_turns(2, {"a": lambda n: order.append(f"a{n}"), "b": lambda n: order.append(f"b{n}")}, lambda _: None)
        self.assertEqual(order, ["a1", "b1", "a2", "b2"])


class Documents(unittest.TestCase):
    def test_the_table_says_by_how_much_a_figure_misses(self):
        self.assertIn("0.25 × | at least 0.5 × | **missed** by 50% |", table([ratio([25], [100])]))

    def test_one_error_where_none_may_be_is_missed(self):
        text = table([Row("name", "errors", "errors", [1], 0, at_most=True)])
        self.assertIn("**missed** |", text)

    def test_the_table_shows_the_last_whole_runs_oldest_first(self):
        rows = [ratio([50], [100])]
        with tempfile.TemporaryDirectory() as folder:
            for day, value in ((2, 20), (4, 40), (1, 10), (3, 30)):
                remember_whole_run(Path(folder), [ratio([value], [100])], {"when": f"2026-11-0{day} 10:00 UTC"})
            text = table(rows, last_whole_runs(Path(folder)))
        self.assertIn("| in the last whole runs |", text)
        self.assertIn("| holds | 0.2, 0.3, 0.4 |", text)

    def test_only_what_stands_between_the_markers_is_replaced(self):
        text = replace_between_markers(f"before\n{BEGIN}\nold\n{END}\nafter\n", "new")
        self.assertEqual(text, f"before\n{BEGIN}\nnew\n{END}\nafter\n")

    def test_a_document_without_markers_is_refused(self):
        with self.assertRaises(ValueError):
            replace_between_markers("before\nafter\n", "new")

    def test_the_picture_shows_a_missed_figure_in_another_colour(self):
        self.assertNotEqual(picture([ratio([25], [100])]).count("#b3402a"), picture([ratio([75], [100])]).count("#b3402a"))

    def test_a_figure_of_zero_has_a_place_in_the_picture(self):
        self.assertIn("</svg>", picture([Row("name", "errors", "errors", [0], 0, at_most=True)]))


if __name__ == "__main__":
    unittest.main()
