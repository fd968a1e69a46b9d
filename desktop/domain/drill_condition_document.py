"""Conditions as a scenario's document holds them, and back."""

from typing import Any

from desktop.domain.drill_condition import DEEPEST, All, AnyOf, Condition, Elapsed, Is, Not
from desktop.domain.drill_node import Part, write_duration

#: What can be asked about, by the name of the key.
ASKED = ("decision", "expectation", "inject")
_FORMS = (*ASKED, "elapsed", "all", "any", "not")
_HINT = 'Write it like {decision: D1, is: [stop]}, {elapsed: {min: "30m"}}, or all, any, not around such.'


def read_condition(part: Part, level: int = 0) -> Condition | None:
    """A condition; None where it is none, which is noted."""
    if level > DEEPEST:
        part.fault(f"conditions are nested deeper than {DEEPEST}.", "Split the inject in two.")
        return None
    if not isinstance(part.value, dict):
        part.fault("this is not a condition.", _HINT)
        return None
    forms = [key for key in part.value if key in _FORMS]
    if len(forms) != 1:
        part.parts((), (*_FORMS, "is"))
        part.fault("a condition asks exactly one thing.", _HINT)
        return None
    form = forms[0]
    if form in ASKED:
        found = part.parts((form, "is"))
        return Is(form, found[form].text(), found["is"].texts()) if "is" in found else None
    return _read_form(part.parts((form,))[form], form, level)


def _read_form(inner: Part, form: str, level: int) -> Condition | None:
    if form == "elapsed":
        found = inner.parts((), ("min", "max"))
        if not found:
            inner.fault("neither min nor max is given.", _HINT)
            return None
        least = found["min"].duration() if "min" in found else 0
        return Elapsed(least, found["max"].duration() if "max" in found else None)
    if form == "not":
        part = read_condition(inner, level + 1)
        return Not(part) if part else None
    read = [read_condition(item, level + 1) for item in inner.items(least=1)]
    parts = tuple(part for part in read if part)
    if not parts:
        return None
    return All(parts) if form == "all" else AnyOf(parts)


def write_condition(condition: Condition) -> dict[str, Any]:
    """The document of `read_condition`."""
    if isinstance(condition, Is):
        return {condition.kind: condition.ref, "is": list(condition.words)}
    if isinstance(condition, Elapsed):
        bounds: dict[str, str] = {}
        if condition.least_s or condition.most_s is None:
            bounds["min"] = write_duration(condition.least_s)
        if condition.most_s is not None:
            bounds["max"] = write_duration(condition.most_s)
        return {"elapsed": bounds}
    if isinstance(condition, Not):
        return {"not": write_condition(condition.part)}
    name = "all" if isinstance(condition, All) else "any"
    return {name: [write_condition(part) for part in condition.parts]}
