"""Files of others to the model: one module a format, and the list of repairs made on the way.

`read` takes any mix of files and folders and gives one `Edition` with its diagnostics.
"""

from gyomu_docs.readers.sources import (
    READERS,
    Reader,
    SourceFile,
    find_files,
    is_lock_file,
    read,
    read_bytes,
    suffix_of,
)

__all__ = [
    "READERS",
    "Reader",
    "SourceFile",
    "find_files",
    "is_lock_file",
    "read",
    "read_bytes",
    "suffix_of",
]
