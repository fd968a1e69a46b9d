"""How the columns of a table of tickets become fields: a document that is saved by name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from desktop.domain.errors import DeskError
from desktop.domain.ticket_dates import ISO, checked_form, zone_of
from desktop.domain.ticket_field import BY_KEY, REQUIRED, FieldKind
from desktop.domain.ticket_template import Template, column_key, missing, parse

FORMAT = "escalation-desk-import/1"

#: Words that stand for a choice whatever the mapping says.
_ALWAYS: Mapping[str, Mapping[str, str]] = {
    "made_sla": {"true": "yes", "false": "no", "1": "yes", "0": "no", "y": "yes", "n": "no"},
    "severity": {f"{word}{n}": str(n) for n in range(1, 5) for word in ("sev", "sev ", "severity ")},
}


@dataclass(frozen=True, slots=True)
class FieldRule:
    """Where a field comes from.

    `sources` are templates: of those whose columns are all there, the first that says something in a row is
    used. `values` translates what stands there, whatever its case; `otherwise` is for words it does not know,
    empty to refuse them.
    """

    sources: tuple[str, ...]
    values: Mapping[str, str] = field(default_factory=dict)
    otherwise: str = ""


@dataclass(frozen=True, slots=True)
class TicketMapping:
    """One mapping.

    `system` is the name under which references are kept; `zone` empty when it must be chosen before the first
    date without a zone; `empty` are texts that stand for nothing; `needs` are folded columns by which a file
    is recognised.
    """

    name: str
    system: str
    rules: Mapping[str, FieldRule]
    zone: str = ""
    dates: tuple[str, ...] = (ISO,)
    empty: frozenset[str] = frozenset()
    needs: tuple[str, ...] = ()
    about: str = ""

    @classmethod
    def from_mapping(cls, document: Mapping[str, Any]) -> "TicketMapping":
        """The mapping of a document, in the form `to_mapping` gives.

        Raises: DeskError naming the fault, with its path in `field`.
        """
        if document.get("format") != FORMAT:
            raise DeskError(f"This is no import mapping: its format is not {FORMAT}.", field="format")
        unknown = set(document) - _KEYS
        if unknown:
            raise DeskError(f"A mapping has no {sorted(unknown)[0]!r}.", field=sorted(unknown)[0])
        rules = _part(document, "fields", dict)
        mapping = cls(
            name=_text(document, "name"),
            system=_text(document, "system"),
            rules={str(key): _rule(str(key), rule) for key, rule in rules.items()},
            zone=_text(document, "zone"),
            dates=tuple(checked_form(str(form)) for form in _part(document, "dates", list)) or (ISO,),
            empty=frozenset(str(word).casefold() for word in _part(document, "empty", list)),
            needs=tuple(column_key(str(name)) for name in _part(document, "recognised_by", list)),
            about=_text(document, "about"),
        )
        return mapping.checked()

    def to_mapping(self) -> dict[str, Any]:
        """The mapping as a document of plain texts, lists and mappings."""
        return {
            "format": FORMAT,
            "name": self.name,
            "about": self.about,
            "system": self.system,
            "recognised_by": list(self.needs),
            "zone": self.zone,
            "dates": list(self.dates),
            "empty": sorted(self.empty),
            "fields": {key: _rule_document(rule) for key, rule in self.rules.items()},
        }

    def checked(self) -> "TicketMapping":
        """The mapping, if it can be used.

        Raises: DeskError.
        """
        if not self.system:
            raise DeskError("The mapping does not say which system the tickets come from.", field="system")
        if self.zone:
            zone_of(self.zone)
        for key, rule in self.rules.items():
            for source in rule.sources:
                parse(source)
            _check_values(key, rule)
        return self

    def with_rule(self, key: str, source: str) -> "TicketMapping":
        """The same with a field from another column or template; an empty source leaves the field out."""
        if key not in BY_KEY:
            raise DeskError(f"There is no field {key!r}.", hint=f"Fields are: {', '.join(BY_KEY)}.")
        rules = dict(self.rules)
        if source:
            rules[key] = replace(rules.get(key, FieldRule(())), sources=(source,))
        else:
            rules.pop(key, None)
        return replace(self, rules=rules)

    def with_values(self, key: str, values: Mapping[str, str]) -> "TicketMapping":
        """The same with words of a field translated so, beside those it knows already."""
        rule = self.rules[key]
        known = dict(rule.values) | {word.casefold(): value for word, value in values.items()}
        known = {word: value for word, value in known.items() if value}
        return replace(self, rules=dict(self.rules) | {key: replace(rule, values=known)})

    def sources_of(self, key: str, index: Mapping[str, int]) -> list[Template]:
        """The templates that can make a field in a table of these folded column names, may be empty."""
        rule = self.rules.get(key)
        templates = [parse(source) for source in (rule.sources if rule else ())]
        return [template for template in templates if not missing(template, index)]

    def unmapped(self, index: Mapping[str, int]) -> list[str]:
        """The required fields for which a table of these columns has nothing."""
        return [key for key in REQUIRED if not self.sources_of(key, index)]

    def fits(self, columns: Sequence[str]) -> bool:
        """Whether a table of these columns looks like one this mapping is for."""
        keys = {column_key(name) for name in columns}
        return bool(self.needs) and all(need in keys for need in self.needs)


_KEYS = frozenset({"format", "name", "about", "system", "recognised_by", "zone", "dates", "empty", "fields"})


def translated(key: str, rule: FieldRule, word: str) -> str | None:
    """What a word in a field with choices stands for; None when nobody said."""
    folded = word.casefold()
    found = rule.values.get(folded) or _ALWAYS.get(key, {}).get(folded)
    if found:
        return found
    if folded in _CHOICES[key]:
        return _CHOICES[key][folded]
    return rule.otherwise or None


_CHOICES = {
    key: {word.casefold(): value for value, title in entry.choices for word in (value, title)}
    for key, entry in BY_KEY.items()
    if entry.kind is FieldKind.CHOICE
}


def _rule(key: str, document: object) -> FieldRule:
    if key not in BY_KEY:
        raise DeskError(
            f"There is no field {key!r}.", field=f"fields.{key}", hint=f"Fields are: {', '.join(BY_KEY)}."
        )
    if not isinstance(document, Mapping):
        return FieldRule(_sources(key, document))
    unknown = set(document) - {"from", "values", "otherwise"}
    if unknown or "from" not in document:
        raise DeskError(
            "A field is a template, a list of them, or from, values and otherwise.", field=f"fields.{key}"
        )
    values = document.get("values") or {}
    if not isinstance(values, Mapping):
        raise DeskError("The values are words and what they stand for.", field=f"fields.{key}.values")
    return FieldRule(
        _sources(key, document["from"]),
        {str(word).casefold(): str(value) for word, value in values.items()},
        str(document.get("otherwise", "")),
    )


def _sources(key: str, document: object) -> tuple[str, ...]:
    sources = document if isinstance(document, list) else [document]
    if not all(isinstance(source, str | int) for source in sources):
        raise DeskError("A source is a column in braces or a text.", field=f"fields.{key}")
    return tuple(str(source) for source in sources)


def _rule_document(rule: FieldRule) -> object:
    sources: object = rule.sources[0] if len(rule.sources) == 1 else list(rule.sources)
    if not rule.values and not rule.otherwise:
        return sources
    return {"from": sources, "values": dict(rule.values), "otherwise": rule.otherwise}


def _check_values(key: str, rule: FieldRule) -> None:
    if key not in _CHOICES:
        return
    known = set(_CHOICES[key].values())
    for word, value in (*rule.values.items(), ("otherwise", rule.otherwise)):
        if value and value not in known:
            raise DeskError(
                f"“{word}” cannot stand for {value!r}.",
                field=f"fields.{key}.values",
                hint=f"Choose one of: {', '.join(sorted(known))}.",
            )


def _text(document: Mapping[str, Any], key: str) -> str:
    value = document.get(key) or ""
    if not isinstance(value, str):
        raise DeskError(f"{key} is a text.", field=key)
    return value.strip()


def _part(document: Mapping[str, Any], key: str, kind: type) -> Any:  # noqa: ANN401 - the kind that was asked for
    value = document.get(key)
    if value is None:
        return kind()
    if not isinstance(value, kind):
        raise DeskError(f"{key} is a {'list' if kind is list else 'mapping'}.", field=key)
    return value
