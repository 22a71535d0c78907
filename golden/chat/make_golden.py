"""Golden renderings of chat templates, by Jinja2 configured exactly as Transformers does it.

Run:  python golden/chat/make_golden.py    (writes golden.json beside itself)
All templates here are ours, written to exercise one construct each; models' own templates belong to their makers.
"""

import json
import pathlib

import jinja2
import transformers
from transformers.utils import chat_template_utils

HERE = pathlib.Path(__file__).parent
CHAT = [
    {"role": "system", "content": "Be brief."},
    {"role": "user", "content": "  Why is the sky blue?\n"},
    {"role": "assistant", "content": "<think>\nlight\n</think>\n\nRayleigh's \"scattering\" é 漢 🙂"},
    {"role": "user", "content": "thanks"},
]
TOOLS = [{"type": "function", "function": {"name": "add", "parameters": {"a": 1, "b": [True, None, 2.5], "c": {}}}}]
PLAIN = {"messages": CHAT, "tools": TOOLS, "bos_token": "<s>", "add_generation_prompt": True, "n": 3, "x": 2.0,
         "names": ["b", "A", "c", "b"], "d": {"two": 2, "One": 1, "three": 3}, "empty": [], "nothing": None}

TEMPLATES = [
    "{{ bos_token }}{% for m in messages %}[{{ m.role }}] {{ m['content'] | trim }}\n{% endfor %}",
    "{%- for m in messages -%}\n   {{ loop.index }}/{{ loop.length }} {{ loop.first }} {{ loop.last }} {{ loop.revindex0 }}\n{% endfor %}",
    "a\n  {% if add_generation_prompt %}\n  b\n  {% endif %}\nc\n",
    "a\n  {%+ if true %}\n  b\n  {%- endif +%}\nc {# gone #}\nd {#- gone -#}  e\n\n",
    "{{- 'x' -}}   y   {{- 'z' }}  w",
    "{% set ns = namespace(i=0, seen=messages|length - 1) %}{% for m in messages[::-1] %}{% set ns.i=ns.i+1 %}{% if m.role == 'user' and not ns.done is defined %}{% set ns.done = true %}{{ ns.i }}{% endif %}{% endfor %}{{ ns.seen }}{{ ns.done }}",
    "{% for m in messages if m.role == 'user' %}{{ loop.index }}{{ m.content }}{% else %}none{% endfor %}|{% for m in empty %}{% else %}none{% endfor %}",
    "{{ not tools is defined }} {{ nope is defined }} {{ nope is undefined }} {{ nothing is none }} {{ strftime_now is defined }}",
    "{{ tools | tojson }}\n{{ tools[0] | tojson(indent=2) }}\n{{ 'é\"\\n' | tojson }}{{ [] | tojson }}{{ {} | tojson(indent=4) }}",
    "{{ messages[0] }} {{ tools }} {{ [1, 2.0, 'a', \"it's\", none, true] }} {{ x }} {{ 1e20 }} {{ 1/3 }} {{ 0.1 + 0.2 }} {{ 12345678.0 }} {{ 1e-5 }}",
    "{{ messages[1:] | length }} {{ messages[:-1] | length }} {{ 'abcdef'[::-1] }} {{ 'abcdef'[1:4] }} {{ 'abc'[-1] }} {{ 'abcdef'[::2] }} {{ 'abcdef'[-2:] }} {{ 'abc'[5:] }}",
    "{{ messages[2].content.split('</think>')[-1].lstrip('\\n') }}|{{ messages[2]['content'].split('</think>')[0].rstrip('\\n').split('<think>')[-1].lstrip('\\n') }}",
    "{{ 'a.b.c'.split('.') }} {{ ' a  b '.split() }} {{ 'a,b,c'.split(',', 1) }} {{ 'aXbX'.rstrip('X') }} {{ 'xxaxx'.strip('x') }} {{ 'Ab'.upper() }} {{ 'aB c'.title() }} {{ 'aB'.startswith('a') }} {{ 'aB'.endswith(('x', 'B')) }}",
    "{% macro show(m, sep=': ') %}{{ m.role }}{{ sep }}{{ m.content | trim }};{% endmacro %}{% for m in messages %}{{ show(m) }}{{ show(m, sep='=') }}{% endfor %}",
    "{% macro tree(v) %}{% if v is mapping %}{% for k, w in v.items() %}{{ k }}({{ tree(w) }}){% endfor %}{% elif v is sequence and v is not string %}{% for w in v %}[{{ tree(w) }}]{% endfor %}{% else %}{{ v }}{% endif %}{% endmacro %}{{ tree(tools) }}",
    "{% macro box(t) %}<{{ t }}>{{ caller() }}</{{ t }}>{% endmacro %}{% call box('b') %}in{% endcall %}{% filter upper %}ab{{ n }}c{% endfilter %}{% set block %}x{{ n }}y{% endset %}{{ block }}{% set up | upper %}q{{ n }}{% endset %}{{ up }}",
    "{% for m in messages %}{% if loop.index0 == 1 %}{% continue %}{% endif %}{% if loop.index0 == 3 %}{% break %}{% endif %}{{ m.role }}{% endfor %}",
    "{% for m in messages %}{% if m.role == 'assistant' %}{% generation %}{{ m.content }}{% endgeneration %}{% else %}{{ m.role }}{% endif %}{% endfor %}",
    "{{ d | dictsort }} {{ d | dictsort(reverse=true) }} {{ d | dictsort(by='value') }} {{ d.items() | list }} {{ d.keys() | list }} {{ d.get('two') }} {{ d.get('x', 7) }} {{ d['nope'] }} {{ d | length }}",
    "{{ names | sort }} {{ names | unique | list }} {{ names | join('-') }} {{ names | first }} {{ names | last }} {{ names | reverse | list }} {{ names | map('upper') | list }} {{ [3,1,2] | max }} {{ [3,1,2] | min }} {{ [3,1,2] | sum }}",
    "{{ messages | selectattr('role', 'equalto', 'user') | map(attribute='content') | join('/') }} {{ messages | rejectattr('role', 'eq', 'user') | list | length }} {{ messages | map(attribute='role') | list }} {{ [0, 1, none, 2] | select | list }} {{ [1, 2, 3] | reject('odd') | list }}",
    "{{ 'a' if n > 2 else 'b' }} {{ 'a' if n > 5 }} {{ n == 3 and x == 2 }} {{ n != 3 or 'f' }} {{ 1 < n <= 3 }} {{ 'u' in 'user' }} {{ 'x' not in names }} {{ 'role' in messages[0] }}",
    "{{ n // 2 }} {{ n / 2 }} {{ n % 2 }} {{ 2 ** 3 }} {{ -n + 1 }} {{ 'ab' * 2 }} {{ 'a' ~ 1 ~ none }} {{ [1] + [2] }} {{ '%s-%s' % (1, 'b') }} {{ -7 // 2 }} {{ -7 % 3 }}",
    "{{ n is odd }} {{ n is even }} {{ n is divisibleby 3 }} {{ n is number }} {{ 'a' is string }} {{ d is mapping }} {{ names is iterable }} {{ x is float }} {{ n is integer }} {{ true is boolean }} {{ n is in [1, 3] }} {{ n is not none }} {{ n is gt 2 }}",
    "{{ nothing | default('d') }} {{ nope | default('d') }} {{ '' | default('d', true) }} {{ nope }} {{ '42' | int + 1 }} {{ 'x' | int(5) }} {{ '1.5' | float }} {{ 2.567 | round(1) }} {{ 2.5 | round }} {{ -3 | abs }} {{ 5 | string ~ 'a' }}",
    "{{ 'line one\nline two\n\nline four' | indent }}|{{ 'a\nb' | indent(2, true) }}|{{ 'a\nb' | indent(width=2, first=True) }}|{{ 'a\n\nb' | indent(1, blank=true) }}",
    "{{ 'hello World' | capitalize }} {{ 'hello world' | title }} {{ 'aaa' | replace('a', 'b', 2) }} {{ 'aaa'.replace('a', 'c') }} {{ '<a&\"b>' | escape }} {{ ' x ' | trim | length }} {{ 'a b c' | wordcount }}",
    "{% if not (messages | length > 5) %}short{% elif n %}n{% else %}long{% endif %}{% if empty %}e{% elif nothing %}f{% else %}g{% endif %}",
    "{% set a, b = 1, 'two' %}{{ a }}{{ b }}{% set c = (1, 2) %}{{ c[1] }}{% for k, v in d.items() %}{{ k }}={{ v }},{% endfor %}{% for i in range(3) %}{{ i }}{% endfor %}{% for i in range(5, 0, -2) %}{{ i }}{% endfor %}",
    "{% set outer = 1 %}{% for i in [1, 2] %}{% set outer = outer + i %}{{ outer }}{% endfor %}{{ outer }}{% if true %}{% set outer = 9 %}{% endif %}{{ outer }}",
    "{% raw %}{{ not rendered }}{% endraw %}{{ '{{' }}{{ \"a\\tb\\\\n\" }}{{ 'it' 's' }}",
    "{% for m in messages %}{{ loop.previtem.role if loop.previtem is defined else 'begin' }}>{{ m.role }} {{ loop.cycle('x', 'y') }} {% endfor %}{{ messages[9] is defined }}{{ messages[-1].role }}",
    "{{ messages[0].content is string and messages[0]['role'] == 'system' }}{{ tools[0].function.parameters.b[2] }}{{ tools.0.type }}",
    "{%- if messages[0]['role'] == 'system' -%}\n    {%- set system = messages[0]['content'] -%}\n    {%- set rest = messages[1:] -%}\n{%- else -%}\n    {%- set rest = messages -%}\n{%- endif -%}\n{{- system }}\n{%- for m in rest %}\n    {{- '<|' + m.role + '|>\\n' + m.content | trim + '\\n' }}\n{%- endfor %}\n{%- if add_generation_prompt %}{{ '<|assistant|>' }}{% endif %}\n",
    "{# a\n multi line #}\n{% set x = 1 %}\n\n  {{ x }}\n  {% set y = 2 %}  \n{{ y }}\n",
    "{{ [[1, 'a'], [2, 'b']] }}{{ {'k': [1, {'z': none}], 2: 'two'} }}{{ ({'a': 1}).a }}{{ 'a\\'b' }}{{ ['a\"b', 'a\\'b', 'n\\n'] }}",
    "{{ ['a', 'B'] | map('lower') | join }}{{ 'abc' | list }}{{ 'abc' | reverse }}{{ names.index('c') }}{{ names.count('b') }}{{ 'banana'.count('an') }}{{ 'banana'.find('n') }}",
]
FAILING = [
    "{{ raise_exception('roles must alternate') }}",
    "{% for m in messages %}",
    "{{ messages | nofilter }}",
    "{{ nope.attribute }}",
    "{{ 'a' + 1 }}",
    "{% unknown %}",
    "{{ 1 + }}",
    "{% set a.b = 1 %}",
]


def main():
    rendered = []
    for template in TEMPLATES:
        compiled = chat_template_utils._compile_jinja_template(template)
        rendered.append({"template": template, "rendered": compiled.render(**PLAIN)})
    for template in FAILING:
        try:
            chat_template_utils._compile_jinja_template(template).render(**PLAIN)
            raise SystemExit(f"does not fail: {template}")
        except jinja2.TemplateError:
            pass
        except TypeError:
            pass
    golden = {
        "versions": {"jinja2": jinja2.__version__, "transformers": transformers.__version__},
        "variables": PLAIN,
        "rendered": rendered,
        "failing": FAILING,
    }
    (HERE / "golden.json").write_text(json.dumps(golden, ensure_ascii=False, indent=1))


main()
