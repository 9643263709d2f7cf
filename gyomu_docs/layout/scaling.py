"""A whole form larger or smaller: every length of its tree times one factor.

Rules keep their widths: a rule of half a point is as good on A3 as on A4.
"""

from __future__ import annotations

from gyomu_docs.layout.origins import Node
from gyomu_docs.units import PT, parse_length

_LENGTHS = frozenset(
    ("size", "leading", "padding", "indent", "first_indent", "floor", "width", "height")
    + ("spacer", "gap", "margins", "gutter", "distance")
)
"""Keys of lengths. What stands there and is none (`size: A4`, `height: 80%`) stays."""


def scale(node: Node, factor: int) -> Node:
    """The tree with all its lengths times `factor` thousandths."""
    if isinstance(node.value, dict):
        value = {
            key: _scaled(item, factor) if key in _LENGTHS else scale(item, factor)
            for key, item in node.value.items()
        }
        return node._replace(value=value)
    if isinstance(node.value, list):
        return node._replace(value=[scale(item, factor) for item in node.value])
    return node


def _scaled(node: Node, factor: int) -> Node:
    if isinstance(node.value, list):
        return node._replace(value=[_scaled(item, factor) for item in node.value])
    if not isinstance(node.value, str):
        return scale(node, factor)  # a style of that name
    try:
        length = parse_length(node.value)
    except (ValueError, OverflowError):
        return node  # told when the schema is checked
    return node._replace(value=f"{round(length * factor / 1000) / PT:.3f}pt")
