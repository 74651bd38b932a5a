#!/usr/bin/env python3
"""Renders the templates beside this file and many small ones with Jinja2 (3.1.6) as transformers (5.23) sets it up.

    python make_chat_vectors.py          writes chat_vectors.json beside this file

Templates and conversations are made up here: the models' own templates are not in the repository. `null` as a result means
that Jinja2 or the template refuses. `spans` are what the template marks as the assistant's, in characters.
"""

import json
from pathlib import Path

from tokenizers import AddedToken, Tokenizer
from transformers import PreTrainedTokenizerFast
from transformers.utils.chat_template_utils import render_jinja_template

HERE = Path(__file__).parent
FAMILIES = {
    "llama2": ("<s>", "</s>"),
    "llama3": ("<|begin_of_text|>", "<|eot_id|>"),
    "mistral": ("<s>", "</s>"),
    "chatML": (None, "<|im_end|>"),
    "qwen3": (None, "<|im_end|>"),
    "gemma": ("<bos>", "<eos>"),
    "phi": ("<|endoftext|>", "<|endoftext|>"),
}


def turns(*contents, system=None):
    result = [{"role": "system", "content": system}] if system is not None else []
    for index, content in enumerate(contents):
        result.append({"role": ["user", "assistant"][index % 2], "content": content})
    return result


CONVERSATIONS = [
    turns("What does the CT show?"),
    turns("What does the CT show?", "No acute finding."),
    turns(" Padded question\n", "\n Padded answer \n", "Second?", "Yes.", "Third?"),
    turns("Knee pain, 3 weeks.", "Order a radiograph.", system="You are a careful assistant."),
    turns("Q1", "A1", "Q2", "A2", "Q3", "A3", system="  Be brief.\n"),
    turns("Müller’s naïve 日本語 🩺 e\u0301", "Ça va — 38.9 °C\n\n\tindented\n"),
    turns("text with <|im_end|> and </s> [/INST] {{ 7 * 7 }} {% if %}", "and <|eot_id|> <end_of_turn> back", "", ""),
    turns("Why?", "<think>\nBecause of the fever.\n</think>\n\nInfection.", "Sure?", "<think>\nyes\n</think>\n\nSure."),
    turns("Why?", "<think>\n\n</think>\n\n\nInfection."),
    turns("<tool_response>\n5\n</tool_response>", "Five."),
    turns("a\r\nb", "c\rd"),
    [],
    [{"role": "system", "content": "alone"}],
    [{"role": "assistant", "content": "first"}],
    [{"role": "user", "content": "a"}, {"role": "user", "content": "b"}],
]

