"""Values that try to be more than text: what a preview is filled with to show that they stay text."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from desktop.domain.merge_field import FIELDS, FieldKind, Value

#: What people, customers and programs have written into fields elsewhere, each to another end.
SPITEFUL: tuple[str, ...] = (
    "{{ 7 * 7 }}",
    "{% for x in range(10**9) %}{{ x }}{% endfor %}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{# gone #} {{ next_update_at",
    "<script>alert('read me')</script>",
    "<img src=x onerror=alert(1)><b>bold</b> &amp; &#123;",
    '=HYPERLINK("http://example.invalid","click")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\u202egnirts a fo dne \u2066the wrong way round\u2069",
    "one line\r\nBcc: everybody@example.invalid\r\n\r\nanother message",
    "a\x00b\x07c\x1b[31mred\x1b[0m",
    "${7*7} #{7*7} %(ref)s {0} \\n `rm -rf` **loud** [click](javascript:alert(1))",
    "\ue0000\ue001 \ue002 \ufdd0",
    "Zalgo: " + "e" + "\u0301" * 200,
    "long " * 2_000,
    "x" * 10_240,
)
EMPTY: Mapping[str, Value] = {}


def hostile_values(now: datetime) -> dict[str, Value]:
    """A value for every field, each of them hostile; times are far away."""
    found: dict[str, Value] = {}
    for place, field in enumerate(FIELDS.values()):
        words = SPITEFUL[place % len(SPITEFUL)]
        if field.kind is FieldKind.DATE:
            found[field.name] = Value(source="preview", at=now + timedelta(days=400 * (place % 7) - 900))
        elif field.kind is FieldKind.LIST:
            items = (words, *SPITEFUL[:3])
            found[field.name] = Value("; ".join(items), "preview", items=items)
        else:
            found[field.name] = Value(words, "preview")
    return found
