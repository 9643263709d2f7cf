"""What the command line tells: on several sheets, of forms, of files that cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.cli import put_sheet, run


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Where a command shall write; not there yet."""
    return tmp_path / "出力"


# -- what a form does not print


@pytest.fixture
def three(tmp_path: Path) -> Path:
    """A folder of three sheets, each with 注記; the third has an 追加項目 as well."""
    for number in (1, 2, 3):
        extras = {"作成日": "4月"} if number == 3 else {}
        put_sheet(
            tmp_path / f"r3/00{number}.yaml",
            number=str(number),
            notes=("※ 注",),
            extras=extras,
            activities=(),
            purposes=(),
        )
    return tmp_path / "r3"


@pytest.fixture
def form(tmp_path: Path) -> Path:
    """The form of README without 注記."""
    file = tmp_path / "市の様式.yaml"
    file.write_text(
        "form: 市の様式\ntitle: 市\nextends: sheet-a4-landscape\nremove: [注記]\n", "utf-8"
    )
    return file


def test_what_a_form_leaves_out_of_every_sheet_is_told_once(
    three: Path, form: Path, out: Path
) -> None:
    told = run("render", three, "--out", out, "--layout", form).err.splitlines()
    assert told[:4] == [
        "注意: 様式「市の様式」に欄がないため、印刷されないもの: "
        "注記（No.1 公園の管理 など3シート）",
        "  ヒント: その欄のある様式を使ってください。"
        "載せないと決めた項目は、様式の left_out に書くと知らせになります。",
        f"注意: {three / '003.yaml'} シート「No.3 公園の管理」: "
        "追加項目.作成日の値「4月」は、様式に欄がないため印刷されません。",
        told[1],
    ]


def test_verbose_tells_it_of_each_sheet(three: Path, form: Path, out: Path) -> None:
    told = run("render", three, "--out", out, "--layout", form, "-v").err
    assert told.count("注記の値「※ 注」は、様式に欄がないため印刷されません。") == 3


def test_what_a_form_leaves_out_on_purpose_is_told_on_demand(
    three: Path, form: Path, out: Path
) -> None:
    form.write_text(form.read_text("utf-8") + "left_out: [注記, 追加項目]\n", "utf-8")
    told = run("render", three, "--out", out, "--layout", form).err
    assert "注記" not in told
    assert "ほかに知らせが2件あります（--verbose で表示）。" in told


def test_drafts_and_booklets_tell_it_too(three: Path, form: Path, out: Path) -> None:
    (three / "booklet.yaml").write_text(f"様式: {form}\n", "utf-8")
    for line in (
        ("draft", three, "--out", out, "--layout", form),
        ("booklet", three, "--out", out / "本.pdf", "--cache", "none"),
    ):
        assert run(*line).err.count("印刷されないもの: 注記（No.1 公園の管理 など3シート）") == 1


# -- files that cannot be read


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """A folder of one good sheet and three with two faults each."""
    put_sheet(tmp_path / "r3/001.yaml", number="1")
    for number in (2, 3, 4):
        text = f"年度: いつか\nシートNo: {number}\n所在: x\n"
        (tmp_path / f"r3/00{number}.yaml").write_text(text, "utf-8")
    return tmp_path / "r3"


@pytest.mark.parametrize(("option", "code"), [([], 2), (["--keep-going"], 1)])
def test_all_faults_of_all_files_are_told(
    faulty: Path, out: Path, option: list[str], code: int
) -> None:
    result = run("render", faulty, "--out", out, "--to", "yaml", *option)
    places = [line.split(": ")[1] for line in result.err.splitlines() if line.startswith("誤り: ")]
    assert places == [
        f"{faulty / f'00{number}.yaml'} {line}行目" for number in (2, 3, 4) for line in (1, 3)
    ]
    assert result.code == code
    assert out.exists() == (code == 1)


def test_import_reads_the_texts_of_a_folder(tmp_path: Path, out: Path) -> None:
    (tmp_path / "公表").mkdir()
    text = "年度\tR3\nシートNo.\t9\nシート名\t道路\n"
    (tmp_path / "公表/9.txt").write_text(text, "utf-8")
    assert run("import", tmp_path / "公表", "--out", out).code == 0
    assert (out / "009.yaml").exists()
    refused = run("render", tmp_path / "公表", "--out", out)
    assert refused.code == 2
    assert "gyomu-docs import" in refused.err
