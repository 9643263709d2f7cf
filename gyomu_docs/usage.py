"""What typer says in English, in Japanese: help texts and errors of usage."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from typer.core import TyperCommand, TyperGroup

from gyomu_docs.errors import Place, UsageError

PROGRAM = "gyomu-docs"

_LABELS = (
    (r"^Usage: ", "使い方: "),
    (r"\[OPTIONS\]", "[オプション]"),
    (r"COMMAND \[ARGS\]\.\.\.", "コマンド ..."),
    (r"\{([A-Z]+)\}(\.\.\.)?", r"\1\2"),
    (r"^Options:$", "オプション:"),
    (r"^Arguments:$", "引数:"),
    (r"^Commands:$", "コマンド:"),
    # At the head of a line, where typer wraps, the indent stays.
    (r"(?:^( +)| *)\\?\[required\]", r"\1（必須）"),
    (r"(?:^( +)| *)\\?\[default: (.+?)(?:; .+?)?\]", r"\1（省略時は \2）"),
    (r" <(list\[)?str\]?>", ""),
    (r"Show this message and exit\.", "この説明を表示して終わる。"),
)
"""What typer calls the parts of a help text, and what we do."""


_ELSEWHERE = {("booklet", "--layout"): "シートの様式は booklet.yaml の「様式」に書きます。"}
"""Options that a command does not have, since something else says it."""
_LOUDNESS = ("-q", "--quiet", "-v", "--verbose")


def ordered(arguments: Sequence[str]) -> list[str]:
    """The arguments with `--quiet` and `--verbose` behind the command, where it takes them."""
    count = 0
    while count < len(arguments) and arguments[count] in _LOUDNESS:
        count += 1
    leading, rest = arguments[:count], arguments[count:]
    return [*rest[:1], *leading, *rest[1:]] if rest and rest[0][:1] != "-" else list(arguments)


class Group(TyperGroup):
    """The program, with its help text in Japanese."""

    def get_help(self, ctx: Any) -> str:
        """The help text."""
        return _in_japanese(super().get_help(ctx))


class Command(TyperCommand):
    """A command, with its help text in Japanese."""

    def get_help(self, ctx: Any) -> str:
        """The help text."""
        return _in_japanese(super().get_help(ctx))


def _in_japanese(text: str) -> str:
    for english, japanese in _LABELS:
        text = re.sub(english, japanese, text, flags=re.MULTILINE)
    return text


def usage_error(error: Any, arguments: Sequence[str]) -> UsageError:
    """An error of typer as one of ours.

    Told by names and attributes: where typer keeps its exceptions depends on its version.
    """
    command = " ".join([PROGRAM, *(one for one in arguments[:1] if not one.startswith("-"))])
    hint = f"{command} --help で使い方を表示します。"
    option = getattr(error, "option_name", "")
    match type(error).__name__:
        case "NoSuchOption":
            message = f"オプション「{option}」はありません。"
            hint = _ELSEWHERE.get((arguments[0], option), hint)
            near = getattr(error, "possibilities", None) or []
            if near and (arguments[0], option) not in _ELSEWHERE:
                hint = f"「{near[0]}」ではありませんか。"
        case "MissingParameter":
            parameter = error.param
            is_option = parameter.param_type_name == "option"
            name = parameter.opts[0] if is_option else parameter.metavar
            message = f"{name} を指定してください。"
        case "BadParameter":
            name, least = error.param.opts[0], getattr(error.param, "min", None)
            message = f"オプション「{name}」の値が正しくありません。"
            hint = f"{least} 以上の整数を書いてください。" if least is not None else hint
        case "BadOptionUsage" if any(one.startswith(f"{option}=") for one in arguments):
            message = f"オプション「{option}」に値は付けられません。"
        case "BadOptionUsage":
            message = f"オプション「{option}」の後に値が要ります。"
        case _:
            extra = re.search(r"extra arguments?(?:\(s\))? \((.+)\)", error.format_message())
            detail = f"余分な引数「{extra[1]}」があります" if extra else error.format_message()
            message = f"コマンドの書き方が違います（{detail}）。"
    return UsageError(message, place=Place(file=command), hint=hint)
