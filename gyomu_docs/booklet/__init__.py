"""The plan-wide booklet: facts, roll-ups, contents, index, page numbers, assembly."""
