"""Reports of comparisons: a `Comparison` as something that people read.

`table` makes the 新旧対照表, a `Document` for PDF and Word.
"""
