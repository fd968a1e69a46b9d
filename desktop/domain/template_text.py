"""Fills a template: its words come from the engine, the values do not pass through it.

The engine writes a mark where a value stands; the value takes the mark's place once the engine is done. So
nothing that a value holds is ever read as part of a template.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, lru_cache

from jinja2 import Environment, TemplateError
from jinja2 import Template as Compiled

from desktop.domain import template_syntax
from desktop.domain.errors import DeskError
from desktop.domain.inert import LONGEST_ITEM, MOST_ITEMS, inert
from desktop.domain.merge_field import FIELDS, NOTHING, EmptyKind, FieldKind, Value, is_for, rule_at
from desktop.domain.message import Audience, Rendered, Stage
from desktop.domain.template_syntax import Fault, check, fields_of, names_in
from desktop.domain.template_time import clock_of, in_message
from desktop.domain.template_token import MADE, Token

__all__ = ["Fault", "check", "fields_of", "fill", "in_words", "names_in", "placeholder"]

#: A message longer than this is cut, and says so.
LONGEST_MESSAGE = 200_000
#: The templates of one message and of a page of them are filled again and again while people type.
_MOST_COMPILED = 128
_CORRECT = "Correct the template."
_CUT = "\n[The message is too long and was cut here.]"

_BEGIN, _END, _GONE = "\ue000", "\ue001", "\ue002"
_MARK = re.compile(f"{_BEGIN}(\\d+){_END}")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_INNER = re.compile(r"\{([a-z_]+)\}")
_ABOUT_GONE = re.compile(f"[ \t]*{_GONE}[ \t]*")
_BLANKS = re.compile(r"\n{3,}")
#: Fields that hold one line, though people write them.
_LINES = frozenset({"title_plain", "contact_first_name", "owner_role", "channel_name", "review_link"})
#: Fields of the record that hold several lines.
_PARTS = frozenset({"summary", "impact", "owners"})


def fill(
    subject: str,
    body: str,
    values: Mapping[str, Value],
    *,
    stage: Stage,
    audience: Audience,
    zone: str,
    now: datetime,
    also_zone: str = "",
) -> Rendered:
    """The template with the values in it, times in this zone; the subject in one line.

    What must not be empty and is stands there as `placeholder` says. `also_zone` is that of a reader of one's
    own, told beside the next update.

    Raises: DeskError naming line, words and fix of a template that cannot be read.
    """
    sheet = _Sheet(values, stage, audience, zone, now, "" if audience is Audience.CUSTOMER else also_zone)
    head = sheet.written(subject, in_subject=True)[0]
    text, spans = sheet.written(body, in_subject=False)
    return Rendered(
        subject=inert(head, one_line=True, most=template_syntax.LONGEST_SUBJECT),
        body=text,
        values=dict(sheet.said),
        spans=spans,
        missing=tuple(sheet.missing),
        unknown=tuple(sheet.unknown),
    )


def in_words(name: str, value: Value, zone: str, now: datetime) -> str:
    """What a field says with this value, in one line; empty where it is missing."""
    if value.is_missing:
        return ""
    if value.at is not None:
        return in_message(value.at, zone, now)
    return "; ".join(_items(value)) or inert(value.text, one_line=True)


def placeholder(name: str) -> str:
    """What stands where a field must not be empty and is."""
    return f"[still to write: {FIELDS[name].label.lower()}]" if name in FIELDS else f"[no such field: {name}]"


@dataclass
class _Sheet:
    """What one message is filled with, and what was found missing on the way."""

    values: Mapping[str, Value]
    stage: Stage
    audience: Audience
    zone: str
    now: datetime
    also_zone: str
    said: dict[str, str] = field(default_factory=dict)
    missing: dict[str, None] = field(default_factory=dict)
    unknown: dict[str, None] = field(default_factory=dict)
    _puts: list[tuple[str, str]] = field(default_factory=list)

    def written(self, text: str, *, in_subject: bool) -> tuple[str, tuple[tuple[str, int, int], ...]]:
        """A text of the template with the values in it, and where they stand."""
        template = _compiled(_PRIVATE.sub("\ufffd", text), in_subject)
        names = {name for name, *_ in names_in(text)}
        self._puts = []
        try:
            marked = template.render({name: self.token(name) for name in names})
        except TemplateError as error:
            raise DeskError(
                f"The template cannot be filled: {error}", hint="Correct the template."
            ) from error
        return self._unmarked(_tidy(marked))

    def token(self, name: str) -> Token:
        """What stands for a field in the engine."""
        if name not in FIELDS or not is_for(name, self.audience):
            return Token(self, name, placeholder(name), state="unknown")
        value = self.values.get(name, NOTHING)
        if not value.is_missing:
            return self._there(name, value)
        rule = rule_at(name, self.stage)
        if rule.kind is EmptyKind.BLOCK:
            return Token(self, name, placeholder(name), state="missing")
        if rule.kind is EmptyKind.SAY:
            return Token(self, name, self._instead(rule.words, rule.otherwise), state="said")
        return Token(self, name, "", state="gone")

    def put(self, name: str, text: str, state: str) -> str:
        """The mark of a value in the engine's text."""
        if state == "gone":
            return _GONE
        if state == "missing":
            self.missing[name] = None
        elif state == "unknown":
            self.unknown[name] = None
        else:
            self.said.setdefault(name, text)
        self._puts.append((name, text))
        return f"{_BEGIN}{len(self._puts) - 1}{_END}"

    def _there(self, name: str, value: Value) -> Token:
        if value.at is not None:
            also = self.also_zone if name == "next_update_at" else ""
            text = in_message(value.at, self.zone, self.now, also)
            local = in_message(value.at, self.zone, self.now, names_zone=False)
            return Token(self, name, text, clock=clock_of(value.at, self.zone), local=local)
        items = _items(value)
        if FIELDS[name].kind is FieldKind.LIST:
            items = items or (inert(value.text, one_line=True),)
            return Token(self, name, "; ".join(items), items=items)
        is_line = name in _LINES or not (FIELDS[name].is_written or name in _PARTS)
        return Token(self, name, inert(value.text or "; ".join(items), one_line=is_line))

    def _instead(self, words: str, otherwise: str) -> str:
        """Words for an empty field, with the fields they name; a missing one among them gives the others."""
        found: dict[str, str] = {}
        for name in _INNER.findall(words):
            value = self.values.get(name, NOTHING)
            if value.is_missing or not is_for(name, self.audience):
                return otherwise
            found[name] = in_words(name, value, self.zone, self.now)
        return _INNER.sub(lambda place: found[place[1]], words)

    def _unmarked(self, marked: str) -> tuple[str, tuple[tuple[str, int, int], ...]]:
        parts: list[str] = []
        spans: list[tuple[str, int, int]] = []
        at = done = 0
        for mark in _MARK.finditer(marked):
            name, text = self._puts[int(mark[1])]
            before = marked[done : mark.start()]
            begin = at + len(before)
            at, done = begin + len(text), mark.end()
            parts += (before, text)
            spans.append((name, begin, at))
            if at > LONGEST_MESSAGE:
                whole = "".join(parts)[:LONGEST_MESSAGE]
                return whole + _CUT, tuple(span for span in spans if span[2] <= LONGEST_MESSAGE)
        parts.append(marked[done:])
        return "".join(parts), tuple(spans)


