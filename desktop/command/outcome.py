"""What a subcommand hands back to the command line."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Outcome:
    """`lines` are for people, `data` for programs; `wrong` is one sentence, empty when all is well."""

    lines: tuple[str, ...] = ()
    data: dict[str, Any] = field(default_factory=dict)
    wrong: str = ""


def counted(number: int, one: str, many: str = "") -> str:
    """`1 row`, `12,375 rows`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
