"""The report as one HTML page that needs nothing else."""

from __future__ import annotations

from jinja2 import Environment, StrictUndefined

from gyomu_docs.collect.report import KINDS, Entry, choice_line, place_of

_PAGE = """\
<!DOCTYPE html>
<html lang="ja">
<head>
<meta charset="utf-8">
<title>原稿の回収結果</title>
<style>
body { font-family: "BIZ UDGothic", "Yu Gothic", sans-serif; margin: 2em; line-height: 1.6; }
table { border-collapse: collapse; width: 100%; margin-bottom: 2em; }
th, td { border: 1px solid #777; padding: .3em .5em; text-align: left; vertical-align: top; }
th { background: #e8edf5; white-space: nowrap; }
td { white-space: pre-wrap; overflow-wrap: anywhere; }
.wide { min-width: 9em; }
caption { text-align: left; font-weight: bold; padding: .3em 0; }
</style>
</head>
<body>
<h1>原稿の回収結果</h1>
<table>
<caption>シート</caption>
<tr><th scope="col">シート</th><th scope="col">所属</th><th scope="col">原稿</th>
<th scope="col">結果</th></tr>
{% for one in report.sheets %}
<tr><td>{{ one.sheet }}</td><td>{{ one["所属"] }}</td><td>{{ one.drafts | join("\\n") }}</td>
<td>{{ "変更あり" if one.changed else "変更なし" }}
{{- "" if one.whole else "、取り込めないものあり" }}</td></tr>
{% endfor %}
</table>
{% if report.conflicts %}
<table>
<caption>衝突（どちらも取り込んでいません）</caption>
<tr><th scope="col">場所</th><th scope="col">元の文字</th><th scope="col">原稿</th></tr>
{% for one in report.conflicts %}
<tr><td>{{ place(one) }}
{{ one.message }}</td><td>{{ one.old }}</td><td>
{%- for choice in one.choices -%}
{{ said(choice) }}
{% endfor %}</td></tr>
{% endfor %}
</table>
{% endif %}
{% if report.refused %}
<table>
<caption>取り込めない行</caption>
<tr><th scope="col">場所</th><th scope="col">理由</th><th scope="col">原稿</th></tr>
{% for one in report.refused %}
<tr><td>{{ one.sheet }} {{ one.section }} {{ one.row }}</td><td>{{ one.message }}
{{ one.hint }}</td><td>{{ one.draft }}</td></tr>
{% endfor %}
</table>
{% endif %}
<table>
<caption>取り込んだ変更</caption>
<tr><th scope="col" class="wide">場所</th><th scope="col">種類</th><th scope="col">元の文字</th>
<th scope="col">新しい文字</th><th scope="col" class="wide">変更した人</th>
<th scope="col" class="wide">原稿</th></tr>
{% for one in report.entries %}
<tr><td>{{ place(one) }}</td><td>{{ kinds[one.kind] }}</td><td>{{ one.old or "" }}</td>
<td>{{ one.new or "" }}</td>
<td>{{ (one.author ~ "\\n" ~ one.date) if one.tracked else "変更履歴なし" }}</td>
<td>{{ one.draft }}</td></tr>
{% else %}
<tr><td colspan="6">変更はありません。</td></tr>
{% endfor %}
</table>
{% if report.comments %}
<table>
<caption>コメント</caption>
<tr><th scope="col">場所</th><th scope="col">コメント</th><th scope="col">書いた人</th>
<th scope="col">原稿</th></tr>
{% for one in report.comments %}
<tr><td>{{ place(one) }}</td><td>{{ one.text }}</td><td>{{ one.author }}
{{ one.date }}</td><td>{{ one.draft }}</td></tr>
{% endfor %}
</table>
{% endif %}
{% if report.notices %}
<table>
<caption>様式の変わったところ、読み取らなかったもの</caption>
<tr><th scope="col">場所</th><th scope="col">内容</th><th scope="col">原稿</th></tr>
{% for one in report.notices %}
<tr><td>{{ one.sheet }} {{ one.section }} {{ one.row }} {{ one.column }}</td>
<td>{{ one.message }}</td><td>{{ one.draft }}</td></tr>
{% endfor %}
</table>
{% endif %}
</body>
</html>
"""


def report_page(report: dict[str, list[Entry]]) -> str:
    """The report as HTML; whatever the drafts say is text there, never markup."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    template = environment.from_string(_PAGE)
    return template.render(report=report, place=place_of, said=choice_line, kinds=KINDS)
