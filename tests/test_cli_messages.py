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


# -- forms


def test_layouts_checks_forms_of_the_comparison_table(tmp_path: Path) -> None:
    file = tmp_path / "対照表.yaml"
    head = "form: 対照表\ntitle: 表\nextends: comparison/table\n"
    file.write_text(head, "utf-8")
    assert run("layouts", "--check", file).code == 0
    file.write_text(head + "after: {新旧対照表: {paragraph: '{比格}', style: text}}\n", "utf-8")
    refused = run("layouts", "--check", file)
    assert refused.code == 2
    assert "4行目: 項目「比格」はありません。「比較」ではありませんか。" in refused.err


# -- wrong usage


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        ("booklet --jobs 0 a --out b.pdf", "オプション「--jobs」の値が正しくありません", "1 以上"),
        ("booklet --jobs x a --out b.pdf", "オプション「--jobs」の値が正しくありません", "1 以上"),
        ("booklet a --layout b --out c.pdf", "「--layout」はありません", "「様式」に書きます"),
        ("render a --to docx --attach-data --out b", "PDF にだけ", "--to に pdf"),
        ("draft a --with-findings --out b", "--with-findings", ""),
    ],
)
def test_wrong_usage_says_what_to_do(arguments: str, message: str, hint: str) -> None:
    result = run(*arguments.split())
    first, *rest = result.err.splitlines()
    assert result.code == 2
    assert message in first
    assert hint in "".join(rest)


def test_an_empty_name_is_told_as_such(out: Path) -> None:
    assert "読み込むファイルの名前が空です。" in run("render", "", "--out", out).err


@pytest.mark.parametrize("option", ["--quiet", "-q"])
def test_quiet_may_stand_before_the_command(tmp_path: Path, out: Path, option: str) -> None:
    file = put_sheet(tmp_path / "1.yaml")
    result = run(option, "render", file, "--out", out, "--to", "yaml")
    assert (result.code, result.out, result.err) == (0, "", "")


def test_schema_tells_what_it_wrote(tmp_path: Path) -> None:
    result = run("schema", "--out", tmp_path / "s.json")
    assert result.out == f"{tmp_path / 's.json'}\n"
    assert "1個のファイルを書き出しました。" in result.err


def test_help_says_every_default_and_nothing_that_does_not_work() -> None:
    for command in ("render", "draft", "collect", "compare"):
        text = run(command, "--help").out
        assert "省略時" in text[text.index("--layout") :].split("\n  -")[0], command
    assert "--with-findings" not in run("draft", "--help").out
    assert "x>=1" not in run("booklet", "--help").out
    assert all(
        line[:1] in ("", " ")
        for line in run("compare", "--help").out.split("\n")[6:-1]
        if line and line[-1:] != ":"
    )


# -- what the operating system says


@pytest.mark.parametrize("option", ["--config", "--previous"])
def test_a_file_that_is_not_there_is_told_in_japanese(
    tmp_path: Path, out: Path, option: str
) -> None:
    put_sheet(tmp_path / "r3/1.yaml")
    missing = tmp_path / "無い.pdf"
    result = run("booklet", tmp_path / "r3", "--out", f"{out}.pdf", option, missing)
    assert result.code == 2
    assert f"{missing}: " in result.err
    assert "（ファイルがありません）。" in result.err
    assert "文字コード" not in result.err


def test_a_template_that_is_not_there_is_told_in_japanese(tmp_path: Path, out: Path) -> None:
    put_sheet(tmp_path / "r3/1.yaml")
    (tmp_path / "r3/booklet.yaml").write_text("表紙のひな形: 無い.txt\n", "utf-8")
    result = run("booklet", tmp_path / "r3", "--out", f"{out}.pdf", "--cache", "none")
    assert "（ファイルがありません）。" in result.err


# -- the city's own forms


def test_own_forms_are_used_by_their_names(
    three: Path, form: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (three.parent / "gyomu-docs.yaml").write_text("様式のフォルダー: .\n", "utf-8")
    (three / "booklet.yaml").write_text("様式: 市の様式\n", "utf-8")
    (form.parent / "壊れた様式.yaml").write_text("form: 壊れた様式\n", "utf-8")
    monkeypatch.setenv("GYOMU_CONFIG", str(three.parent / "gyomu-docs.yaml"))

    assert run("render", three, "--out", out, "--layout", "市の様式", "--to", "yaml").code == 0
    booklet = run("booklet", three, "--out", out / "本.pdf", "--cache", "none")
    assert "様式「市の様式」に欄がないため" in booklet.err
    listed = run("layouts")
    assert "市の様式  市\n" in listed.out
    assert "壊れた様式" in listed.err
    assert f"市の様式のフォルダー: {three.parent}" in run("info").out


def test_drafts_in_an_own_form_are_collected_without_naming_it(
    three: Path, form: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (three.parent / "gyomu-docs.yaml").write_text("様式のフォルダー: .\n", "utf-8")
    monkeypatch.setenv("GYOMU_CONFIG", str(three.parent / "gyomu-docs.yaml"))
    assert run("draft", three, "--out", out, "--layout", "市の様式").code == 0
    result = run("collect", out, "--out", three.parent / "回収")
    assert (result.code, "誤り" in result.err) == (0, False)


def test_a_form_file_may_lie_beside_booklet_yaml(three: Path, form: Path, out: Path) -> None:
    form.rename(three / form.name)
    (three / "booklet.yaml").write_text(f"様式: {form.name}\n", "utf-8")
    booklet = run("booklet", three, "--out", out / "本.pdf", "--cache", "none")
    assert "様式「市の様式」に欄がないため" in booklet.err
