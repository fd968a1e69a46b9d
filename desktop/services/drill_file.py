"""Scenario files: read with the line of every fault, and written so that differences stay small."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any

import yaml

from desktop.domain.drill_check import check_scenario
from desktop.domain.drill_document import read_scenario, write_scenario
from desktop.domain.drill_node import Fault, Path, read_duration
from desktop.domain.drill_scenario import Scenario
from desktop.domain.errors import DeskError
from desktop.services.drill_yaml import Located, NotYaml, read_located

MOST_BYTES = 1 << 20
_Writer: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_ONE_LINE = 90
_CONTROLS = re.compile(r"[^\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd]")


@dataclass(frozen=True, slots=True)
class FileFault:
    """What is wrong in a line of a file; a warning may stay."""

    line: int
    place: str
    message: str
    hint: str = ""
    is_warning: bool = False

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        return f"line {self.line}: {where}{self.message} {self.hint}".rstrip()


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file came to: the scenario, as far as it is one, and what was found by the way."""

    scenario: Scenario | None
    faults: tuple[FileFault, ...]

    @property
    def errors(self) -> tuple[FileFault, ...]:
        """What must be put right before anybody can play it."""
        return tuple(fault for fault in self.faults if not fault.is_warning)


def read_text(text: str) -> Reading:
    """The scenario in a text of YAML or JSON, looked through in every respect."""
    try:
        located = _located(text)
    except NotYaml as fault:
        return Reading(None, (FileFault(fault.line, "", fault.message, fault.hint),))
    scenario, faults = read_scenario(located.value)
    if scenario is not None and not faults:
        faults = check_scenario(scenario)
    placed = sorted(_placed([*located.faults, *faults], located), key=lambda each: (each.line, each.place))
    return Reading(scenario, tuple(placed))


def read_file(path: FilePath) -> Reading:
    """The scenario in a file.

    Raises: DeskError when it cannot be read at all.
    """
    try:
        data = path.read_bytes() if path.stat().st_size <= MOST_BYTES else None
    except OSError as error:
        raise DeskError(
            f"{path} cannot be read: {error.strerror or error}.", hint="Check its name."
        ) from error
    if data is None:
        raise DeskError(
            f"{path.name} is larger than 1 MB.", hint="A scenario is text; leave attachments out."
        )
    try:
        return read_text(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise DeskError(f"{path.name} is not written in UTF-8.", hint="Save it as UTF-8.") from error


def load(path: FilePath) -> Scenario:
    """A scenario that can be played.

    Raises: DeskError naming the first fault and how many there are.
    """
    reading = read_file(path)
    if reading.errors or reading.scenario is None:
        more = f" ({len(reading.errors) - 1} more)" if len(reading.errors) > 1 else ""
        raise DeskError(f"{path.name}, {reading.errors[0]}{more}", hint=f"See: drill check {path.name}")
    return reading.scenario


def write_text(scenario: Scenario) -> str:
    """A scenario as YAML, always in the same order; `read_text` gives the same scenario back."""
    dumped: str = yaml.dump(
        write_scenario(scenario), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110
    )
    return dumped


def write_json(scenario: Scenario) -> str:
    """A scenario as JSON of the same shape."""
    return json.dumps(write_scenario(scenario), ensure_ascii=False, indent=2) + "\n"


def _located(text: str) -> Located:
    if not text.lstrip().startswith("{"):
        return read_located(text)
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return read_located(text)  # YAML may begin with a brace too
    try:
        lines = read_located(re.sub(r"(?m)^\s+", lambda blank: " " * len(blank[0]), text))
    except NotYaml:
        return Located(value, {(): 1}, [])
    return Located(value, lines.lines, lines.faults)


def _placed(faults: Iterable[Fault], located: Located) -> list[FileFault]:
    return [
        FileFault(_line(fault.path, located), fault.place(), fault.message, fault.hint, fault.is_warning)
        for fault in faults
    ]


def _line(path: Path, located: Located) -> int:
    while path and path not in located.lines:
        path = path[:-1]
    return located.lines.get(path, 1)


class _Dumper(_Writer):  # type: ignore[misc] # its base is chosen while running
    """Short parts on one line, durations in quotes, long texts as they are read."""

    def represent_sequence(self, tag: str, sequence: Any, flow_style: bool | None = None) -> Any:  # noqa: ANN401
        return super().represent_sequence(tag, sequence, flow_style=len(str(sequence)) <= _ONE_LINE)

    def represent_mapping(self, tag: str, mapping: Any, flow_style: bool | None = None) -> Any:  # noqa: ANN401
        return super().represent_mapping(tag, mapping, flow_style=len(str(mapping)) <= _ONE_LINE)

    def ignore_aliases(self, data: object) -> bool:
        """Nothing refers to another place: a scenario is read from top to bottom."""
        return True


def _text(dumper: Any, text: str) -> Any:  # noqa: ANN401 - PyYAML's own classes
    style = None
    if read_duration(text) is not None:
        style = '"'
    elif "\n" in text and not _CONTROLS.search(text):
        style = "|"
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)
