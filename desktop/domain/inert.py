"""Text of others as it may stand in a message: letters, never orders to a program or a screen."""

import re

from desktop.domain.wording import clean

#: A value longer than this is cut, and says so.
LONGEST_VALUE = 20_000
LONGEST_ITEM = 2_000
#: More items of a list than this are counted.
MOST_ITEMS = 50

# Turns the order of what stands around it, or is not to be seen: marks of direction, of width and of tags.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff"
    "\uffa0\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_BREAKS = re.compile("[\x0b\x0c\x85\u2028\u2029]")
# For the engine's own marks (see `template_text`), and no characters at all.
_PRIVATE = re.compile("[\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff]")


def inert(text: str, *, one_line: bool = False, most: int = LONGEST_VALUE) -> str:
    """The text without what controls: line ends as line feeds, or none, and nothing that turns or hides."""
    kept = _BREAKS.sub("\n", clean(text))
    kept = _PRIVATE.sub("\ufffd", _UNSEEN.sub("", kept))
    if one_line:
        kept = " ".join(kept.split())
    kept = _CONTROLS.sub("\ufffd", kept).strip()
    if len(kept) <= most:
        return kept
    return f"{kept[:most].rstrip()}… (and {len(kept) - most} more characters)"


def is_blank(text: str) -> bool:
    """Whether nothing of a text is to be seen."""
    return not inert(text).strip("\u200c\u200d\u2800 \t\n")
