"""People in as few letters as tell them apart."""

from collections.abc import Iterable

from desktop.ui.roster.ports import RosterFound


def initials(found: RosterFound, people: Iterable[int]) -> str:
    """Who, in as few letters as there are."""
    known = (found.everybody.get(person_id) for person_id in people)
    return " ".join(person.initials if person is not None else "?" for person in known)


def names(found: RosterFound, people: Iterable[int]) -> str:
    """Who, by first names where those are enough to tell people apart."""
    return ", ".join(_short_name(found, person_id) for person_id in people)


def _short_name(found: RosterFound, person_id: int) -> str:
    whole = found.name_of(person_id)
    first = whole.split()[0] if whole.split() else whole
    alike = sum(each.name.split()[:1] == [first] for each in found.people)
    return first if alike == 1 else whole
