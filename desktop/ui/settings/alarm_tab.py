"""How alarms reach people, honestly, and a test that proves it."""

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSpinBox, QWidget

from desktop.services.settings import GAP_HOURS, SETTINGS
from desktop.ui.alarm_controls import AlarmControls
from desktop.ui.kit.button import Button
from desktop.ui.kit.card import Card
from desktop.ui.kit.form import FormRows
from desktop.ui.kit.label import Label
from desktop.ui.kit.pill import Pill
from desktop.ui.settings.keeper import SettingsKeeper
from desktop.ui.settings.parts import Switch, TabColumn
from desktop.ui.theme import Theme


class AlarmTab(TabColumn):
    """Desktop notifications with their state and test, sound, silence, tray; gaps of rotas, pages."""

    def __init__(
        self, keeper: SettingsKeeper, controls: AlarmControls, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._controls = controls
        self.state = Label("", "strong", wrap=True)
        self.test_button = Button("Send test")
        self.verdict = Pill(theme)
        self.verdict.hide()
        self.result = Label("", wrap=True)
        self.desktop = Switch(keeper, "desktop_notifications")
        self.tray = Switch(keeper, "tray")
        self.add(self._desktop_card())
        self.sound = Switch(keeper, "sound")
        self.silence_button = Button("")
        self.silence = Label("", "secondary", wrap=True)
        self.add(self._sound_card())
        self.people = PeopleCard(keeper)
        self.add(self.people)
        self.finish()
        self.test_button.clicked.connect(controls.send_test)
        self.silence_button.clicked.connect(controls.toggle_silence)
        controls.silence_changed.connect(self.show_silence)
        controls.test_started.connect(self._wait)
        controls.test_answered.connect(self._show_result)
        controls.pump.state_changed.connect(self.show_state)
        keeper.setting_changed.connect(controls.pump.refresh_state)
        self.show_state()
        self.show_silence()

    def _desktop_card(self) -> Card:
        card = Card("On the desktop")
        card.body.addWidget(self.state)
        test = QHBoxLayout()
        test.setSpacing(10)
        test.addWidget(self.test_button)
        test.addWidget(self.verdict)
        test.addWidget(self.result, 1)
        card.body.addLayout(test)
        card.body.addWidget(self.desktop)
        card.body.addWidget(self.tray)
        note = "While this window has the focus nothing leaves it: alarms stand above the page instead."
        card.body.addWidget(Label(note, "hint", wrap=True))
        return card

    def _sound_card(self) -> Card:
        card = Card("Sound")
        card.body.addWidget(self.sound)
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(self.silence_button)
        line.addWidget(self.silence, 1)
        card.body.addLayout(line)
        return card

    def focus_first(self) -> None:
        """Take the focus where work begins."""
        self.test_button.setFocus()

    def show_state(self) -> None:
        """How the desktop stands to us."""
        self.state.setText(self._controls.pump.state_sentence())

    def show_silence(self) -> None:
        """Whether sounds are silenced, and until when."""
        sentence = self._controls.silence_sentence
        self.silence_button.set_text("Sound again" if sentence else "Silence sounds for 10 min")
        self.silence.setText(sentence or "For the whole desk; alarms arrive as before.")

    def _wait(self) -> None:
        self.test_button.setEnabled(False)
        self.verdict.hide()
        self.result.setText("On its way…")

    def _show_result(self, arrived: bool, sentence: str) -> None:
        self.test_button.setEnabled(True)
        self.verdict.set_text(
            "Arrived" if arrived else "Not on the desktop", "success" if arrived else "warning"
        )
        self.verdict.show()
        self.result.setText(sentence.removeprefix("Arrived: "))


class _Hours(QSpinBox):
    """How many hours ahead; the wheel scrolls what is around it."""

    def __init__(self) -> None:
        super().__init__()
        self.setRange(GAP_HOURS[0], GAP_HOURS[-1])
        self.setSuffix(" h ahead")
        self.setKeyboardTracking(False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class PeopleCard(Card):
    """What concerns people who are on call: how early a gap is told of, and where links in pages lead."""

    def __init__(self, keeper: SettingsKeeper) -> None:
        super().__init__("On call")
        self._keeper = keeper
        self.gap = _Hours()
        self.address = QLineEdit()
        self.address.setPlaceholderText("None: pages bring no link")
        rows = FormRows()
        gap, address = SETTINGS["gap_alarm_h"], SETTINGS["page_address"]
        self.gap_row = rows.add_row("Warn of &gaps", self.gap, gap.help)
        self.address_row = rows.add_row("Address in &pages", self.address, address.help)
        self.body.addWidget(rows)
        self.gap.valueChanged.connect(self._keep_gap)
        self.address.editingFinished.connect(self._keep_address)
        keeper.setting_changed.connect(self.show_settings)
        keeper.refused.connect(self._show_refusal)
        self.show_settings()

    def show_settings(self) -> None:
        """Show what is kept; what is being typed stays."""
        current = self._keeper.current
        if not self.gap.hasFocus():
            self.gap.setValue(current.gap_alarm_h)
        if not self.address.hasFocus():
            self.address.setText(current.page_address)
        self.gap_row.set_error("")
        self.address_row.set_error("")

    def _keep_gap(self, hours: int) -> None:
        self.gap_row.set_error("")
        self._keeper.keep("gap_alarm_h", hours)

    def _keep_address(self) -> None:
        self.address_row.set_error("")
        self._keeper.keep("page_address", self.address.text().strip())

    def _show_refusal(self, key: str, why: str) -> None:
        row = {"gap_alarm_h": self.gap_row, "page_address": self.address_row}.get(key)
        if row is not None:
            row.set_error(why)
