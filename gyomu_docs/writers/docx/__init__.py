"""The Word writer: a `Document` to a .docx in the same print form as the PDF.

Word breaks the pages. A document with an identity is a draft that is to come back: it carries what
`layout.identity` asks for, and tracks changes. Attachments are not written: Word keeps no files
beside its text.
"""

from gyomu_docs.writers.docx.document import DEFAULTS, DocxOptions, write_docx

__all__ = ["DEFAULTS", "DocxOptions", "write_docx"]
