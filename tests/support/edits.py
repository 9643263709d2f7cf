"""Random edits to a sheet by an editor who keeps a list of them: the oracle of the comparison.

`Editor(sheet, random)` takes a sheet apart, changes it edit by edit and puts the new sheet
together. It knows which row came from which, so `expected()` is the change list that a comparison
of `old` with `new()` must find, and nothing else. Entries are those of the contract, in no order.

What the editor does stays recognizable, as a person would: a text is reworded, not replaced; an
added row is about something new; rows with equal texts differ in their figures or their parents.
"""

from __future__ import annotations

import dataclasses
import difflib
from random import Random
from typing import Any

from gyomu_docs.model import (
    Activity,
    BudgetLine,
    CostRow,
    MissionPurpose,
    Sheet,
    TextBox,
)

_KANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホ"
_YEARS = ("H28", "H29", "H30", "R元", "R2")


@dataclasses.dataclass(eq=False)
class Row:
    """A row on its way from the old sheet to the new one; without `old` it was added."""

    old: Any
    fields: dict[str, Any]
    """By the English names, as they shall be in the new sheet."""
    code: str = ""
    children: list[Row] = dataclasses.field(default_factory=list)
    costs: list[Row] = dataclasses.field(default_factory=list)

    def all(self) -> list[Row]:
        """The row and all rows below it."""
        return [self, *(row for child in self.children for row in child.all())]


