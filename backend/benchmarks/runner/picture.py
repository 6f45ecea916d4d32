"""The figures as a picture: how far above or below its target each is, and the curve of the costs."""

import math
import statistics
from html import escape

from runner.measure import Row

WIDTH, LEFT, RIGHT = 900, 430, 70
LINE, BAR = 26, 14
MOST, LEAST = 8.0, 0.125
GOOD, BAD, TEXT = "#2f7d4f", "#b3402a", "#22262b"
STYLE = f"<style>text{{font:13px sans-serif;fill:{TEXT}}} .small{{font-size:11px;fill:#666}}</style>"


def picture(rows: list[Row]) -> str:
    """SVG. A bar that reaches right of the line is better than its target; the scale is logarithmic."""
    top = 60
    height = top + len(rows) * LINE + 30
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}" '
        f'role="img" aria-label="Each figure against its target">',
        STYLE,
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>',
        f'<text x="16" y="24" font-weight="bold">Each figure against its target</text>',
        '<text x="16" y="42" class="small">right of the line: better than the target, by that factor</text>',
    ]
    for factor in (LEAST, 0.25, 0.5, 1, 2, 4, MOST):
        x = place(factor)
        parts.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{top - 8}" y2="{height - 24}" '
                     f'stroke="{TEXT if factor == 1 else "#e7e8ea"}"/>')
        parts.append(f'<text x="{x:.1f}" y="{height - 10}" class="small" text-anchor="middle">{factor:g}×</text>')
    for index, row in enumerate(rows):
        parts += bar(row, top + index * LINE)
    return "\n".join([*parts, "</svg>", ""])


def bar(row: Row, y: float) -> list[str]:
    end, zero = place(row.margin), place(1)
    begin, width = min(end, zero), max(abs(end - zero), 2)
    what = row.what.replace("`", "")
    value = f"{row.value:.2f}×" if row.reference else f"{statistics.median(row.server):.3g} {row.unit}"
    return [
        f'<text x="{LEFT - 90}" y="{y + BAR - 2}" text-anchor="end">{escape(what if len(what) < 56 else what[:54] + "…")}</text>',
        f'<text x="{LEFT - 16}" y="{y + BAR - 2}" text-anchor="end" class="small">{escape(value)}</text>',
        f'<rect x="{begin:.1f}" y="{y + 1}" width="{width:.1f}" height="{BAR}" fill="{GOOD if row.passed else BAD}"/>',
    ]


def place(factor: float) -> float:
    """Where a factor lies, left to right, cut at the ends of the scale."""
    cut = min(max(factor, LEAST), MOST)
    part = (math.log2(cut) - math.log2(LEAST)) / (math.log2(MOST) - math.log2(LEAST))
    return LEFT + part * (WIDTH - LEFT - RIGHT)