# Names of variables in small templates: see VARIABLES.
SNIPPETS = r"""
{{ 1 + 2 * 3 - 4 / 2 }}|{{ 7 // 2 }}|{{ -7 // 2 }}|{{ -7 % 3 }}|{{ 7 % -3 }}|{{ 1.5 + 1 }}|{{ 2 * 0.25 }}|{{ 7.5 // 2 }}
{{ 'a' ~ 1 ~ true ~ none ~ 1.0 ~ 1e3 }}
{{ 'a' ~ 1 ~ true ~ none ~ 1.0 }}
{{ "a" "b" }}{{ 'x' * 3 }}{{ 3 * 'y' }}{{ 'z' * -1 }}
{{ 'a\tb\n\'q\' \\ \x41 \u00e9 \U0001f600 \d' }}
{{ [1, 2, 3][0] }}{{ [1, 2, 3][-1] }}{{ [1, 2, 3][5] }}|{{ [1,2][1:] | length }}
{{ 'hello'[1:3] }}{{ 'hello'[::-1] }}{{ 'hello'[-3:] }}{{ 'hello'[:-1] }}{{ 'hello'[10:] }}{{ 'hello'[::2] }}{{ 'hello'[4:0:-2] }}
{{ {'a': 1, 'b': {'c': 2}}.b.c }}{{ {'a': 1}['a'] }}{{ {'a': 1}.z }}{{ {'items': 5}['items'] }}
{{ {'a': 1, 'a': 2}.a }}{{ {} is mapping }}{{ {'a': 1} | length }}{{ 'a' in {'a': 1} }}
{% for k, v in {'x': 1, 'y': 2}.items() %}{{ k }}={{ v }};{% endfor %}
{% for k, v in {'x': 1, 'y': 2} | items %}{{ loop.index }}{{ k }}={{ v }}{% if not loop.last %},{% endif %}{% endfor %}
{% for x in [3, 1, 2] if x > 1 %}{{ loop.index0 }}:{{ x }}:{{ loop.length }} {% else %}none{% endfor %}
{% for x in [] %}a{% else %}empty{% endfor %}
{% for x in 'abc' %}{{ loop.previtem | default('-') }}{{ x }}{{ loop.nextitem | default('+') }}{{ loop.revindex }}{{ loop.revindex0 }}{% endfor %}
{% for x in [1,2,3,4,5] %}{% if x == 2 %}{% continue %}{% endif %}{% if x == 4 %}{% break %}{% endif %}{{ x }}{% endfor %}
{% for x in [1, 2] %}{% for y in [1, 2] %}{{ loop.index }}{{ x }}{{ y }} {% endfor %}{{ loop.index }}{{ loop.first }}{% endfor %}
{% for x in range(3) %}{{ x }}{% endfor %}{% for x in range(1, 8, 3) %}{{ x }}{% endfor %}{% for x in range(3, 0, -1) %}{{ x }}{% endfor %}
{% for x in [1, 2, 3] %}{{ loop.cycle('a', 'b') }}{% endfor %}
{% for (a, b) in [[1, 2], [3, 4]] %}{{ a }}{{ b }}{% endfor %}
{% set x = 1 %}{% for i in [1, 2] %}{% set x = x + 1 %}{{ x }}{% endfor %}{{ x }}
{% set ns = namespace(n=0) %}{% for i in [1, 2, 3] %}{% set ns.n = ns.n + i %}{% endfor %}{{ ns.n }}
{% set a, b = 1, 2 %}{{ a }}{{ b }}{% set t = 1, %}{{ t | length }}
{% set x %}block {{ 1 + 1 }}{% endset %}[{{ x }}]{% set y | upper %}up{% endset %}{{ y }}
{% if x is defined %}d{% else %}u{% endif %}{% set x = none %}{% if x is defined %}d{% endif %}{% if x is none %}n{% endif %}{% if x is not none %}m{% endif %}
{% if 0 %}a{% elif '' %}b{% elif [] %}c{% elif {} %}d{% elif none %}e{% elif missing %}f{% else %}g{% endif %}
{{ 'a' if true else 'b' }}{{ 'a' if false }}|{{ ('a' if false) is undefined }}{{ 1 if 0 else 2 if 0 else 3 }}
{{ 1 < 2 < 3 }}{{ 1 < 3 < 2 }}{{ 1 == 1.0 }}{{ 'a' == 'a' }}{{ 'a' < 'b' }}{{ [1, 2] == [1, 2] }}{{ true == 1 }}{{ none == false }}
{{ 'b' in 'abc' }}{{ 'x' not in 'abc' }}{{ 2 in [1, 2] }}{{ not 1 in [1] }}{{ 1 in missing }}
{{ true and 'x' }}{{ '' or 'y' }}{{ not true }}{{ not (false or true) }}{{ 1 and 0 or 2 }}
{{ text | trim }}|{{ text | upper }}|{{ text | lower }}|{{ text | length }}|{{ text | capitalize }}|{{ 'ab cD-ef' | title }}
{{ text.strip() }}|{{ text.lstrip() }}|{{ text.rstrip() }}|{{ 'xxaxx'.strip('x') }}|{{ 'abcba'.lstrip('ab') }}|{{ 'abcba'.rstrip('ab') }}
{{ 'a,b,,c'.split(',') | join('|') }}{{ ' a  b c '.split() | join('|') }}{{ 'a b c d'.split(' ', 1) | last }}{{ 'a  b c'.split(none, 1) | join('|') }}
{{ 'abc'.startswith('ab') }}{{ 'abc'.endswith('bc') }}{{ 'abc'.startswith(('x', 'a')) }}{{ 'aXbX'.replace('X', 'yy') }}{{ 'aaa'.replace('a', 'b', 2) }}{{ 'ab'.replace('', '-') }}
{{ 'abc' | replace('b', 'BB') }}{{ 'aaa' | replace('a', 'b', 1) }}{{ 'abc'.upper() }}{{ 'ABC'.lower() }}{{ 'hello wOrld'.title() }}{{ 'hELLO'.capitalize() }}{{ 'banana'.find('nan') }}{{ 'banana'.count('a') }}
{{ '-'.join(['a', 'b']) }}{{ [1, 2, 'x'] | join }}{{ [1, 2] | join(', ') }}{{ people | join(', ', attribute='name') }}
{{ [3, 4] | first }}{{ [3, 4] | last }}{{ 'xyz' | first }}{{ [] | first }}|{{ 'abc' | list | length }}{{ {'k': 1} | list | first }}{{ [1, 2, 3] | reverse | first }}{{ 'abc' | reverse }}
{{ people | map(attribute='name') | join(',') }}{{ ['a', 'b'] | map('upper') | join }}{{ people | map(attribute='x', default='?') | join }}
{{ people | selectattr('age', '>', 30) | map(attribute='name') | join }}{{ people | rejectattr('age', 'gt', 30) | map(attribute='name') | join }}{{ people | selectattr('kind') | list | length }}{{ people | selectattr('name', 'equalto', 'Bo') | list | length }}
{{ [1, 2, 3, 4] | select('even') | join }}{{ [1, 2, 3, 4] | reject('odd') | join }}{{ [0, 1, ''] | select | join }}{{ [1, 2, 3] | select('in', [1, 3]) | join }}
{{ missing | default('d') }}{{ '' | default('d') }}{{ '' | default('d', true) }}{{ none | default('d') }}{{ missing | d('e') }}
{{ people | tojson }}{{ {'a': [1, 2.5, true, none, 'q"\\\n\t<é🩺>\x01']} | tojson }}
{{ {'a': [1, {'b': []}], 'c': {}} | tojson(indent=2) }}{{ {'b': 1, 'a': 2} | tojson(sort_keys=true) }}{{ [] | tojson(indent=4) }}
{{ 'a\nb\n\nc' | indent }}|{{ 'a\nb' | indent(2, true) }}|{{ 'a\n\nb' | indent(2, blank=true) }}|{{ 'a\nb' | indent(width=1) }}
{{ '42' | int + 1 }}{{ 'x' | int }}{{ 3.9 | int }}{{ '1.5' | float }}{{ 5 | string + 'x' }}{{ -3 | abs }}{{ 'a<b' | safe }}{{ [1, 1, 2] | unique | join }}{{ [1, 2] | count }}
{{ 1 is number }}{{ 1.5 is float }}{{ 1 is integer }}{{ true is boolean }}{{ 'a' is string }}{{ [] is sequence }}{{ [] is iterable }}{{ 1 is iterable }}{{ 'a' is mapping }}{{ 3 is odd }}{{ 4 is even }}{{ 9 is divisibleby 3 }}{{ 9 is divisibleby(2) }}{{ true is true }}{{ 0 is false }}{{ 'a' is eq 'a' }}{{ 1 is ne 2 }}{{ 1 is in [1] }}{{ 'A' is upper }}{{ 'a' is lower }}
{{ 'a' is string and 1 is not string }}{{ (x is defined) | string }}{{ not x is defined }}{{ range is callable }}
{%- macro hello(name, greeting='Hi', mark='!') -%}{{ greeting }} {{ name }}{{ mark }}{%- endmacro -%}{{ hello('Ann') }}{{ hello('Bo', greeting='Yo') }}{{ hello('C', 'D', 'E') }}
{% macro rec(n) %}{% if n > 0 %}{{ n }}{{ rec(n - 1) }}{% endif %}{% endmacro %}{{ rec(5) }}
{{ text.missing }}|{{ text['missing'] }}|{{ none.x }}|{{ people[0].name }}{{ people[0]['name'] }}{{ people.0.name }}
{{ people[0].get('name') }}{{ people[0].get('zip', 'none') }}{{ people[0].get('zip') }}{{ people[0].keys() | list | join(',') }}{{ people[0].values() | list | join(',') }}
{{ -5 + 2 }}{{ - 5 | abs }}{{ -(2) }}{{ +3 }}{{ 2 - -2 }}
{{ 1_000 + 1 }}{{ 'a' 'b' ~ 'c' }}{{ ('a', 'b')[1] }}{{ (1) }}{{ () | length }}
{{ dict(a=1, b=2).b }}{{ 'a%b' }}{{ '{{' }}{{ '%}' }}{{ {'a': {'b': 1}} | tojson }}
{# comment #}a{#- trimmed -#} b {# x
y #}
c
  {% if true %}
  kept
  {% endif %}
end

 a {%- if true -%} b {%- endif -%} c
 x {%+ if true %} y {% endif +%}
z
line1
    {{ 'v' }}
    {%- set q = 1 %}
    {{- 'w' -}}
  tail  

{% if true %}

two{% endif %}

{{ bos_token }}{{ eos_token is defined }}{{ tools is none }}{{ documents is none }}{{ add_generation_prompt }}
{{ 'ß'.upper() }}{{ 'ÀÉ'.lower() }}{{ 'ǆx'.capitalize() }}{{ '  \u00a0\u2003x\x1c'.strip() }}
{{ 'a' + 1 }}
{{ missing.attr }}
{{ missing + 'a' }}
{{ missing() }}
{{ 1 < 'a' }}
{{ 1 / 0 }}
{{ 1 in 'abc' }}
{{ [1, 2] + 'a' }}
{% for a, b in [1, 2] %}{% endfor %}
{% set x.y = 1 %}
{{ raise_exception('no ' ~ text) }}
{{ 'a' | nosuchfilter }}
{{ 'a' is nosuchtest }}
{% nosuchtag %}
{{ 1 + }}
{{ (1 }}
{{ 'open }}
{% if true %}
{% endif %}
{{ a b }}
{{ 1 ]
{% for x in 5 %}{% endfor %}
{{ 5 | length }}
{{ range(1000000) | length }}
{{ [] | join(none) }}
{{ 'abc'.split('') }}
""".strip("\n")