class Editor:
    """A sheet under revision."""

    def __init__(self, sheet: Sheet, random: Random) -> None:
        self.random = random
        self.old = sheet
        self.fields: dict[str, str] = {}
        self.groups = _tree(sheet)
        self.budget = [_row(line) for line in sheet.budget]
        self.purposes = [_row(row) for row in sheet.purposes]
        self.texts = {
            name: [Row(t, {"text": t, "list": name, "index": at}) for at, t in enumerate(texts, 1)]
            for name, texts in _texts_of(sheet).items()
        }
        self.removed: list[Row] = []
        self.removed_costs: list[tuple[str, Row]] = []
        self._renumbers = False
        self._edited: set[tuple[int, str]] = set()

    # what an editor does; each edit does nothing where the sheet has nothing to do it to

    def edit(self) -> None:
        """Make one random edit."""
        edits = [
            self.reword_activity,
            self.change_cell,
            self.rewrite_result,
            self.add_activity,
            self.add_twin,
            self.remove_activity,
            self.move_activity,
            self.reorder_groups,
            self.change_extras,
            self.edit_line,
            self.edit_cost,
            self.edit_purpose,
            self.edit_text,
            self.change_heading,
        ]
        self.random.choice(edits)()

    def reword_activity(self) -> None:
        """Change a word in what an activity says."""
        self._reword(self._any_row(), "means")

    def change_cell(self) -> None:
        """Change a mark, a target, an indicator or a remark."""
        row = self._any_row()
        name = self.random.choice(("mark", "target", "indicator", "remarks"))
        if row and row.old and name not in row.fields["kept"]:
            texts = {"mark": "○×-", "target": "↑→↓-"}.get(name) or [self._news(), ""]
            self._set(row, name, self.random.choice(texts))

    def rewrite_result(self) -> None:
        """Rewrite the past: one figure of an earlier year."""
        rows = [row for row in self._rows() if row.old and row.old.results]
        if rows:
            row = self.random.choice(rows)
            if "results" not in row.fields["kept"]:
                year = self.random.choice(list(row.fields["results"]))
                row.fields["results"][year] = self.random.choice(("1", "", "-", "0", "12.5%"))

    def add_activity(self) -> None:
        """Add an activity about something new at any place."""
        siblings = self._any_siblings()
        row = Row(None, {"means": f"{self._news()}を{self._news()}する", "kept": ()})
        siblings.insert(self.random.randint(0, len(siblings)), row)
        self._renumbers = True

    def add_twin(self) -> None:
        """Add an activity that says the same as one that is there, with figures of its own."""
        gone = [row.old.means for row in self.removed if isinstance(row.old, Activity)]
        rows = [row for row in self._rows() if row.old and row.fields["means"] == row.old.means]
        rows = [row for row in rows if not any(_alike(row.old.means, one) for one in gone)]
        if rows and (row := self.random.choice(rows)).old.results and _figures(row.old):
            twin = {"means": row.old.means, "kept": (), "results": self._figures()}
            self._siblings_of(row).append(Row(None, twin))
            # All that say much the same stay too: were one removed, the twin might as well be it.
            for one in self._rows():
                if one.old and _alike(one.old.means, row.old.means):
                    one.fields["kept"] = ("results", "means")
            self._renumbers = True

    def remove_activity(self) -> None:
        """Remove an activity with all below it; sometimes the codes close up behind it."""
        row = self._any_row()
        kept = any(one.fields["kept"] for one in row.all()) if row else True
        if row and not kept and len(self._rows()) > 4 and len(self.groups) > 1:
            self._siblings_of(row).remove(row)
            for gone in row.all():
                self.removed += [gone] if gone.old else []
                self.removed_costs += [(gone.old.code[:2], c) for c in gone.costs if c.old]
            self._renumbers |= self.random.random() < 0.7

    def move_activity(self) -> None:
        """Move an activity with all below it, among its siblings or to another parent."""
        row = self._any_row()
        if row is None or row in self.groups:
            return
        siblings = self._siblings_of(row)
        others = [siblings]
        if not any(self._has_twin(one) for one in row.all()):
            others += [r.children for r in self._rows() if row not in r.all() and _fits(row, r)]
        siblings.remove(row)
        target = self.random.choice(others)
        target.insert(self.random.randint(0, len(target)), row)
        self._renumbers = True

    def reorder_groups(self) -> None:
        """Give groups new numbers; their children go with them."""
        self.random.shuffle(self.groups)
        self._renumbers = True

    def change_extras(self) -> None:
        """Change, add or remove a 追加項目 of an activity."""
        row = self._any_row()
        if row and row.old:
            extras = row.fields["extras"]
            name = self.random.choice([*extras, "困難度", "目標年度"])
            value = self.random.choice(["A", "B", "", None])
            if value is None:
                extras.pop(name, None)
            else:
                extras[name] = value

    def edit_line(self) -> None:
        """Change a line of the budget box."""
        self.removed += self._edit_list(self.budget, "name", {"amount": "31", "moku": "9"}, 6)

    def edit_cost(self) -> None:
        """Change a cost row: another name, a settled amount of the past, one more, one less."""
        group = self.random.choice(self.groups)
        costs = group.costs
        gone = self._edit_list(costs, "name", {}, 3)
        self.removed_costs += [(group.old.code, row) for row in gone]
        rows = [row for row in costs if row.old and row.fields["settled"]]
        if rows and self.random.random() < 0.5:
            settled = self.random.choice(rows).fields["settled"]
            settled[self.random.choice(list(settled))] = "7"

    def edit_purpose(self) -> None:
        """Change a row of the 任務目的 table."""
        cells = {"mark": "△", "remarks": "見直し"}
        self.removed += self._edit_list(self.purposes, "purpose", cells, 3)

    def edit_text(self) -> None:
        """Change a paragraph of any text, add one or remove one."""
        rows = self.texts[self.random.choice(list(self.texts))]
        self.removed += self._edit_list(rows, "text", {}, 4)

    def change_heading(self) -> None:
        """Change number, title, staff or position in the plan."""
        name = self.random.choice(("number", "title", "regular", "policy_goal", "heading"))
        self.fields[name] = self._news()

    # what comes of it

    def new(self) -> Sheet:
        """The sheet as it is now."""
        if self._renumbers:
            _number(self.groups)
        old, fields = self.old, self.fields
        boxes = {
            name: TextBox(
                heading=fields.get("heading", box.heading) if name == "summary" else box.heading,
                paragraphs=[row.fields["text"] for row in self.texts[name]],
            )
            for name, box in (("summary", old.summary), ("outlook", old.outlook))
        }
        staff = old.staffing.this_sheet
        this_sheet = {**staff.model_dump(by_alias=False), **_chosen(fields, "regular")}
        return Sheet(
            fiscal_year=old.fiscal_year,
            number=fields.get("number", old.number),
            title=fields.get("title", old.title),
            department=old.department,
            plan={
                **old.plan.model_dump(by_alias=False),
                **_chosen(fields, "policy_goal"),
                "directions": [row.fields["text"] for row in self.texts["directions"]],
            },
            staffing={"this_sheet": this_sheet, "all_sheets": old.staffing.all_sheets},
            budget=[BudgetLine(**row.fields) for row in self.budget],
            purposes=[MissionPurpose(**row.fields) for row in self.purposes],
            activities=[_activity(row) for group in self.groups for row in group.all()],
            notes=[row.fields["text"] for row in self.texts["notes"]],
            extras=old.extras,
            **boxes,
        )

    def expected(self) -> list[dict[str, Any]]:
        """The change list between the old sheet and the new one."""
        self.new()  # gives the codes
        found = [*self._headings(), *self._activities(), *self._costs(), *self._texts()]
        for section, rows in (("予算", self.budget), ("任務目的", self.purposes)):
            for index, row in enumerate(rows, 1):
                name = row.fields.get("name", row.fields.get("purpose"))
                where: dict[str, Any] = {"section": section}
                where |= {"name": name} if section == "予算" else {"index": index}
                if row.old is None:
                    found.append({"kind": "added", **where, "old": None, "new": name})
                else:
                    found += _cells(row, where)
        for row in self.removed:
            found.append(self._removal(row))
        return found

    def _headings(self) -> list[dict[str, Any]]:
        old = self.old
        places = {
            "number": ({"section": "見出し", "field": "シートNo"}, old.number),
            "title": ({"section": "見出し", "field": "シート名"}, old.title),
            "policy_goal": ({"section": "総合計画", "field": "施策目的"}, old.plan.policy_goal),
            "heading": ({"section": "総括", "field": "見出し"}, old.summary.heading),
            "regular": (
                {"section": "人工", "row": "このシート", "field": "正規"},
                old.staffing.this_sheet.regular,
            ),
        }
        return [
            {"kind": "changed", **places[name][0], "old": places[name][1], "new": text}
            for name, text in self.fields.items()
        ]

    def _activities(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        for row in self._rows():
            if row.old is None:
                added = {"kind": "added", "section": "行政活動", "code_new": row.code}
                found.append({**added, "old": None, "new": row.fields["means"]})
                continue
            codes = {"code_old": str(row.old.code), "code_new": row.code}
            if row.old.code != row.code:
                found.append({"kind": "moved", "section": "行政活動", **codes})
            found += _cells(row, {"section": "行政活動", **codes})
            was, now = row.old.extras, row.fields["extras"]
            for name in {**was, **now}:
                if was.get(name) != now.get(name):
                    kind = "changed"
                    kind = "added" if name not in was else "removed" if name not in now else kind
                    entry = {"kind": kind, "section": "追加項目", **codes, "field": name}
                    found.append({**entry, "old": was.get(name), "new": now.get(name)})
        return found

    def _costs(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        for group in self.groups:
            for row in group.costs:
                name = row.fields["name"]
                where = {"section": "事業費", "code_new": group.code, "name": name}
                if row.old is None:
                    found.append({"kind": "added", **where, "old": None, "new": name})
                else:
                    found += _cells(row, where)
        for code, row in self.removed_costs:
            name = row.old.name
            entry = {"kind": "removed", "section": "事業費", "code_old": code, "name": name}
            found.append({**entry, "old": name, "new": None})
        return found

    def _texts(self) -> list[dict[str, Any]]:
        found = []
        for name, rows in self.texts.items():
            for index, row in enumerate(rows, 1):
                text = row.fields["text"]
                if row.old != text:
                    kind = "changed" if row.old is not None else "added"
                    entry = {"kind": kind, **_TEXTS[name], "index": index}
                    found.append({**entry, "old": row.old, "new": text})
        return found

    def _removal(self, row: Row) -> dict[str, Any]:
        match row.old:
            case Activity():
                where = {"section": "行政活動", "code_old": str(row.old.code)}
                text = row.old.means
            case BudgetLine():
                where, text = {"section": "予算", "name": row.old.name}, row.old.name
            case MissionPurpose():
                where = {"section": "任務目的", "index": _place(self.old.purposes, row.old)}
                text = row.old.purpose
            case _:
                name = row.fields["list"]
                where = {**_TEXTS[name], "index": row.fields["index"]}
                text = row.old
        return {"kind": "removed", **where, "old": text, "new": None}

    # helpers

    def _edit_list(self, rows: list[Row], name: str, cells: dict[str, str], most: int) -> list[Row]:
        """Reword an item, change a cell of it, add one or remove one; gives what was removed."""
        kept = [row for row in rows if row.old is not None]
        match self.random.choice(("reword", "cell", "add", "remove")):
            case "reword" if kept:
                self._reword(self.random.choice(kept), name)
            case "cell" if kept and cells:
                cell = self.random.choice(list(cells))
                self.random.choice(kept).fields[cell] = cells[cell]
            case "add" if len(rows) < most:
                text = "".join(self._news() for _ in range(3))
                rows.insert(self.random.randint(0, len(rows)), Row(None, {name: text}))
            case "remove" if len(kept) > 1:
                row = self.random.choice(kept)
                rows.remove(row)
                return [row]
        return []

    def _reword(self, row: Row | None, name: str) -> None:
        """Put a letter or two into a text or take one out, once."""
        if row is None or row.old is None or (id(row), name) in self._edited:
            return
        text, kept = row.fields[name], row.fields.get("kept", ())
        if len(text) < 5 or name in kept:
            return
        at = self.random.randrange(1, len(text))
        letters = self._news()[: 1 + (len(text) > 9)]
        cut = at + self.random.randint(0, 1)
        self._set(row, name, text[:at] + letters + text[cut:])

    def _set(self, row: Row, name: str, text: str) -> None:
        row.fields[name] = text
        self._edited.add((id(row), name))

    def _rows(self) -> list[Row]:
        return [row for group in self.groups for row in group.all()]

    def _any_row(self) -> Row | None:
        rows = self._rows()
        return self.random.choice(rows) if rows else None

    def _any_siblings(self) -> list[Row]:
        lists = [row.children for row in self._rows() if _depth(row, self.groups) < 3]
        return self.random.choice([self.groups, *lists])

    def _siblings_of(self, row: Row) -> list[Row]:
        lists = [self.groups, *(one.children for one in self._rows())]
        return next(siblings for siblings in lists if any(one is row for one in siblings))

    def _has_twin(self, row: Row) -> bool:
        """Whether another row says the same, now or before."""
        texts = [one.means for one in self.old.activities]
        texts += [one.fields["means"] for one in self._rows() if one.old is None]
        return texts.count(row.old.means if row.old else row.fields["means"]) > 1

    def _figures(self) -> dict[str, str]:
        return {year: str(self.random.randint(100, 9999)) for year in _YEARS}

    def _news(self) -> str:
        return "".join(self.random.choices(_KANA, k=4))


_TEXTS = {
    "directions": {"section": "総合計画", "field": "施策の方向"},
    "notes": {"section": "注記"},
    "summary": {"section": "総括", "field": "本文"},
    "outlook": {"section": "今後の方針", "field": "本文"},
}
_LABELS = {
    "means": "手段",
    "purpose": "目的",
    "indicator": "指標",
    "target": "目標",
    "mark": "達成",
    "remarks": "備考",
    "name": "事業名",
    "amount": "予算額",
    "moku": "目",
}


def _texts_of(sheet: Sheet) -> dict[str, tuple[str, ...]]:
    return {
        "directions": sheet.plan.directions,
        "notes": sheet.notes,
        "summary": sheet.summary.paragraphs,
        "outlook": sheet.outlook.paragraphs,
    }


def _row(model: Any) -> Row:
    fields = {name: getattr(model, name) for name in type(model).model_fields}
    for name in ("results", "settled", "budget"):
        if name in fields:
            fields[name] = fields[name].to_plain()
    if "extras" in fields:
        fields["extras"] = dict(fields["extras"])
    return Row(model, fields)


def _tree(sheet: Sheet) -> list[Row]:
    """The activities of a sheet whose every row has its parent, as a tree."""
    rows: dict[str, Row] = {}
    groups: list[Row] = []
    for activity in sheet.activities:
        row = _row(activity)
        row.fields.pop("code")
        row.costs = [_row(cost) for cost in row.fields.pop("costs")]
        row.fields["kept"] = ()
        row.code = str(activity.code)
        rows[row.code] = row
        siblings = rows[row.code[:-2]].children if len(row.code) > 2 else groups
        siblings.append(row)
    return groups


def _number(siblings: list[Row], above: str = "") -> None:
    for number, row in enumerate(siblings, 1):
        row.code = f"{above}{number:02d}"
        _number(row.children, row.code)


def _activity(row: Row) -> Activity:
    fields = {name: value for name, value in row.fields.items() if name != "kept"}
    return Activity(code=row.code, costs=[CostRow(**cost.fields) for cost in row.costs], **fields)


def _cells(row: Row, where: dict[str, Any]) -> list[dict[str, Any]]:
    """The entries of a row that is in both sheets, but for its 追加項目."""
    found = []
    for name, label in _LABELS.items():
        if name in row.fields and row.fields[name] != getattr(row.old, name):
            texts = {"old": getattr(row.old, name), "new": row.fields[name]}
            found.append({"kind": "changed", **where, "field": label, **texts})
    for name, label in (("results", "実績"), ("settled", "決算")):
        for year, text in row.fields.get(name, {}).items():
            before = getattr(row.old, name)[year]
            if before != text:
                entry = {"kind": "changed", **where, "field": label, "year": year}
                found.append({**entry, "old": before, "new": text})
    return found


def _depth(row: Row, siblings: list[Row], depth: int = 1) -> int:
    for one in siblings:
        if one is row:
            return depth
        if found := _depth(row, one.children, depth + 1):
            return found
    return 0


def _fits(row: Row, parent: Row) -> bool:
    """Whether a row may go below another parent at the level that it is at."""
    return len(parent.code) == len(row.code) - 2 and bool(row.code) and bool(parent.code)


def _alike(text: str, other: str) -> bool:
    return difflib.SequenceMatcher(None, text, other, autojunk=False).ratio() > 0.5


def _figures(row: Any) -> bool:
    return any(text.replace(",", "").isdigit() for text in row.results.values())


def _place(rows: Any, row: Any) -> int:
    return next(at for at, one in enumerate(rows, 1) if one is row)


def _chosen(fields: dict[str, str], name: str) -> dict[str, str]:
    return {name: fields[name]} if name in fields else {}
