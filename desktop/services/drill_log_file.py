"""Logs of drills as files of JSON lines: `sim_s`, `kind`, and what the kind needs."""

import json
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from desktop.domain.drill_log import DECIDED, Entry, Kind, to_line
from desktop.domain.drill_node import nearest
from desktop.domain.drill_plan import Plan
from desktop.domain.drill_scenario import Scenario
from desktop.domain.drill_words import RATINGS
from desktop.domain.errors import DeskError

_MOST_BYTES = 64 << 20
_OF_INJECT = {Kind.FIRED, Kind.HELD, Kind.SKIPPED, Kind.RECALLED, Kind.POSTPONED}
_OF_EXPECTATION = {Kind.HINT, Kind.OBSERVED, Kind.OVERRIDDEN}
_HINT = 'A line looks like {"sim_s": 240, "kind": "escalation.acknowledged"}.'


def read_log(path: Path, scenario: Scenario) -> list[Entry]:
    """The entries of a log file in the order of their time; equal times stay in the order of the file.

    Raises: DeskError naming the line of a fault.
    """
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise DeskError(f"{path.name} is larger than any drill's log.", hint="Is it the right file?")
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise DeskError(
            f"{path} cannot be read: {error.strerror or error}.", hint="Check its name."
        ) from error
    except UnicodeDecodeError as error:
        raise DeskError(f"{path.name} is not written in UTF-8.", hint=_HINT) from error
    return entries(text.splitlines(), scenario, path.name)


def entries(lines: Iterable[str], scenario: Scenario, name: str = "The log") -> list[Entry]:
    """The entries of lines of JSON.

    Raises: DeskError naming the line of a fault.
    """
    plan = Plan(scenario)
    found = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                found.append(_entry(line, plan))
            except DeskError as fault:
                raise DeskError(f"{name}, line {number}: {fault.message}", hint=fault.hint) from None
    found.sort(key=lambda entry: entry.sim_ms)
    return [Entry(seq, each.sim_ms, each.kind, each.body, each.by) for seq, each in enumerate(found, start=1)]


def write_log(log: Iterable[Entry]) -> str:
    """The text of a log file, which `entries` reads back."""
    return "".join(json.dumps(to_line(entry), ensure_ascii=False) + "\n" for entry in log)


def _entry(line: str, plan: Plan) -> Entry:
    try:
        said = json.loads(line, parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        raise DeskError(f"this is not JSON ({str(error)[:80]}).", hint=_HINT) from None
    if not isinstance(said, dict):
        raise DeskError("this is not one JSON object.", hint=_HINT)
    kind = said.pop("kind", None)
    if not isinstance(kind, str) or not kind:
        raise DeskError("“kind” is missing or no text.", hint=_HINT)
    sim_ms = _milliseconds(said.pop("sim_s", None))
    by = said.pop("by", "")
    said.pop("seq", None)
    body = _plain(said)
    _check(kind, body, plan)
    return Entry(0, sim_ms, kind, body, str(by) if by is not None else "")


def _milliseconds(value: object) -> int:
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        try:
            exact = Decimal(value) * 1000
            if exact.is_finite() and abs(exact) < 10**13:
                return int(exact)
        except InvalidOperation:
            pass
    raise DeskError("“sim_s” is no number of seconds.", hint=_HINT)


def _plain(value: Any) -> Any:  # noqa: ANN401 - a log holds any JSON
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list) else value


def _check(kind: str, body: Mapping[str, Any], plan: Plan) -> None:
    if kind in _OF_INJECT:
        _known(body.get("inject"), list(plan.injects), "inject")
    if kind == Kind.EFFECT:
        _known(body.get("inject"), list(plan.effects), "inject")
    if kind in _OF_EXPECTATION:
        _known(body.get("expectation"), list(plan.expectations), "expectation")
    if kind == Kind.COMPLICATION:
        _known(body.get("complication"), [card.id for card in plan.scenario.complications], "complication")
    if kind == Kind.DEFAULTED:
        _known(body.get("decision"), list(plan.decisions), "decision")
    if kind in (DECIDED, Kind.DEFAULTED) and body.get("decision") in list(plan.decisions):
        options = [option.id for option in plan.decisions[body["decision"]][1].options]
        _known(body.get("option"), options, f"option of {body['decision']}")
    checker = _CHECKS.get(kind)
    if checker is not None:
        checker(body, plan)


def _observed(body: Mapping[str, Any], plan: Plan) -> None:
    checks = [check.id for check in plan.expectations[body["expectation"]][1].checks]
    for key in ("ok", "unseen"):
        listed = body.get(key) or []
        if not isinstance(listed, list):
            raise DeskError(f"“{key}” is no list.", hint="List the ids of checks.")
        for each in listed:
            _known(each, checks, f"check of {body['expectation']}")
    if body.get("rating") and body["rating"] not in RATINGS:
        raise DeskError("“rating” is none of P, S, M, U.")
    for key in ("violated", "withdrawn"):
        if not isinstance(body.get(key, False), bool | None):
            raise DeskError(f"“{key}” is neither true nor false.")
    if not isinstance(body.get("at_s", 0), int | float):
        raise DeskError("“at_s” is no number of seconds.")


def _overridden(body: Mapping[str, Any], plan: Plan) -> None:
    if not str(body.get("reason", "")).strip():
        raise DeskError("an adjustment needs its reason.", hint='Add "reason".')
    if body.get("rating") and body["rating"] not in RATINGS:
        raise DeskError("“rating” is none of P, S, M, U.")
    if body.get("t_s") is not None and not _is_whole(body["t_s"]):
        raise DeskError("“t_s” is no whole number of seconds.")


def _numbered(*names: str) -> Callable[[Mapping[str, Any], Plan], None]:
    def check(body: Mapping[str, Any], plan: Plan) -> None:
        for name in names:
            if not _is_whole(body.get(name)):
                raise DeskError(f"“{name}” is missing or no whole number.")
        for name in ("seed", "speed", "chosen"):
            if name in body and not _is_whole(body[name]):
                raise DeskError(f"“{name}” is no whole number.")

    return check


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**12


_CHECKS: dict[str, Callable[[Mapping[str, Any], Plan], None]] = {
    Kind.OBSERVED: _observed,
    Kind.OVERRIDDEN: _overridden,
    Kind.STARTED: _numbered(),
    Kind.JUMPED: _numbered("to_ms"),
    Kind.POSTPONED: _numbered("to_ms"),
    Kind.SPEED: _numbered("speed"),
    Kind.EFFECT: _numbered("number"),
}


def _known(value: object, known: list[str], what: str) -> None:
    if value in known:
        return
    near = nearest(str(value), known)
    hint = f"Did you mean “{near}”?" if near else f"There are {', '.join(known[:12])}." if known else ""
    raise DeskError(f"there is no {what} “{value}”.", hint=hint)
