"""Run under the Python that has UNO: opens drafts in LibreOffice, edits and saves them.

    python3 uno_edits.py PIPE JOBS.json

The edits are what a reviser does: a text changed in the middle of a cell or of a paragraph, rows
inserted, deleted, copied and pasted. LibreOffice ends when all jobs are done.
"""

import contextlib
import json
import string
import sys
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue

LETTERS = string.ascii_letters
"""LibreOffice names a cell by its column, in letters, and its row: `C12`."""


def prop(name, value):
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def connect(pipe):
    context = uno.getComponentContext()
    resolver = context.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", context
    )
    address = f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext"
    for _ in range(300):
        try:
            return resolver.resolve(address)
        except Exception:
            time.sleep(0.1)
    raise SystemExit("LibreOffice does not answer")


class Editor:
    """One document that is open."""

    def __init__(self, manager, context, document):
        self.document = document
        self.controller = document.getCurrentController()
        self.dispatcher = manager.createInstanceWithContext(
            "com.sun.star.frame.DispatchHelper", context
        )

    def dispatch(self, command):
        frame = self.controller.getFrame()
        self.dispatcher.executeDispatch(frame, f".uno:{command}", "", 0, ())

    def find(self, text):
        """Table, cell and name of the first cell with that text."""
        tables = self.document.TextTables
        for number in range(tables.Count):
            table = tables.getByIndex(number)
            for name in table.getCellNames():
                cell = table.getCellByName(name)
                if cell.getString() == text:
                    return table, cell, name
        raise KeyError(text)

    def go_to(self, cell):
        cursor = cell.createTextCursor()
        cursor.gotoStart(False)
        self.controller.getViewCursor().gotoRange(cursor, False)

    def set(self, old, new):
        """Replace what differs between the old and the new text of a cell, as a person does."""
        _, cell, _ = self.find(old)
        start = 0
        while start < min(len(old), len(new)) and old[start] == new[start]:
            start += 1
        end = 0
        while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
            end += 1
        cursor = cell.createTextCursor()
        cursor.gotoStart(False)
        cursor.goRight(start, False)
        cursor.goRight(len(old) - start - end, True)
        cursor.setString(new[start : len(new) - end])

    def set_right(self, text, steps, new):
        """Set the cell so many cells to the right of the one with that text."""
        table, _, name = self.find(text)
        row = name.lstrip(LETTERS)
        names = [other for other in table.getCellNames() if other.lstrip(LETTERS) == row]
        table.getCellByName(names[names.index(name) + steps]).setString(new)

    def replace(self, old, new):
        search = self.document.createSearchDescriptor()
        search.SearchString = old
        self.document.findFirst(search).setString(new)

    def insert(self, below, texts):
        table, cell, name = self.find(below)
        self.go_to(cell)
        self.dispatch("InsertRowsAfter")
        row = int(name.lstrip(LETTERS)) + 1
        for column, text in texts.items():
            table.getCellByName(f"{column}{row}").setString(text)

    def delete(self, text):
        _, cell, _ = self.find(text)
        self.go_to(cell)
        self.dispatch("DeleteRows")

    def copy(self, text):
        """Copy a row and paste it before itself."""
        table, cell, name = self.find(text)
        self.go_to(cell)
        self.dispatch("EntireRow")
        self.dispatch("Copy")
        # LibreOffice pastes from the cell on in which the cursor is.
        self.go_to(table.getCellByName("A" + name.lstrip(LETTERS)))
        self.dispatch("PasteRowsBefore")


def run(manager, context, desktop, job):
    url = Path(job["source"]).as_uri()
    document = desktop.loadComponentFromURL(url, "_blank", 0, (prop("Hidden", True),))
    document.RecordChanges = job["track"]
    editor = Editor(manager, context, document)
    for name, *arguments in job["edits"]:
        getattr(editor, name)(*arguments)
    target = Path(job["target"]).as_uri()
    document.storeToURL(target, (prop("FilterName", "MS Word 2007 XML"),))
    document.close(True)


def main(pipe, jobs):
    context = connect(pipe)
    manager = context.ServiceManager
    desktop = manager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    for job in json.loads(Path(jobs).read_text(encoding="utf-8")):
        run(manager, context, desktop, job)
    with contextlib.suppress(Exception):  # the connection goes before the answer comes
        desktop.terminate()


if __name__ == "__main__":
    main(*sys.argv[1:])
