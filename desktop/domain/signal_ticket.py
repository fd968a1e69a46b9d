"""What support tools have in common: a ticket with a number, a subject, a state and a priority."""

from typing import Any

from desktop.domain.errors import DeskError
from desktop.domain.signal_generic import by_mapping
from desktop.domain.signal_mapping import SignalMapping
from desktop.domain.signal_type import Signal, title_of


def read_ticket(body: dict[str, Any], mapping: SignalMapping, tool: str, expected: str) -> Signal:
    """The signal of a body that tells of a ticket; one without a subject is called by its number.

    Raises: DeskError naming `expected`, the path where a title should be, for one without number and subject.
    """
    body = mapping.opened(body)
    title = title_of(mapping.title.text_in(body)) if mapping.title else ""
    number = mapping.key.text_in(body) if mapping.key else ""
    if not title and not number:
        raise DeskError(
            f"The body tells of no ticket: {expected} is missing or empty.",
            field=expected,
            hint=f"Send the ticket's number and subject from {tool}.",
        )
    return by_mapping(body, mapping, title or title_of(f"{tool} ticket {number}"))
