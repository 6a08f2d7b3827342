"""The charts of the page, drawn as SVG without a style of their own: classes say what is what."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from dedupe.formats.shared.classes import CLASSES
from dedupe.formats.shared.numbers import count, number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedupe.report import Fractions

PATTERNS = """\
<svg class="patterns" aria-hidden="true" width="0" height="0">
<defs>
<pattern id="dots" width="5" height="5" patternUnits="userSpaceOnUse">
<rect width="5" height="5" class="ground"/><circle cx="1.5" cy="1.5" r="1.1" class="sign"/>
</pattern>
<pattern id="stripes" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
<rect width="6" height="6" class="ground"/><rect width="2.4" height="6" class="sign"/>
</pattern>
</defs>
</svg>
"""
"""What fills reuse and boilerplate, so that no class is told by its colour alone."""


def bar(fractions: Fractions) -> str:
    """The classes as a bar as wide as its place; what it says stands beside it in words."""
    left = 0.0
    drawn = []
    for name in CLASSES:
        share = 100 * getattr(fractions, name)
        if share > 0:
            drawn.append(f'<rect x="{left:.4f}%" width="{share:.4f}%" height="100%" class="{name}"/>')
        left += share
    return f'<svg class="bar" aria-hidden="true" width="100%" height="100%">{"".join(drawn)}</svg>'


def columns(
    name: str, values: Sequence[int], labels: Sequence[str], axis: str, of: str, kind: str = "plain"
) -> str:
    """Columns with their values above and labels below, and the same as a table.

    Args:
        name: an id on the page.
        values: of each column.
        labels: of each column.
        axis: what the labels are.
        of: what is counted, in the singular.
        kind: class of the columns.
    """
    width, height, foot, head = 480, 190, 34, 20
    step = width / len(values)
    most = max([*values, 1])
    drawn = []
    for at, (value, label) in enumerate(zip(values, labels, strict=True)):
        tall = (height - foot - head) * value / most
        if value:
            tall = max(tall, 2.0)
        x, top = at * step, height - foot - tall
        drawn.append(
            f'<rect x="{x + step * 0.1:.1f}" y="{top:.1f}" width="{step * 0.8:.1f}" '
            f'height="{tall:.1f}" class="{kind}"/>'
        )
        middle = x + step / 2
        if value:
            drawn.append(
                f'<text x="{middle:.1f}" y="{top - 5:.1f}" class="value">{number(value)}</text>'
            )
        drawn.append(
            f'<text x="{middle:.1f}" y="{height - foot + 15}" class="label">{escape(label)}</text>'
        )
    said = "; ".join(
        f"{label}: {count(value, of)}" for value, label in zip(values, labels, strict=True) if value
    )
    return f"""\
<svg class="columns" role="img" aria-labelledby="{name}-title" viewBox="0 0 {width} {height}">
<title id="{name}-title">{escape(axis)}: {escape(said or "none")}</title>
<line x1="0" x2="{width}" y1="{height - foot}" y2="{height - foot}" class="axis"/>
{"".join(drawn)}
<text x="{width / 2}" y="{height - 3}" class="axis-name">{escape(axis)}</text>
</svg>
"""
