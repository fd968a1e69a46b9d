"""What lies on the form: filled by paste and drop, kept as a draft, put away and brought back."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from desktop.domain.errors import DeskError
from desktop.domain.instant import from_us
from desktop.ui.heartbeat import Heartbeat
from desktop.ui.intake.asking import Beginning
from desktop.ui.intake.body import IntakeBody
from desktop.ui.intake.content import Content, Piece
from desktop.ui.intake.drafts import DraftKeeper, left_open
from desktop.ui.intake.filler import Filler, fill
from desktop.ui.kit.banner import BannerStack
from desktop.ui.text import moment

if TYPE_CHECKING:
    from desktop.domain.email_text import EmailText

_UNDO, _DRAFT, FAULT = "undo", "draft", "fault"


class Pad(QObject):
    """Puts things into the form and takes them out, so that nothing a person typed is lost.

    Signals:
        changed: something else is filled in.
    """

    changed = Signal()

    def __init__(
        self,
        body: IntakeBody,
        banners: BannerStack,
        keeper: DraftKeeper,
        filler: Filler,
        heartbeat: Heartbeat,
    ) -> None:
        super().__init__(body)
        self._body = body
        self._banners = banners
        self._keeper = keeper
        self._filler = filler
        self._heartbeat = heartbeat
        self._before: Content | None = None
        self._policy_version = -1
        self._has_begun = False
        body.changed.connect(self._keep)
        body.text_pasted.connect(filler.read_text)
        body.dropped.connect(filler.read_files)
        filler.text_read.connect(self._fill)
        filler.customer_guessed.connect(self._take_customer)
        filler.pieces_read.connect(self._take_pieces)
        filler.failed.connect(self.say_fault)
        banners.pressed.connect(self._press)

    def begin(self, beginning: Beginning) -> None:
        """The policy and the drafts as they are now; the one left open last time is gone on with."""
        if beginning.policy.version != self._policy_version:
            self._policy_version = beginning.policy.version
            self._body.set_policy(beginning.policy)
        self._keeper.take_drafts(beginning.drafts)
        draft = left_open(self._keeper.others(), beginning.operator_id)
        if draft is not None and not self._has_begun and self._body.content.is_empty:
            self.take_up(draft.key)
            at = moment(draft.updated_at, from_us(self._heartbeat.now_us()))
            words = f"You were writing this when the program ended, {at}."
            self._banners.show_banner(_DRAFT, words, "info", [("anew", "Start anew")])
        self._has_begun = True

    def paste_clipboard(self) -> None:
        """Take the text of the clipboard, whatever field has the focus."""
        text = QGuiApplication.clipboard().mimeData().text()
        if text.strip():
            self._filler.read_text(text)
        else:
            self._banners.show_banner(FAULT, "The clipboard holds no text. Copy the e-mail first.", "warning")

    def discard(self) -> None:
        """Throw it away; it can be brought back while the page says so."""
        self._before = self._body.content
        self._keeper.drop()
        self._put(Content())
        self._banners.show_banner(_UNDO, "The draft was discarded.", "info", [(_UNDO, "Bring it back")])

    def put_away(self) -> None:
        """Keep it as a draft and begin anew."""
        self._keeper.put_away()
        self._put(Content())

    def let_go(self) -> None:
        """It has become an escalation: begin anew."""
        self._keeper.let_go()
        self._put(Content())
        for key in (_UNDO, _DRAFT, FAULT):
            self._banners.withdraw(key)

    def take_up(self, key: str) -> None:
        """Go on with another draft; what is in the form now stays one too."""
        draft = next((each for each in self._keeper.drafts if each.key == key), None)
        if draft is not None:
            content = Content.from_body(draft.body)
            self._keeper.begin(content, key)
            self._put(content)
            self._banners.withdraw(_DRAFT)
            self._banners.withdraw(_UNDO)

    def say_fault(self, error: DeskError) -> None:
        """Say what went wrong; everything typed stays."""
        self._banners.show_banner(FAULT, str(error), "danger")

    def _put(self, content: Content) -> None:
        self._body.set_content(content)
        self.changed.emit()

    def _keep(self) -> None:
        content = self._body.content
        self._keeper.note(content)
        self.changed.emit()

    def _fill(self, text: str, mail: "EmailText | None") -> None:
        before = self._body.content
        filled = fill(before, text, mail)
        self._before = before
        self._put(filled.content)
        self._keep()
        self._banners.show_banner(_UNDO, filled.sentence, "success", [(_UNDO, "Undo")])
        if mail is not None and not before.customer.strip():
            self._filler.guess_customer(mail)

    def _take_customer(self, name: str) -> None:
        form = self._body.form
        if form is not None and not form.customer.text().strip():
            form.customer.look_up(name)

    def _take_pieces(self, pieces: tuple[Piece, ...]) -> None:
        if self._body.form is not None:
            self._body.form.pieces.add(pieces)

    def _press(self, banner: str, _button: str) -> None:
        self._banners.withdraw(banner)
        if banner == _UNDO and self._before is not None:
            self._put(self._before)
            self._keep()
            self._before = None
        elif banner == _DRAFT:
            self.put_away()
