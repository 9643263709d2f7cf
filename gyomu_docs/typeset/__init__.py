"""A `Document` to a `PagedDocument`: lines, rows and pages."""
