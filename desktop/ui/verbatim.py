"""What came from outside, shown as it came: nothing in it is followed, run or taken for markup."""

import json
import re
from contextlib import suppress

#: More than this of one body is not laid out; the rest is told.
_MOST = 60_000
# What turns the direction of writing or cannot be seen would make a text look like another one.
_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


def verbatim(body: bytes) -> str:
    """A body as text: JSON one entry to a line, anything else as it is; hidden characters by their codes."""
    text = body.decode("utf-8", "replace")
    with suppress(ValueError, RecursionError):
        text = json.dumps(json.loads(text), indent=2, ensure_ascii=False)
    shown = _HIDDEN.sub(_named, text[:_MOST])
    left_out = len(text) - _MOST
    return f"{shown}\n… and {left_out:,} characters more" if left_out > 0 else shown


def _named(match: re.Match[str]) -> str:
    return "" if match.group() == "\r" else f"⟨U+{ord(match.group()):04X}⟩"
