"""Keeps what is typed: within two seconds of a change, on leaving, over a crash."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING
from uuid import uuid4

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.domain.errors import DeskError
from desktop.domain.instant import to_us
from desktop.ui.intake.asking import all_drafts, drop_draft, keep_draft
from desktop.ui.intake.content import Content
from desktop.ui.intake.ports import Desk
from desktop.ui.tasks import TaskRunner
from desktop.ui.text import age, one_line

if TYPE_CHECKING:
    from desktop.services.draft import Draft

_WAIT_MS = 2000
PUT_AWAY = "put_away"


class DraftKeeper(QObject):
    """Saves one form at a time under a key of its own; knows which other drafts there are.

    Signals:
        kept_changed: the form was kept, or could not be.
        drafts_changed: others are known now.
    """

    kept_changed = Signal()
    drafts_changed = Signal()

    def __init__(self, desk: Desk, runner: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._runner = runner
        self._content = Content()
        self._saved = Content()
        self.key = uuid4().hex
        self.kept_at: datetime | None = None
        self.fault = ""
        self.drafts: tuple[Draft, ...] = ()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self.save)

    @property
    def is_waiting(self) -> bool:
        """Whether something typed is not kept yet."""
        return self._timer.isActive()

    def note(self, content: Content) -> None:
        """The form holds this now; it is kept soon."""
        self._content = content
        if content != self._saved and not self._timer.isActive():
            self._timer.start()

    def save(self) -> None:
        """Keep it now."""
        self._timer.stop()
        if self._content == self._saved:
            return
        self._saved = self._content
        if self._content.is_empty:
            self._runner.run(
                partial(drop_draft, self._desk, self.key), self._dropped, self._failed, owner=self
            )
        else:
            work = partial(keep_draft, self._desk, self.key, self._content.to_body())
            self._runner.run(work, self._kept, self._failed, owner=self)

    def begin(self, content: Content, key: str) -> None:
        """Go on with another draft; the form in sight is put away first."""
        self.put_away()
        self._forget(content, key)

    def put_away(self) -> None:
        """Keep it for later: it does not open by itself any more."""
        if not self._content.is_empty:
            body = self._content.to_body() | {PUT_AWAY: True}
            self._runner.run(partial(keep_draft, self._desk, self.key, body), self._kept_aside, owner=self)
        self._forget(Content(), "")

    def drop(self) -> None:
        """Throw the present form's draft away."""
        self._runner.run(partial(drop_draft, self._desk, self.key), self._dropped, self._failed, owner=self)
        self._forget(Content(), "")

    def let_go(self) -> None:
        """The present form has become an escalation, which took its draft along."""
        self._forget(Content(), "")
        self.refresh()

    def refresh(self) -> None:
        """See which drafts there are."""
        self._runner.run(partial(all_drafts, self._desk), self.take_drafts, owner=self)

    def take_drafts(self, drafts: "tuple[Draft, ...]") -> None:
        """These are there."""
        self.drafts = drafts
        self.drafts_changed.emit()

    def others(self) -> "tuple[Draft, ...]":
        """The drafts besides the form in sight."""
        return tuple(draft for draft in self.drafts if draft.key != self.key)

    def words(self, now: datetime) -> str:
        """How safe what is typed is: "draft kept 2 s ago"."""
        if self.fault:
            return f"Draft not kept: {self.fault}"
        if self.kept_at is None:
            return ""
        seconds = (to_us(now) - to_us(self.kept_at)) // 1_000_000
        if seconds < 60:
            return f"draft kept {max(seconds, 0)} s ago"
        return f"draft kept {age(to_us(self.kept_at), to_us(now))}"

    def _forget(self, content: Content, key: str) -> None:
        self._timer.stop()
        self._content = self._saved = content
        self.key = key or uuid4().hex
        self.kept_at, self.fault = None, ""
        self.kept_changed.emit()

    def _kept(self, at: datetime) -> None:
        self.kept_at, self.fault = at, ""
        self.kept_changed.emit()
        self.refresh()

    def _kept_aside(self, _at: datetime) -> None:
        self.refresh()

    def _dropped(self, _nothing: object) -> None:
        self.kept_at = None
        self.kept_changed.emit()
        self.refresh()

    def _failed(self, error: DeskError) -> None:
        self.fault = str(error)
        self._saved = Content(title="\0")  # nothing typed equals this: it is tried again
        self._timer.start()
        self.kept_changed.emit()


def left_open(drafts: "Sequence[Draft]", person_id: int) -> "Draft | None":
    """The newest draft of a person that was in sight when the program ended."""
    own = (draft for draft in drafts if draft.person_id in (person_id, None))
    return next((draft for draft in own if not draft.body.get(PUT_AWAY)), None)


def draft_title(draft: "Draft") -> str:
    """What a draft is about, in a menu."""
    body = draft.body
    parts = [one_line(str(body.get(name, ""))[:80]) for name in ("customer", "title")]
    return " · ".join(filter(None, parts)) or "Without a title"
