"""Text as an attacker writes it: each must be shown as text wherever text is shown."""

from __future__ import annotations

HOSTILE = {
    "script": "<script>alert(1)</script>",
    "image": "<img src=x onerror=alert(1)>",
    "backtick": "`alert(1)`",
    "template": "${alert(1)}",
    "jinja": "{{ 7*7 }}{% raw %}{# x",
    "jinja-name": "{{ 'map' }}",
    "quotes": "\"'--></b>",
    "bidi": "ab\u202egnp.exe\u202c",
    "formula": "=cmd|' /C calc'!A0",
    "formula-plus": "+1+1",
    "formula-at": "@SUM(1)",
    "nul": "nul\x00byte",
    "surrogate": "lone\ud800surrogate",
    "emoji": "😀👩‍👩‍👧 ok",
    "link": "[x](javascript:alert(1))",
    "latex": "$$\\int x$$",
    "markup": "**b** _i_ # h :red[x] :smile: :material/home:",
    "address": "http://evil.example/x",
    "long": "长" * 100_000,
}
# What is shown in place of what cannot be: see layers/text.py.
SHOWN = {
    **HOSTILE,
    "bidi": "ab\ufffdgnp.exe\ufffd",
    "nul": "nul\ufffdbyte",
    "surrogate": "lone\ufffdsurrogate",
}
