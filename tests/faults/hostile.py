"""Words as an attacker, a broken program or a cat on the keyboard would write them."""

WORDS = {
    "markup": "<b>Fatal</b> <img src='file:///etc/passwd'> <script>alert(1)</script> &amp; 5 < 6",
    "link": "<a href='https://example.invalid/'>Click here</a>",
    "formula": "=cmd|' /C calc'!A0",
    "plus formula": '+HYPERLINK("https://example.invalid")',
    "control characters": "Bell\x07 esc\x1b[31m back\x08 del\x7f next\x85line\u2028par\u2029agraph",
    "line ends": "first\r\nsecond\rthird\nfourth\ttab",
    "right to left": "invoice\u202egpj.exe\u202c \u200fשלום\u200e \u2066isolated\u2069",
    "nul": "before\0after",
    "half a letter": "broken \ud800 paste \udfff",
    "sql": "Robert'); DROP TABLE escalation; --",
    "search syntax": 'NEAR(" OR * - ^title : (AND) "',
    "format": "%s %n {0} {title!r} ${HOME} %(name)s",
    "path": "../../../../etc/passwd\\..\\con",
    "heaped marks": "Z" + "\u0335\u0321\u0327\u0353" * 500 + "algo",
    "megabyte": "A title that never ends " * 45_000,
    "one endless word": "x" * 1_000_000,
    "emoji": "👩‍👩‍👧‍👦🏳️‍🌈 down \ufeff\u200b",
}
#: What may stand on one line of a screen, a notification or a file without being anything but text.
UNSHOWN = frozenset("\0\x07\x08\x1b\x7f")
