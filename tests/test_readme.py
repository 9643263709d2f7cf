"""What README shows works, and it names every key of the configuration files."""

from __future__ import annotations

import re

import pytest

from gyomu_docs.booklet.config import BookletConfig, load_config
from gyomu_docs.layout import Resolver, load_form
from gyomu_docs.layout.check import check_form
from gyomu_docs.resources import find_resources
from tests.support.cli import ROOT
from tests.support.sheets import sheet

README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"^```yaml\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
FORMS = [block for block in BLOCKS if block.startswith("form:")]
RESOURCES = find_resources({})


@pytest.mark.parametrize("text", FORMS, ids=lambda text: text.split("\n")[0])
def test_the_forms_are_sound(text: str) -> None:
    assert check_form(text, "市の様式.yaml", RESOURCES.form_source) == []


def test_the_form_with_a_column_more_prints_it() -> None:
    (text,) = [block for block in FORMS if "追加項目.目標値" in block]
    resolver = Resolver(load_form(text, "市の様式.yaml", RESOURCES.form_source))
    made = sheet()
    purpose = made.purposes[0].model_copy(update={"extras": {"目標値": "80%"}})
    _, found = resolver.resolve(made.model_copy(update={"purposes": (purpose,)}))
    assert "任務目的.追加項目.目標値" not in {one.topic.item for one in found if one.topic}


def test_the_booklet_example_is_sound_and_the_table_names_every_key() -> None:
    (text,) = [block for block in BLOCKS if block.startswith("市:")]
    assert load_config(text, "booklet.yaml").city == "見本市"
    for name, field in BookletConfig.model_fields.items():
        assert f"`{field.alias or name}`" in README, field.alias


def test_the_settings_example_names_every_key() -> None:
    (text,) = [block for block in BLOCKS if block.startswith("# gyomu-docs.yaml")]
    for key in ("予備の書体", "外字", "様式のフォルダー"):
        assert f"\n{key}:" in text
