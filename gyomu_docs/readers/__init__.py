"""Files of others to the model: one module a format, and the list of repairs made on the way.

`read` takes any mix of files and folders and gives one `Edition` with its diagnostics.
"""

from gyomu_docs.readers.sources import READERS, Reader, read

__all__ = ["READERS", "Reader", "read"]
