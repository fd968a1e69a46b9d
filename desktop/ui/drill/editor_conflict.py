"""The line that says that somebody else saved the draft since, and keeps both until it is decided."""

from PySide6.QtCore import Signal

from desktop.domain.drill_record import ScenarioVersion
from desktop.ui.icons import Icons
from desktop.ui.kit.banner import BannerStack

_CONFLICT, _ASIDE, _FAILED = "conflict", "aside", "failed"
_TAKE, _KEEP, _BACK = "take", "keep", "back"
_SAID = "This is what they saved. Yours is put aside until you leave this scenario."


class ConflictLine(BannerStack):
    """Hidden while nobody is in the way.

    Signals:
        take_wanted: (ScenarioVersion) go on with theirs.
        keep_wanted: (ScenarioVersion) keep mine, on top of their edition.
        back_wanted: (str) go on with my text after all.
    """

    take_wanted = Signal(object)
    keep_wanted = Signal(object)
    back_wanted = Signal(str)

    def __init__(self, icons: Icons) -> None:
        super().__init__(icons)
        self._theirs: ScenarioVersion | None = None
        self._mine = ""
        self.pressed.connect(self._choose)
        self.closed.connect(self._put_away)

    @property
    def is_open(self) -> bool:
        """Whether it is still to be decided."""
        return self._theirs is not None

    def ask(self, sentence: str, theirs: ScenarioVersion) -> None:
        """Let the person choose."""
        self._theirs = theirs
        self.show_banner(_CONFLICT, sentence, "warning", ((_TAKE, "Take theirs"), (_KEEP, "Keep mine")))

    def put_aside(self, mine: str) -> None:
        """Theirs was taken; mine can be had back."""
        self._mine = mine
        self.show_banner(_ASIDE, _SAID, "info", ((_BACK, "Back to mine"),))

    def say_failed(self, sentence: str) -> None:
        """It could not be done."""
        self.show_banner(_FAILED, sentence, "danger")

    def forget(self) -> None:
        """It is decided, or another draft is shown."""
        self._theirs, self._mine = None, ""
        for key in (_CONFLICT, _ASIDE, _FAILED):
            self.withdraw(key)

    def say_well(self) -> None:
        """What failed has been done since."""
        self.withdraw(_FAILED)

    def _choose(self, _key: str, button: str) -> None:
        theirs, mine = self._theirs, self._mine
        self.forget()
        if button == _TAKE and theirs is not None:
            self.take_wanted.emit(theirs)
        elif button == _KEEP and theirs is not None:
            self.keep_wanted.emit(theirs)
        elif button == _BACK and mine:
            self.back_wanted.emit(mine)

    def _put_away(self, key: str) -> None:
        """Without a choice: what is typed stays, and the next try to keep it asks again."""
        if key == _CONFLICT:
            self._theirs = None
        elif key == _ASIDE:
            self._mine = ""