VARIABLES = {
    "text": "  Some Text\n",
    "people": [
        {"name": "Ann", "age": 41, "kind": True},
        {"name": "Bo", "age": 29, "kind": False},
    ],
}

# Each of these lines begins a template of several lines, up to the next blank one.
MULTILINE = ["{# comment #}a", " a {%- if true", "line1", "{% if true %}"]


def snippets():
    result = []
    lines = SNIPPETS.split("\n")
    index = 0
    while index < len(lines):
        line = lines[index]
        index += 1
        if line in ("{% if true %}",) and lines[index] == "{% endif %}":
            result.append(line)
            continue
        if any(line.startswith(start) for start in MULTILINE):
            while lines[index] != "" or (line == "{% if true %}"):
                line += "\n" + lines[index]
                index += 1
                if lines[index] == "" and line.startswith("{% if true %}\n\n"):
                    break
            line += "\n"
            index += 1
        if line:
            result.append(line)
    return result


def render(template, messages, spans=False, **variables):
    """The text and the spans, or nothing where Jinja2 refuses."""
    try:
        texts, marks = render_jinja_template(
            [messages], chat_template=template, return_assistant_tokens_mask=spans, **variables
        )
        return texts[0], [list(span) for span in marks[0]] if spans else None
    except Exception:
        return None, None


