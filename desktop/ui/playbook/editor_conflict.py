"""The line that says that somebody else saved the draft since, and keeps both until it is decided."""

from PySide6.QtCore import Signal

from desktop.domain.playbook import Content, Draft
from desktop.ui.icons import Icons
from desktop.ui.kit.banner import BannerStack

_CONFLICT, _ASIDE = "conflict", "aside"
_TAKE, _KEEP, _BACK = "take", "keep", "back"
_SAID = "This is what they saved. Yours is put aside until you leave this playbook."


class ConflictLine(BannerStack):
    """Hidden while nobody is in the way.

    Signals:
        take_wanted: (Draft) go on with theirs.
        keep_wanted: (Draft) keep mine, on top of their edition.
        back_wanted: (Content) go on with mine after all.
    """

    take_wanted = Signal(object)
    keep_wanted = Signal(object)
    back_wanted = Signal(object)

    def __init__(self, icons: Icons) -> None:
        super().__init__(icons)
        self._theirs: Draft | None = None
        self._mine: Content | None = None
        self.pressed.connect(self._choose)
        self.closed.connect(self._put_away)

    @property
    def is_open(self) -> bool:
        """Whether it is still to be decided."""
        return self._theirs is not None

    def ask(self, sentence: str, theirs: Draft) -> None:
        """Let the person choose."""
        self._theirs = theirs
        self.show_banner(_CONFLICT, sentence, "warning", ((_TAKE, "Take theirs"), (_KEEP, "Keep mine")))

    def follow(self, theirs: Draft) -> None:
        """They have saved once more."""
        if self._theirs is not None:
            self._theirs = theirs

    def put_aside(self, mine: Content) -> None:
        """Theirs was taken; mine can be had back."""
        self._mine = mine
        self.show_banner(_ASIDE, _SAID, "info", ((_BACK, "Back to mine"),))

    def forget(self) -> None:
        """It is decided, or another draft is shown."""
        self._theirs = self._mine = None
        for key in (_CONFLICT, _ASIDE):
            self.withdraw(key)

    def _choose(self, _key: str, button: str) -> None:
        theirs, mine = self._theirs, self._mine
        self.forget()
        if button == _TAKE and theirs is not None:
            self.take_wanted.emit(theirs)
        elif button == _KEEP and theirs is not None:
            self.keep_wanted.emit(theirs)
        elif button == _BACK and mine is not None:
            self.back_wanted.emit(mine)

    def _put_away(self, key: str) -> None:
        """Without a choice: what is typed stays, and the next try to keep it asks again."""
        if key == _CONFLICT:
            self._theirs = None
        else:
            self._mine = None
