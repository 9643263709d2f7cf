"""A form and a model to a `Document`: a tree of blocks without pages."""