def family_rows(name):
    template = (HERE / f"{name}.jinja").read_text(encoding="utf-8")
    bos, eos = FAMILIES[name]
    tokens = {key: value for key, value in {"bos_token": bos, "eos_token": eos}.items() if value is not None}
    rows = []
    for number, messages in enumerate(CONVERSATIONS):
        for prompt in (False, True):
            variants = [{}] + ([{"enable_thinking": False}] if name == "qwen3" and prompt else [])
            for variant in variants:
                text, spans = render(template, messages, True, add_generation_prompt=prompt, **tokens, **variant)
                if spans is not None:
                    spans = [span for span in spans if span[0] < span[1]]
                rows.append({"chat": number, "prompt": prompt, "variables": variant, "text": text, "spans": spans})
    return {"bos": bos, "eos": eos, "rows": rows}


def token_rows(kind, family, added, bos, eos):
    """Ids and the assistant's mask with a tiny tokenizer that has a family's control tokens."""
    tokenizer = Tokenizer.from_file(str(HERE.parent / f"{kind}.tokenizer.json"))
    tokenizer.add_special_tokens([AddedToken(token, special=True, normalized=False) for token in added])
    path = HERE / f"{family}.tokenizer.json" if added else HERE.parent / f"{kind}.tokenizer.json"
    if added:
        tokenizer.save(str(path), pretty=False)
    fast = PreTrainedTokenizerFast(tokenizer_file=str(path), bos_token=bos, eos_token=eos)
    template = (HERE / f"{family}.jinja").read_text(encoding="utf-8")
    rows = []
    for number, messages in enumerate(CONVERSATIONS):
        if number == 6 or not any(message["role"] == "assistant" for message in messages):
            continue  # Number 6 has control tokens in its messages, which Hugging Face lets through.
        try:
            out = fast.apply_chat_template(
                messages, chat_template=template, tokenize=True, return_dict=True, return_assistant_tokens_mask=True
            )
        except Exception:
            continue
        rows.append({"chat": number, "ids": out["input_ids"], "mask": out["assistant_masks"]})
    return {"file": str(path.relative_to(HERE.parent)), "bos": bos, "eos": eos, "rows": rows}


def main():
    vectors = {
        "conversations": CONVERSATIONS,
        "variables": VARIABLES,
        "snippets": [
            {"template": t, "text": render(t, [], bos_token="<s>", add_generation_prompt=False, **VARIABLES)[0]}
            for t in snippets()
        ],
        "families": {name: family_rows(name) for name in FAMILIES},
        "tokens": {
            "chatML": token_rows("qwen2", "chatML", ["<|im_start|>", "<|im_end|>"], None, "<|im_end|>"),
            "llama2": token_rows("llama2", "llama2", [], "<s>", "</s>"),
            "llama3": token_rows(
                "llama3", "llama3", ["<|begin_of_text|>", "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>"],
                "<|begin_of_text|>", "<|eot_id|>",
            ),
            "mistral": token_rows("mistral", "mistral", [], "<s>", "</s>"),
            "gemma": token_rows(
                "gemma", "gemma", ["<bos>", "<eos>", "<start_of_turn>", "<end_of_turn>"], "<bos>", "<eos>"
            ),
        },
    }
    text = json.dumps(vectors, ensure_ascii=True, separators=(",", ":"))
    (HERE / "chat_vectors.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
