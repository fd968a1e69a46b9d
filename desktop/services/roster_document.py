"""Checks a schedule's document before it is kept: what it says, and that the desk knows whom it names."""

from collections.abc import Mapping, Sequence
from typing import Any

from desktop.domain.errors import DeskError
from desktop.domain.person import Person
from desktop.domain.roster import Schedule
from desktop.services.roster_holidays import lay_out_holidays
from desktop.services.roster_read import named_in


def checked(document: Mapping[str, Any], known: Mapping[str, Person], year: int) -> dict[str, Any]:
    """The document as it is kept: people by their ids, whether it names them by id or by name.

    Overrides and time off in it are refused: they are kept apart.

    Raises: DeskError naming the fault's path.
    """
    for part in ("overrides", "time_off"):
        if document.get(part):
            raise DeskError(
                f"{part}: a schedule is kept without them.", field=part, hint="Add them to the schedule."
            )
    kept = Schedule.from_mapping(lay_out_holidays(document, year)).to_mapping()
    if not kept["layers"]:
        raise DeskError("layers: the schedule has no layer.", field="layers", hint="Add one.")
    ids = {person: _id_of(person, kept, known) for person in named_in(kept)}
    for layer in kept["layers"]:
        layer["people"] = [_by_ids(entry, ids) for entry in layer["people"]]
    return Schedule.from_mapping(kept).to_mapping()


def _id_of(person: str, document: Mapping[str, Any], known: Mapping[str, Person]) -> str:
    found = known.get(person) or next(
        (each for each in known.values() if each.name.casefold() == person.casefold()), None
    )
    path = _path(person, document)
    if found is None:
        raise DeskError(f"{path}: nobody at the desk is called {person}.", field=path, hint="Add them first.")
    if not found.active:
        raise DeskError(f"{path}: {found.name} has left the desk.", field=path, hint="Choose somebody else.")
    return str(found.id)


def _path(person: str, document: Mapping[str, Any]) -> str:
    for i, layer in enumerate(document["layers"]):
        for j, entry in enumerate(layer["people"]):
            if person in (entry["people"] if isinstance(entry, Mapping) else entry):
                return f"layers[{i}].people[{j}]"
    return "layers"


def _by_ids(
    entry: Mapping[str, Any] | Sequence[str], ids: Mapping[str, str]
) -> Mapping[str, Any] | Sequence[str]:
    if isinstance(entry, Mapping):
        return {**entry, "people": [ids[person] for person in entry["people"]]}
    return [ids[person] for person in entry]
