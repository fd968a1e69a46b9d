"""The dark column at the left: the pages, and how much waits on each."""

from itertools import pairwise

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAction, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from desktop.ui.actions import ActionSpec
from desktop.ui.icons import Icons
from desktop.ui.kit.keys import press_by_enter
from desktop.ui.theme import Theme

_WIDE, _NARROW = 132, 52
_MOST, _MOST_NARROW = 99, 9  # a longer number would hide the name or picture; the tool tip says it


class SideButton(QPushButton):
    """One page: its picture, name and count."""

    def __init__(self, action: QAction, spec: ActionSpec, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._action = action
        self._theme = theme
        self._icons = icons
        self._icon = spec.icon
        self._count = 0
        self._is_urgent = False
        self._word = "waiting"
        self._is_narrow = False
        self.setCheckable(True)
        self.setIconSize(QSize(18, 18))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMinimumHeight(34)
        self.clicked.connect(action.trigger)
        action.toggled.connect(self.setChecked)
        icons.icons_changed.connect(self._show)
        self.toggled.connect(self._show)
        self._show()

    def set_count(self, count: int, *, is_urgent: bool, word: str = "waiting") -> None:
        """How much waits there, and the word for that; urgent counts stand out."""
        if (count, is_urgent, word) != (self._count, self._is_urgent, self._word):
            self._count, self._is_urgent, self._word = count, is_urgent, word
            self._show()

    def set_narrow(self, is_narrow: bool) -> None:
        """Show the picture alone."""
        self._is_narrow = is_narrow
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not press_by_enter(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._count:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._theme.font("tiny_strong"))
        most = _MOST_NARROW if self._is_narrow else _MOST
        text = f"{self._count}" if self._count <= most else f"{most}+"
        box = self._count_box(text)
        fill = self._fill()
        if fill:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour(fill))
            painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        painter.setPen(self._theme.colour("chip.count_text" if self._is_urgent else "side.muted"))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)

    def _count_box(self, text: str) -> QRectF:
        """Where the count stands: at the end of the name, or at the shoulder of the picture alone."""
        metrics = QFontMetrics(self._theme.font("tiny_strong"))
        across, height = metrics.horizontalAdvance(text), metrics.height()
        if self._is_narrow:
            width = max(across + 6, height)
            return QRectF(self.width() - width, 0, width, height)
        width = max(across + 10, 20) if self._fill() else across + 2
        return QRectF(self.width() - width - 8, (self.height() - height) / 2 - 1, width, height + 2)

    def _fill(self) -> str:
        """What is behind the count: something where it stands out, or else would stand on the picture."""
        if self._is_urgent:
            return "chip.count"
        return ("side.fill" if self.isChecked() else "side.selected") if self._is_narrow else ""

    def _show(self) -> None:
        name = self._action.text()
        self.setText("" if self._is_narrow else f"  {name}")
        said = f"{name}, {self._count:,} {self._word}" if self._count else name
        self.setToolTip(said if self._is_narrow or self._count else "")
        self.setAccessibleName(said)
        self.setIcon(self._icons.icon(self._icon, "side.text_selected" if self.isChecked() else "side.text"))
        self.update()


class SideBar(QFrame):
    """The pages from top to bottom; settings stand at the bottom."""

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "side")
        self._theme = theme
        self._icons = icons
        self._is_narrow = False
        self._buttons: dict[str, SideButton] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(8, 10, 8, 10)
        self._column.setSpacing(4)
        self._column.addStretch(1)
        theme.theme_changed.connect(self._fit)
        self._fit()

    def add_page(self, action: QAction, spec: ActionSpec, *, at_bottom: bool) -> None:
        """One more page."""
        button = self._buttons[spec.id] = SideButton(action, spec, self._theme, self._icons)
        button.set_narrow(self._is_narrow)
        if at_bottom:
            self._column.addWidget(button)
        else:
            stretch = next(i for i in range(self._column.count()) if self._is_stretch(i))
            self._column.insertWidget(stretch, button)
        # Pages come one after another, with parts of other panes made in between.
        for one, other in pairwise(sorted(self._buttons.values(), key=self._column.indexOf)):
            QWidget.setTabOrder(one, other)

    def button(self, action_id: str) -> SideButton:
        """The button of a page."""
        return self._buttons[action_id]

    def set_count(self, action_id: str, count: int, *, is_urgent: bool = True, word: str = "waiting") -> None:
        """How much waits on a page, "3 waiting"; safe for a page that is not there."""
        if action_id in self._buttons:
            self._buttons[action_id].set_count(count, is_urgent=is_urgent, word=word)

    def set_narrow(self, is_narrow: bool) -> None:
        """Give room to the page: pictures alone."""
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            for button in self._buttons.values():
                button.set_narrow(is_narrow)
            self._fit()

    def focus_first(self) -> None:
        """Put the focus on the page that is shown."""
        shown = [button for button in self._buttons.values() if button.isChecked()]
        for button in shown[:1]:
            button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _is_stretch(self, at: int) -> bool:
        item = self._column.itemAt(at)
        return item is not None and item.spacerItem() is not None

    def _fit(self) -> None:
        wide = round(_WIDE * max(self._theme.text_scale, 1.0))
        self.setFixedWidth(_NARROW if self._is_narrow else wide)
