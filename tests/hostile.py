"""Forty texts that break things: for every text attribute, file name and field of accounts and peers.

Each stands for a family: what one of a kind does to a page, all of it do.
"""

from __future__ import annotations

from typing import Final

HOSTILE: Final[tuple[str, ...]] = (
    # HTML and script, by element, attribute, and what editors and parsers mend
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    '"><script>alert(1)</script>',
    "' onmouseover='alert(1)",
    "</title></textarea></style><script>alert(1)</script>",
    "<iframe srcdoc='<script>parent.alert(1)</script>'>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--><img src=1 onerror=alert(1)>'>",
    "<base href=https://evil.example/><a href=x>Befund</a>",
    "<meta http-equiv=refresh content=0;url=https://evil.example/>",
    "&lt;script&gt;alert(1)&lt;/script&gt; &#x3c;b&#x3e;",
    "javascript:alert(document.cookie)",
    "data:text/html,<script>alert(1)</script>",
    # styles
    "</style><style>*{display:none}body{background:url(https://evil.example/)}",
    "red;position:fixed;inset:0;background:url(javascript:alert(1))",
    # templates and format strings
    "{{constructor.constructor('alert(1)')()}}",
    "${alert(1)}#{7*7}<%= 7*7 %>",
    "{n} {name} {0} %s %n %x %d%%",
    "__proto__",
    "constructor",
    # databases, shells, paths, spreadsheets
    "'; DROP TABLE study; --",
    "' OR '1'='1' UNION SELECT password_hash FROM credential --",
    "%_*?[a-z]^$.|()",
    "$(touch /tmp/kontor-hostile) `id` ; rm -rf / | cat",
    "../../../../etc/passwd",
    "..\\..\\windows\\system32\\drivers",
    "=cmd|' /C calc'!A0",
    '@SUM(1+1)*cmd|"/C calc"!A0',
    "+49 89 1234567-0",
    # texts that turn, hide, stack, join, or are longer than any place for them
    "Muster\u202egpj.exe",
    "\u2066Muster\u2069\u200f\u061c \u05d0\u05d1\u05d2 \u0627\u0644\u0639\u0631\u0628\u064a\u0629",
    "Mus\u200bter\u200d\ufeff\u2060",
    "Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334\u0319\u0324\u031e\u0349\u035a\u032f\u031e\u0320\u034da\u036b\u0357\u0334\u0362\u0335\u031c\u0330\u0354l\u0368\u0367\u0369\u0358\u0320g\u0311\u0357\u030e\u0305\u035b\u0341\u0334\u033b\u0348\u034d\u0354\u0339o\u0357\u0321\u0361\u0341\u0310\u033f",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "W" * 10_000,
    "Ein sehr langer Satz mit vielen kurzen Worten " * 200,
    "\u5f71\u50cf\u8a3a\u65ad\uff1d\u653e\u5c04\u7dda\u79d1\ufdfd\u12031",
    # controls
    "Muster\x00Anna",
    "Zeile\r\nSet-Cookie: kontor_session=1\r\n\r\n<b>Zeile</b>",
    "\x1b[2J\x1b]0;Titel\x07\x08\x7f\x85",
)
"""Unique, at least forty; NUL and controls included: a field that cannot carry one refuses it or leaves it out."""


def fitting(text: str, longest: int, without: str = "") -> str:
    """The text cut to a field's length, without the characters that its format keeps for itself."""
    return "".join(sign for sign in text if sign not in without)[:longest]
