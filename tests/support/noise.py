"""What word processors leave in a file without anybody editing it."""

from __future__ import annotations

import copy
import random
from typing import Any

from tests.support.drafts import Body, W, element


def add_noise(body: Body, rng: random.Random) -> None:
    """Split runs, wrap them in controls, mark spelling and page breaks, lose bookmarks."""
    for run in [*body.root.iter(W + "r")]:
        shown = [child for child in run if child.tag != W + "rPr"]
        one_text = len(shown) == 1 and shown[0].tag == W + "t" and len(shown[0].text or "") > 1
        if one_text and rng.random() < 0.4:
            _split(run, rng)
    for run in [*body.root.iter(W + "r")]:
        if run.getparent().tag == W + "p":
            _dress(run, rng)
    for mark in [*body.root.iter(W + "bookmarkStart")]:
        if rng.random() < 0.3:
            mark.getparent().remove(mark)
    for row in [*body.root.iter(W + "tr")]:
        row.set(W + "rsidR", f"00{rng.randrange(1 << 24):06X}")


def _split(run: Any, rng: random.Random) -> None:
    text = run.find(W + "t").text
    at = rng.randrange(1, len(text))
    rest = copy.deepcopy(run)
    for part, content in ((run, text[:at]), (rest, text[at:])):
        found = part.find(W + "t")
        found.text = content
        found.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.set(W + "rsidR", f"00{rng.randrange(1 << 24):06X}")
    run.addnext(rest)
    if rng.random() < 0.5:
        run.addnext(element("proofErr", type="spellStart"))


def _dress(run: Any, rng: random.Random) -> None:
    chance = rng.random()
    if chance < 0.1:
        control, content = element("sdt"), element("sdtContent")
        properties = element("sdtPr")
        properties.append(element("tag", val="DUPLICATE"))
        control.append(properties)
        control.append(content)
        run.addprevious(control)
        content.append(run)
    elif chance < 0.2:
        tag = element("smartTag", element="place")
        run.addprevious(tag)
        tag.append(run)
    elif chance < 0.3:
        run.insert(0, element("lastRenderedPageBreak"))
    elif chance < 0.4:
        run.addprevious(element("bookmarkStart", id="7", name="_GoBack"))
        run.addprevious(element("bookmarkEnd", id="7"))
    elif chance < 0.45:
        run.addprevious(element("r"))
