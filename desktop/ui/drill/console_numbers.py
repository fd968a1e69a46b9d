"""The digits by which expected actions are ticked."""

from collections.abc import Mapping

from desktop.domain.drill_record import RunMode
from desktop.domain.drill_view import DrillView

_DIGITS = range(1, 10)


class Numbers:
    """Beside one inject they count its actions; a scribe's stay with an action as long as it is open."""

    def __init__(self) -> None:
        self._held: dict[str, int] = {}

    def of(self, view: DrillView, inject: str) -> Mapping[str, int]:
        """The digit of each action that has one."""
        if view.mode is not RunMode.SCRIBE:
            own = [each for each in view.expectations if each.inject == inject]
            return {each.id: digit for digit, each in zip(_DIGITS, own, strict=False)}
        is_open = {each.id for each in view.expectations if each.state == "open"}
        self._held = {name: digit for name, digit in self._held.items() if name in is_open}
        for each in view.expectations:
            if each.id in is_open and each.id not in self._held:
                free = next((digit for digit in _DIGITS if digit not in self._held.values()), 0)
                if free:
                    self._held[each.id] = free
        return dict(self._held)

    def forget(self) -> None:
        """Another drill."""
        self._held.clear()
