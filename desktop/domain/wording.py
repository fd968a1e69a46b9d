"""Text that people or other programs gave: kept as it is, but for what no text can hold."""

import re

from desktop.domain.errors import DeskError

#: NUL ends a text in many programs, and a lone surrogate is no letter in any encoding.
_UNFIT = re.compile("[\x00\ud800-\udfff]")
_REPLACEMENT = "\ufffd"


def clean(text: str) -> str:
    """The text with NUL and lone surrogates shown as �, line ends as line feeds, outer space gone."""
    return _UNFIT.sub(_REPLACEMENT, text).replace("\r\n", "\n").replace("\r", "\n").strip()


def fit(text: str) -> str:
    """The text with its outer space, as it is while somebody types: otherwise as `clean`."""
    return _UNFIT.sub(_REPLACEMENT, text).replace("\r\n", "\n").replace("\r", "\n")


def one_line(text: str) -> str:
    """The same as one line with single spaces, as titles and names are."""
    return " ".join(_UNFIT.sub(_REPLACEMENT, text).split())


def required(text: str, field: str, message: str, hint: str = "") -> str:
    """The clean text.

    Raises: DeskError with that message when nothing is left of it.
    """
    kept = clean(text)
    if not kept:
        raise DeskError(message, field=field, hint=hint)
    return kept
