"""Time off in a calendar compared with what the desk knows: what is new, moved, called off."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from desktop.domain.time_off import ICAL, LeaveEntry, LeaveRead, TimeOff
from desktop.domain.wording import one_line


@dataclass(frozen=True, slots=True)
class LeavePlan:
    """Entries to be kept, changed and taken away; `same` are known as they are."""

    added: tuple[TimeOff, ...] = ()
    changed: tuple[TimeOff, ...] = ()
    removed: tuple[TimeOff, ...] = ()
    same: int = 0

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


def compared(person_id: int, found: LeaveRead, known: Mapping[str, TimeOff], at: datetime) -> LeavePlan:
    """What reading a calendar changes; `known` are the person's entries by the name they are kept under.

    What the calendar does not mention stays. Of an event that it does mention, each repetition that it no
    longer has is taken away, unless it is over.
    """
    entries = {entry.key: entry for entry in found.entries if not entry.is_cancelled}
    added, changed, same = [], [], 0
    for key, entry in entries.items():
        before = known.get(key)
        after = _kept(person_id, key, entry)
        if before is None:
            added.append(after)
        elif (before.start, before.end, before.reason) == (after.start, after.end, after.reason):
            same += 1
        else:
            changed.append(replace(after, id=before.id))
    mentioned = {entry.uid for entry in found.entries}
    removed = [
        before
        for key, before in known.items()
        if key not in entries and before.source == ICAL and before.end > at and _event(key) in mentioned
    ]
    return LeavePlan(tuple(added), tuple(changed), tuple(removed), same)


def _event(key: str) -> str:
    """The UID of the event an entry belongs to: what follows the mark is which repetition it is."""
    uid, mark, occurrence = key.rpartition("#")
    return uid if mark and len(occurrence) == 16 and occurrence.endswith("Z") else key


def _kept(person_id: int, key: str, entry: LeaveEntry) -> TimeOff:
    return TimeOff(0, person_id, entry.start, entry.end, one_line(entry.reason), key, ICAL)
