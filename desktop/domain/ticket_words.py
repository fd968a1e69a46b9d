"""The words that stand in fields with choices, and what a mapping makes of each."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from desktop.domain.errors import DeskError
from desktop.domain.ticket import TicketReader
from desktop.domain.ticket_field import FIELDS, FieldKind
from desktop.domain.ticket_mapping import TicketMapping, translated
from desktop.domain.wording import one_line

#: More different words than this are no choice any more but a text.
MOST_WORDS = 200
_LONGEST = 120


class Word(NamedTuple):
    """One word of a field: how many rows say it, and what it stands for (empty for nothing)."""

    key: str
    word: str
    rows: int
    meaning: str


def words_of(
    rows: Iterable[tuple[int, Sequence[str]]], reader: TicketReader, mapping: TicketMapping
) -> tuple[Word, ...]:
    """The words of every mapped field with choices, by field, the most frequent word first."""
    keys = [field.key for field in FIELDS if field.kind is FieldKind.CHOICE and field.key in mapping.rules]
    counts: dict[str, Counter[str]] = {key: Counter() for key in keys}
    for _, cells in rows:
        try:
            said = reader.sample(cells)
        except DeskError:
            continue  # the row is refused for that when its turn comes
        for key in keys:
            word = one_line(said.get(key, ""))[:_LONGEST]
            if word and (word in counts[key] or len(counts[key]) < MOST_WORDS):
                counts[key][word] += 1
    return tuple(
        Word(key, word, count, translated(key, mapping.rules[key], word) or "")
        for key in keys
        for word, count in counts[key].most_common()
    )
