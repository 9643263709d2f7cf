"""Files of others to the model: one module a format, and the list of repairs made on the way."""
