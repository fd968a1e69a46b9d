"""In which order filters were set, so that Esc takes the last one away."""

from dataclasses import fields

from desktop.domain.board_filter import BoardFilter
from desktop.ui.text import STEP_WORDS

_EMPTY = BoardFilter()
_NAMES = tuple(field.name for field in fields(BoardFilter))


class FilterHistory:
    """Remembers which parts of the filter are set, the latest last."""

    def __init__(self) -> None:
        self._set: list[str] = []

    def note(self, wanted: BoardFilter) -> None:
        """The filter is this one now."""
        are_set = [name for name in _NAMES if getattr(wanted, name) != getattr(_EMPTY, name)]
        self._set = [name for name in self._set if name in are_set]
        self._set += [name for name in are_set if name not in self._set]

    def without_last(self, wanted: BoardFilter) -> BoardFilter:
        """The filter without the part that was set last."""
        self.note(wanted)
        if not self._set:
            return wanted
        kept = {name: getattr(wanted, name) for name in _NAMES if name != self._set[-1]}
        return BoardFilter(**kept)


def described(wanted: BoardFilter) -> str:
    """The filter in words, for what it hides: "SEV1–2 + Acme"."""
    from_flags = (
        (wanted.mine is not None, "Mine"),
        (wanted.unowned, "Unowned"),
        (wanted.unacknowledged, "Unacknowledged"),
        (wanted.needs_review, "Needs review"),
        (wanted.waiting, "Waiting on customer"),
        (wanted.snoozed, "Snoozed"),
        (bool(wanted.due_within_min), f"due within {wanted.due_within_min} m"),
        (bool(wanted.standing_h), f"open longer than {wanted.standing_h} h"),
    )
    parts = [_steps(wanted)] if wanted.steps else []
    parts += [words for is_on, words in from_flags if is_on]
    if wanted.severities:
        parts.append(" or ".join(f"SEV{n}" for n in sorted(wanted.severities)))
    for chosen in (wanted.states, wanted.customers, wanted.tiers, wanted.areas, wanted.teams):
        if chosen:
            parts.append(" or ".join(sorted(chosen)[:3]) + (" …" if len(chosen) > 3 else ""))
    if wanted.words:
        parts.append(f"“{wanted.text.strip()[:40]}”")
    return " + ".join(parts)


def _steps(wanted: BoardFilter) -> str:
    return " or ".join(STEP_WORDS[step] for step in sorted(wanted.steps, reverse=True))
