"""The body of a message as a JSON value: read strictly, so that two readers never see two things in it."""

import json
import math
import re
from collections.abc import Iterator
from typing import Any

from desktop.domain.errors import DeskError
from desktop.domain.signal_path import child
from desktop.domain.signal_type import Json

LARGEST_BODY = 1 << 20
DEEPEST = 64

_REPLACED = "\ufffd"
_LONGEST_PATH = 300
# JSON admits NUL and half characters only as escapes, so most bodies need no second look.
_ODD_ESCAPE = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])")
_ODD = re.compile("[\x00\ud800-\udfff]")
_HINT = "Send one JSON document in UTF-8."


class _Unusable(Exception):
    """Something in the body is at fault; a second reading says where."""


class _Wrong:
    """Stands in the place of what is at fault."""

    def __init__(self, key: str | None, message: str) -> None:
        self.key = key
        self.message = message


def read_body(body: bytes) -> Json:
    """The JSON value of a body.

    NUL and halves of characters become U+FFFD; numbers beyond 64 bits or the range of a double stay the text
    they were written in.

    Raises: DeskError for what is not UTF-8 or not JSON, repeats a key, or is too large or too deep.
    """
    if len(body) > LARGEST_BODY:
        raise DeskError("The body is larger than 1 MiB.", hint="Send fewer alerts at once.")
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise DeskError(f"The body is not UTF-8 at byte {fault.start + 1}.", hint=_HINT) from None
    value = read_text(text)
    return _without_odd(value) if _ODD_ESCAPE.search(body) else value


def read_nested(text: str) -> Json:
    """The JSON value a text inside a body holds, read as strictly, or the text itself where it holds none."""
    try:
        value = read_text(text)
    except DeskError:
        return text
    return _without_odd(value) if "\\u" in text else value


def read_text(text: str) -> Json:
    """The JSON value of a text.

    Raises: DeskError.
    """
    if not text.strip():
        raise DeskError("The body is empty.", hint=_HINT)
    try:
        value = _FAST.decode(text)
    except json.JSONDecodeError as fault:
        raise DeskError(
            f"The body is not JSON: {fault.msg} at line {fault.lineno}, column {fault.colno}.", hint=_HINT
        ) from None
    except RecursionError:
        raise _too_deep() from None
    except _Unusable:
        raise _fault_in(text) from None
    if text.count("{") + text.count("[") > DEEPEST:
        require_depth(value)
    return value


def require_depth(value: Json) -> None:
    """Refuse a value nested more than 64 deep.

    Raises: DeskError.
    """
    level = [value] if isinstance(value, dict | list) else []
    for _ in range(DEEPEST):
        level = [inner for outer in level for inner in _inner(outer)]
        if not level:
            return
    raise _too_deep()


def _inner(value: dict[str, Any] | list[Any]) -> list[dict[str, Any] | list[Any]]:
    inner = value.values() if isinstance(value, dict) else value
    return [entry for entry in inner if isinstance(entry, dict | list)]


def _too_deep() -> DeskError:
    return DeskError(f"The body is nested more than {DEEPEST} deep.", hint="Send a flatter document.")


def _whole(digits: str) -> int | str:
    if len(digits) > 20:
        return digits
    number = int(digits)
    return number if -(1 << 63) <= number < 1 << 63 else digits


def _fraction(digits: str) -> float | str:
    number = float(digits)
    return number if math.isfinite(number) else digits


def _constant(name: str) -> Json:
    raise _Unusable


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise _Unusable
    return made


def _marked_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for key, value in pairs:
        made[key] = _Wrong(key, "stands there twice") if key in made else value
    return made


def _marked_constant(name: str) -> _Wrong:
    return _Wrong(None, f"is {name}, which is no JSON value")


_FAST = json.JSONDecoder(
    object_pairs_hook=_object, parse_int=_whole, parse_float=_fraction, parse_constant=_constant
)
_MARKING = json.JSONDecoder(
    object_pairs_hook=_marked_object, parse_int=str, parse_float=str, parse_constant=_marked_constant
)


def _fault_in(text: str) -> DeskError:
    """What is at fault in a text that `_FAST` found unusable, and where."""
    try:
        found = next(_wrong_in(_MARKING.decode(text)), ("", _Wrong(None, "is at fault")))
    except (json.JSONDecodeError, RecursionError):
        return DeskError("The body is not JSON, or nested too deep.", hint=_HINT)
    path, wrong = _ODD.sub(_REPLACED, found[0])[:_LONGEST_PATH], found[1]
    return DeskError(f"{path or 'The body'} {wrong.message}.", field=path, hint=_HINT)


def _wrong_in(value: Json) -> Iterator[tuple[str, _Wrong]]:
    waiting = [("", value)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, _Wrong):
            yield path, value
        elif isinstance(value, dict):
            waiting.extend((child(path, key), inner) for key, inner in value.items())
        elif isinstance(value, list):
            waiting.extend((f"{path}[{place}]", inner) for place, inner in enumerate(value))


def _without_odd(value: Json) -> Json:
    if isinstance(value, str):
        return _ODD.sub(_REPLACED, value)
    if isinstance(value, list):
        return [_without_odd(inner) for inner in value]
    if not isinstance(value, dict):
        return value
    made = {_ODD.sub(_REPLACED, key): _without_odd(inner) for key, inner in value.items()}
    if len(made) != len(value):
        raise DeskError("Two names in the body differ only in characters that cannot be shown.", hint=_HINT)
    return made
