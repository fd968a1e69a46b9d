"""What was written in a scenario and can be taken back."""

from desktop.domain.drill_node import Path
from desktop.domain.drill_scenario import Scenario

_MOST = 200


class History:
    """The scenarios one after the other; typing on in one place is a single step."""

    def __init__(self, scenario: Scenario) -> None:
        self._before: list[tuple[Scenario, Path]] = []
        self._after: list[tuple[Scenario, Path]] = []
        self._place: Path | None = None
        self.scenario = scenario

    @property
    def can_undo(self) -> bool:
        """Whether anything can be taken back."""
        return bool(self._before)

    @property
    def can_redo(self) -> bool:
        """Whether anything taken back can be done again."""
        return bool(self._after)

    def write(self, scenario: Scenario, place: Path, *, typed: bool = False) -> bool:
        """Go on with another scenario; tells whether it is another one."""
        if scenario == self.scenario:
            return False
        if not (typed and place == self._place and self._before):
            self._before.append((self.scenario, place))
            del self._before[:-_MOST]
        self._after.clear()
        self._place = place if typed else None
        self.scenario = scenario
        return True

    def rest(self) -> None:
        """What is typed next is a step of its own."""
        self._place = None

    def undo(self) -> Path | None:
        """Take the last step back; gives where it was."""
        return self._step(self._before, self._after)

    def redo(self) -> Path | None:
        """Do again what was taken back; gives where it is."""
        return self._step(self._after, self._before)

    def _step(self, source: list[tuple[Scenario, Path]], target: list[tuple[Scenario, Path]]) -> Path | None:
        if not source:
            return None
        scenario, place = source.pop()
        target.append((self.scenario, place))
        self.scenario, self._place = scenario, None
        return place
