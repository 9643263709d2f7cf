"""What a sheet says: the models, the parsed values beside their texts, and the sheet file."""

from gyomu_docs.model.blank import blank_sheet
from gyomu_docs.model.by_year import AmountsByYear, TextsByYear
from gyomu_docs.model.code import ActivityCode
from gyomu_docs.model.edition import Edition, SourcedSheet
from gyomu_docs.model.fiscal_year import ERAS, Era, FiscalYear, YearStyle
from gyomu_docs.model.sheet import (
    Activity,
    ActivityGroup,
    BudgetLine,
    CostRow,
    MissionPurpose,
    PlanPosition,
    Sheet,
    StaffCount,
    Staffing,
    TextBox,
)
from gyomu_docs.model.value import Value, ValueKind, parse_value

__all__ = [
    "ERAS",
    "Activity",
    "ActivityCode",
    "ActivityGroup",
    "AmountsByYear",
    "BudgetLine",
    "CostRow",
    "Edition",
    "Era",
    "FiscalYear",
    "MissionPurpose",
    "PlanPosition",
    "Sheet",
    "SourcedSheet",
    "StaffCount",
    "Staffing",
    "TextBox",
    "TextsByYear",
    "Value",
    "ValueKind",
    "YearStyle",
    "blank_sheet",
    "parse_value",
]
