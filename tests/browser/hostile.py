"""Texts that would do something if a page took them for more than text. Each calls `pwned()` where it can run anything."""

RUN = "window.__pwned=1"
TEXTS: tuple[str, ...] = (
    f"<script>{RUN}</script>",
    f"</script><script>{RUN}</script>",
    f"<img src=x onerror={RUN}>",
    f'"><img src=x onerror="{RUN}">',
    f"'><svg onload='{RUN}'>",
    f"<svg><script>{RUN}</script></svg>",
    f"<svg><animate onbegin={RUN} attributeName=x dur=1s>",
    f"<body onload={RUN}>",
    f"<details open ontoggle={RUN}>",
    f"<input autofocus onfocus={RUN}>",
    f'<iframe srcdoc="<script>parent.{RUN}</script>"></iframe>',
    '<iframe src="https://elsewhere.example/"></iframe>',
    '<link rel=stylesheet href="https://elsewhere.example/a.css">',
    '<img src="https://elsewhere.example/pixel.gif">',
    '<meta http-equiv=refresh content="0;url=https://elsewhere.example/">',
    '<base href="https://elsewhere.example/">',
    '<form action="https://elsewhere.example/"><button>Go</button></form>',
    f"javascript:{RUN}",
    f"[click me](javascript:{RUN})",
    "![x](https://elsewhere.example/pixel.gif)",
    "<style>body{display:none}</style>",
    "{{constructor.constructor('window.__pwned=1')()}}",
    "${window.__pwned=1} #{window.__pwned=1} <%= window.__pwned=1 %>",
    "&lt;script&gt;window.__pwned=1&lt;/script&gt; &#60;b&#62;",
    "<!--<img src=x onerror=window.__pwned=1>-->",
    "<math><mtext></mtext><mglyph><style></math><img src=x onerror=window.__pwned=1>",
    "\\u003cscript\\u003ewindow.__pwned=1\\u003c/script\\u003e",
    "invoice\u202efdp.exe \u2066turned\u2069 \u200b\u200d\ufeff around",
    "W" * 400,
    "Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334\u0319\u0324\u031e\u0349\u035a\u032f\u031e\u0320\u034d" * 8,
    "event: error\ndata: {}\n\ndata: [DONE]",
    "a\tb\x01\x07\x1b[31mc",
)
"""Each is shown as it stands."""
SHORT = tuple(text for text in TEXTS if len(text) <= 100 and not set(text) & set("\n\t\x01"))
"""Those that fit into the form's fields."""