@cache
def _engine() -> Environment:
    made = template_syntax.environment().overlay()
    made.filters = dict(MADE)
    return made


@lru_cache(_MOST_COMPILED)
def _compiled(text: str, in_subject: bool) -> Compiled:
    if faults := check(text, in_subject=in_subject):
        unreadable = [fault for fault in faults if fault.why != template_syntax.NO_FIELD]
        if unreadable:
            raise DeskError(unreadable[0].sentence, hint=_CORRECT)
    return _engine().from_string(text)


def _items(value: Value) -> tuple[str, ...]:
    kept = [inert(item, one_line=True, most=LONGEST_ITEM) for item in value.items]
    kept = [item for item in kept if item]
    if len(kept) > MOST_ITEMS:
        kept = [*kept[:MOST_ITEMS], f"and {len(kept) - MOST_ITEMS} more"]
    return tuple(kept)


def _tidy(marked: str) -> str:
    """Without the room that a field left behind which said nothing."""
    lines = []
    for line in marked.split("\n"):
        kept = _ABOUT_GONE.sub(" ", line)
        if kept != line:
            kept = re.sub(r" +([.,;:!?])", r"\1", kept).strip(" ")
            if not kept.strip(" .,;:-–·*"):
                continue
        lines.append(kept.rstrip(" \t"))
    return _BLANKS.sub("\n\n", "\n".join(lines)).strip("\n")
