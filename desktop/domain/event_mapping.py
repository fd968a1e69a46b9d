"""How the lines of a log of ticket events are read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desktop.domain.errors import DeskError
from desktop.domain.event_log import Activity, LogEvent
from desktop.domain.ticket import index_of
from desktop.domain.ticket_dates import ISO, checked_form, reader, zone_of
from desktop.domain.ticket_mapping import FieldRule
from desktop.domain.ticket_template import bind_first, column_key, missing, parse
from desktop.domain.wording import one_line

FORMAT = "escalation-desk-replay/1"
_REQUIRED = ("reference", "at", "activity")
_KEYS = (
    *_REQUIRED,
    "opened_at",
    "owner",
    "severity",
    "business_impact",
    "made_sla",
    "title",
    "customer",
    "team",
)
_CHOICES = {
    "activity": {*(activity.value for activity in Activity), "unchanged"},
    "severity": {"1", "2", "3", "4"},
    "business_impact": {"0", "1", "2", "3", "4", "5"},
    "made_sla": {"yes", "no"},
}


@dataclass(frozen=True, slots=True)
class EventMapping:
    """One mapping of a log; see `TicketMapping` for zone, dates, empty and needs."""

    name: str
    rules: Mapping[str, FieldRule]
    zone: str
    dates: tuple[str, ...]
    empty: frozenset[str]
    needs: tuple[str, ...]

    @classmethod
    def from_mapping(cls, document: Mapping[str, Any]) -> "EventMapping":
        """The mapping of a document.

        Raises: DeskError naming the fault.
        """
        if document.get("format") != FORMAT:
            raise DeskError(f"This is no mapping of a log: its format is not {FORMAT}.", field="format")
        fields = document.get("fields")
        if not isinstance(fields, Mapping) or any(key not in fields for key in _REQUIRED):
            raise DeskError(f"A log's mapping needs the fields {', '.join(_REQUIRED)}.", field="fields")
        return cls(
            name=str(document.get("name", "")),
            rules={key: _rule(key, rule) for key, rule in fields.items()},
            zone=str(document.get("zone") or ""),
            dates=tuple(checked_form(str(form)) for form in document.get("dates") or [ISO]),
            empty=frozenset(str(word).casefold() for word in document.get("empty") or []),
            needs=tuple(column_key(str(name)) for name in document.get("recognised_by") or []),
        )

    def fits(self, columns: Sequence[str]) -> bool:
        """Whether a table of these columns looks like a log this mapping is for."""
        keys = {column_key(name) for name in columns}
        return bool(self.needs) and all(need in keys for need in self.needs)


class EventReader:
    """Reads the rows of one log."""

    def __init__(self, mapping: EventMapping, columns: Sequence[str], zone: str = "") -> None:
        """Raises: DeskError when a required field has no column, or the zone is unknown."""
        index = index_of(columns)
        self._mapping = mapping
        self._width = len(columns)
        self._empty = mapping.empty | {""}
        self._made = {}
        for key, rule in mapping.rules.items():
            templates = [parse(source) for source in rule.sources]
            if found := [template for template in templates if not missing(template, index)]:
                self._made[key] = bind_first(found, index)
            elif key in _REQUIRED:
                raise DeskError(f"The log has no column for {key}.", field=key)
        name = zone or mapping.zone
        self._date = reader(mapping.dates, zone_of(name) if name else None)

    def read(self, cells: Sequence[str]) -> LogEvent:
        """The event of a row.

        Raises: DeskError saying why not.
        """
        empty = self._empty
        even = ["" if cell.strip().casefold() in empty else cell for cell in cells[: self._width]]
        even += [""] * (self._width - len(even))
        said = {key: one_line(made(even)) for key, made in self._made.items()}
        activity = self._choice("activity", said)
        reference = said["reference"]
        if not reference:
            raise DeskError("The line names no ticket.", field="reference")
        return LogEvent(
            reference=reference,
            at=self._date(said["at"]),
            activity=None if activity in ("", "unchanged") else Activity(activity),
            opened_at=self._instant(said.get("opened_at", "")),
            owner=said.get("owner", ""),
            severity=int(self._choice("severity", said) or 0) or None,
            business_impact=_number(self._choice("business_impact", said)),
            made_sla={"yes": True, "no": False}.get(self._choice("made_sla", said)),
            title=said.get("title", ""),
            customer=said.get("customer", ""),
            team=said.get("team", ""),
        )

    def _instant(self, text: str) -> datetime | None:
        return self._date(text) if text else None

    def _choice(self, key: str, said: Mapping[str, str]) -> str:
        word = said.get(key, "")
        if not word:
            return ""
        rule = self._mapping.rules[key]
        found = rule.values.get(word.casefold()) or rule.otherwise
        if not found:
            raise DeskError(f"Nothing says what the {key} “{word[:60]}” stands for.", field=key)
        return found


def _number(text: str) -> int | None:
    return int(text) if text else None


def _rule(key: str, document: object) -> FieldRule:
    if key not in _KEYS:
        raise DeskError(f"A log has no field {key!r}.", field=f"fields.{key}")
    parts: Mapping[str, Any] = document if isinstance(document, Mapping) else {"from": document}
    sources = parts["from"] if isinstance(parts["from"], list) else [parts["from"]]
    values = {str(word).casefold(): str(value) for word, value in (parts.get("values") or {}).items()}
    rule = FieldRule(tuple(map(str, sources)), values, str(parts.get("otherwise") or ""))
    for value in (*values.values(), rule.otherwise):
        if value and value not in _CHOICES.get(key, {value}):
            raise DeskError(f"{value!r} is no {key}.", field=f"fields.{key}.values")
    return rule
