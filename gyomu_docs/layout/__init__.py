"""A form and a model to a `Document`: a tree of blocks without pages."""

from gyomu_docs.layout.form import Form, load_form
from gyomu_docs.layout.resolve import Resolver
from gyomu_docs.layout.tree import Document

__all__ = ["Document", "Form", "Resolver", "load_form"]
