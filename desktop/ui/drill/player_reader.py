"""One thing that has reached the players, set as the way it came would set it."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.domain.drill_view import Received
from desktop.ui.drill import player_words as words
from desktop.ui.drill.player_artifact import ArtifactCard
from desktop.ui.drill.player_decision import DecisionCard
from desktop.ui.drill.player_reply import ReplyCard
from desktop.ui.kit.button import Button
from desktop.ui.kit.empty import EmptyState
from desktop.ui.kit.label import ElidedLabel, Label
from desktop.ui.kit.scroll import ScrollColumn
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import one_line

_ICON = 26
_MARGIN = 20
_WIDEST = 720
_QUOTES = ("“", "”")


class Reader(QWidget):
    """Head, words, what is enclosed, and the decision that is asked for.

    Signals:
        decided: (str decision, str option, str approver, str reason)
        replied: (str inject, str text)
        copied: the words are on the clipboard.
        file_wanted: (Received) it is to be filed with an escalation.
    """

    decided = Signal(str, str, str, str)
    replied = Signal(str, str)
    copied = Signal()
    file_wanted = Signal(object)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icons = around.icons
        self._shown: Received | None = None
        self._picture = QLabel()
        self._picture.setFixedSize(_ICON, _ICON)
        self.kind = Label("", "small_strong")
        self.when = Label("", "secondary")
        self.source = ElidedLabel("", "strong")
        self.to = ElidedLabel("", "secondary")
        self.subject = Label("", "title", wrap=True)
        self.words = Label("", "body", wrap=True)
        self.words.let_select()
        self.figures = Label("", "secondary")
        self.recalled = Label("Taken back: this was sent by mistake.", "warning", wrap=True)
        self.artifact = ArtifactCard(around.theme)
        self.decision = DecisionCard()
        self.reply = ReplyCard()
        self.copy = Button("Copy the words", "quiet")
        self.file = Button("File as evidence…", "quiet")
        self.empty = EmptyState(around.icons)
        self.empty.show_state("inbox", "Nothing has reached you yet", "What comes is listed here at once.")
        self._page = QFrame()
        self._page.setProperty("part", "card")
        self._lay_out()
        self._theme = around.theme
        self.decision.decided.connect(self.decided)
        self.reply.replied.connect(self.replied)
        self.copy.clicked.connect(self._copy)
        self.file.clicked.connect(self._ask_to_file)
        around.icons.icons_changed.connect(self._draw)
        self._show_whole(is_empty=True)

    def show_received(
        self, got: Received | None, why_not: str, age_s: int, *, why_silent: str = ""
    ) -> None:
        """Show this; `why_not` and `why_silent` are why nobody can decide or answer, `age_s` its age."""
        self._show_whole(is_empty=got is None)
        if got is None:
            self._shown = None
            return
        is_other = self._shown is None or self._shown.number != got.number
        self._shown = got
        if is_other:
            self._show_words(got)
            self.column.verticalScrollBar().setValue(0)
        self.recalled.setVisible(got.is_recalled)
        is_public = got.channel in words.PUBLIC and not got.is_recalled
        self.figures.setVisible(is_public)
        if is_public:
            self.figures.setText(words.public_words(words.public_figures(got.number, age_s)))
        self.decision.setVisible(got.decision is not None and not got.is_recalled)
        if got.decision is not None:
            self.decision.show_decision(got.decision, why_not)
        self.reply.show_received(got, why_silent)

    def focus_first(self) -> None:
        """Go to the decision that is asked for, else to what can be done with the words."""
        if self.decision.isVisible() and self.decision.is_open:
            self.decision.focus_first()
        else:
            self.file.setFocus()

    def _show_words(self, got: Received) -> None:
        look = words.look_of(got.channel)
        self.kind.setText(look.name.upper())
        self.when.setText(f"{words.clock(got.sim_ms)} · {words.story(got.story_at)}")
        self.source.setText(f"{words.source(got)} {look.verb}")
        self.to.setText(words.addressed(got))
        self.subject.setText(one_line(got.subject[:400]))
        self.subject.setVisible(bool(got.subject.strip()))
        body = got.body.strip()
        if look.body == "quote" and body:
            body = f"{_QUOTES[0]}{body}{_QUOTES[1]}"
        self.words.setText(body)
        self.words.setVisible(bool(body))
        self.words.setFont(self._font(look.body))
        self._bubble.setProperty("part", "card" if look.body == "bubble" else "plain")
        self._bubble.style().unpolish(self._bubble)
        self._bubble.style().polish(self._bubble)
        pad = 12 if look.body == "bubble" else 0
        self._bubble_box.setContentsMargins(pad, pad, pad, pad)
        self.artifact.show_artifact(got.artifact)
        self._page.setAccessibleName(f"{words.news(got)}, {words.addressed(got)}")
        self._draw()

    def _font(self, kind: str) -> QFont:
        if kind == "mono":
            font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
            font.setPointSizeF(self._theme.font().pointSizeF())
            return font
        font = QFont(self._theme.font("heading" if kind in ("quote", "headline") else "body"))
        font.setItalic(kind == "quote")
        if kind == "quote":
            font.setWeight(QFont.Weight.Normal)
        return font

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(self._picture)
        top.addWidget(self.kind)
        top.addStretch(1)
        top.addWidget(self.when)
        sender = QHBoxLayout()
        sender.setSpacing(10)
        sender.addWidget(self.source, 3)
        sender.addWidget(self.to, 2)
        self._bubble = QFrame()
        self._bubble_box = QVBoxLayout(self._bubble)
        self._bubble_box.addWidget(self.words)
        tail = QHBoxLayout()
        tail.addWidget(self.figures)
        tail.addStretch(1)
        tail.addWidget(self.file)
        tail.addWidget(self.copy)
        inner = QVBoxLayout(self._page)
        inner.setContentsMargins(_MARGIN, 16, _MARGIN, 12)
        inner.setSpacing(10)
        inner.addLayout(top)
        inner.addLayout(sender)
        for widget in (self.recalled, self.subject, self._bubble, self.artifact):
            inner.addWidget(widget)
        inner.addLayout(tail)
        held = QWidget()
        held.setMaximumWidth(_WIDEST)
        column = QVBoxLayout(held)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(12)
        column.addWidget(self._page)
        column.addWidget(self.decision)
        column.addWidget(self.reply)
        column.addStretch(1)
        self.column = ScrollColumn(held)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.column)
        box.addWidget(self.empty)

    def _show_whole(self, *, is_empty: bool) -> None:
        self.empty.setVisible(is_empty)
        self.column.setVisible(not is_empty)

    def _draw(self) -> None:
        if self._shown is not None:
            icon = words.look_of(self._shown.channel).icon
            self._picture.setPixmap(self._icons.icon(icon, "drill.word").pixmap(_ICON, _ICON))

    def _ask_to_file(self) -> None:
        if self._shown is not None:
            self.file_wanted.emit(self._shown)

    def _copy(self) -> None:
        if self._shown is not None:
            got = self._shown
            QApplication.clipboard().setText("\n\n".join(filter(None, (got.subject, got.body))))
            self.copied.emit()
