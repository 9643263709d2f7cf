"""What LibreOffice reads in Word files; run by the Python that has LibreOffice's `uno`.

    python3 office_tables.py PIPE < JOBS

A job is a line: a command (`AcceptAllTrackedChanges`, `RejectAllTrackedChanges` or `-`), a blank
and a file. For each job comes a line of JSON: the `texts` of the paragraphs outside of tables, and
those of the cells of each of the `tables`.
"""

import json
import sys
import time

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException


def connected(pipe):
    """The service manager of the office behind a pipe, as soon as it is there."""
    here = uno.getComponentContext()
    name = "com.sun.star.bridge.UnoUrlResolver"
    resolver = here.ServiceManager.createInstanceWithContext(name, here)
    for _ in range(240):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context.ServiceManager, context
        except NoConnectException:
            time.sleep(0.25)
    raise SystemExit("no office")


def hidden():
    value = PropertyValue()
    value.Name, value.Value = "Hidden", True
    return (value,)


def read(manager, context, command, path):
    desktop = manager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    document = desktop.loadComponentFromURL(uno.systemPathToFileUrl(path), "_blank", 0, hidden())
    if command != "-":
        dispatcher = manager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
        frame = document.getCurrentController().getFrame()
        dispatcher.executeDispatch(frame, f".uno:{command}", "", 0, ())
    tables = document.TextTables
    found = [
        [table.getCellByName(name).getString() for name in table.getCellNames()]
        for table in map(tables.getByIndex, range(tables.Count))
    ]
    texts = []
    paragraphs = document.Text.createEnumeration()
    while paragraphs.hasMoreElements():
        one = paragraphs.nextElement()
        if one.supportsService("com.sun.star.text.Paragraph"):
            texts.append(one.getString())
    document.close(True)
    return {"texts": texts, "tables": found}


def main():
    manager, context = connected(sys.argv[1])
    for line in sys.stdin:
        command, path = line.rstrip("\n").split(" ", 1)
        sys.stdout.write(json.dumps(read(manager, context, command, path)) + "\n")


main()
