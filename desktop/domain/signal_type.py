"""A signal: one thing that a message from outside says."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeAlias

#: Any value JSON can write.
Json: TypeAlias = Any

#: Under this name `Signal.fields` holds what the desk itself understood, whatever the sender calls it:
#: texts by the names of `UNDERSTOOD`. A sender's own entry of this name gives way.
DESK = "desk"
UNDERSTOOD = ("severity", "priority", "customer", "reference", "reporter", "details")

LONGEST_TITLE = 1024
LONGEST_KEY = 255
_CUT = "…"
# Controls, and what turns the direction of writing, make a line that is not what it looks like.
_MISLEADING = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


class SignalAction(StrEnum):
    """What a signal asks for."""

    TRIGGER = "trigger"
    ACKNOWLEDGE = "acknowledge"
    RESOLVE = "resolve"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Signal:
    """One thing a message says.

    `dedup_key` None: the sender gave none and nothing stable stands for it, so it is an alert of its own.
    `severity_hint` is the sender's word for the gravity, as written, or empty. `fields` are JSON values
    nested as the sender nests them, and what the desk understood under `DESK`.
    """

    action: SignalAction
    dedup_key: str | None
    title: str
    severity_hint: str
    occurred_at: datetime | None
    fields: Mapping[str, Any]

    def understood(self, word: str) -> str:
        """The sender's text for one of `UNDERSTOOD`, or empty."""
        return str(self.fields.get(DESK, {}).get(word, ""))


def title_of(text: str, longest: int = LONGEST_TITLE) -> str:
    """A text as a title: one line, cut with a mark where it is too long."""
    line = text if text.isprintable() and "  " not in text else _one_line(text)
    line = line.strip()
    return line if len(line) <= longest else line[: longest - 1].rstrip() + _CUT


def understood(said: Mapping[str, str]) -> dict[str, str]:
    """What goes under `DESK`: what is said of `UNDERSTOOD`, each as one short line but for the details."""
    lines = {
        word: text.strip() if word == "details" else title_of(text, LONGEST_KEY)
        for word, text in said.items()
        if text
    }
    return {word: line for word, line in lines.items() if line}


def key_of(text: str) -> str | None:
    """A sender's text as a dedup key; None for none. One that is too long ends in a digest of its whole."""
    key = text.strip()
    if len(key) <= LONGEST_KEY:
        return key or None
    digest = hashlib.sha256(key.encode()).hexdigest()[:16]
    return f"{key[: LONGEST_KEY - len(digest) - 1]}{_CUT}{digest}"


def text_of(value: Json) -> str:
    """A single JSON value as text; empty for null, lists and objects."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int | float) else ""


def _one_line(text: str) -> str:
    return " ".join(_MISLEADING.sub(" ", text).split())
