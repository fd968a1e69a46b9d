"""What is otherwise than in the last message."""

from collections.abc import Collection, Mapping
from datetime import datetime

from desktop.domain.merge_field import FIELDS, NOTHING, EmptyKind, Value
from desktop.domain.template_text import in_words

#: The fields whose change is news to a reader, in the order it is told.
NEWS = (
    "status_word",
    "level",
    "impact_plain",
    "impact_scope",
    "still_impaired",
    "workaround",
    "data_loss_statement",
    "security_statement",
    "current_step",
    "eta_range",
)
_STATUS = "status_word"


def news(
    last: Mapping[str, str],
    values: Mapping[str, Value],
    newer: Collection[str],
    zone: str,
    sent_at: datetime,
) -> tuple[str, ...]:
    """A line for each fact that was told otherwise in the last message, or was first written after it.

    `last` are its values in words; `newer` the facts written since.
    """
    found = []
    for name in NEWS:
        now = in_words(name, values.get(name, NOTHING), zone, sent_at)
        before = last.get(name, "")
        if not now or now == before or (not before and name not in newer):
            continue
        was_silent = not before or before == FIELDS[name].empty.words or _is_said(name, before)
        if name == _STATUS:
            found.append(f"Status is now {now}" + ("" if was_silent else f", it was {before}"))
        else:
            found.append(f"{FIELDS[name].label}: {now}")
    return tuple(found)


def _is_said(name: str, before: str) -> bool:
    empty = FIELDS[name].empty
    return empty.kind is EmptyKind.SAY and before in (empty.words, empty.otherwise)
