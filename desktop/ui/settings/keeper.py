"""Keeps one setting after the other and tells who has to follow."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from desktop.domain.errors import DeskError
from desktop.services.settings import Settings
from desktop.ui.settings.ports import KeepsSettings
from desktop.ui.tasks import TaskRunner

Value = str | bool | int


class SettingsKeeper(QObject):
    """The way of a setting from a field to the database.

    Signals:
        setting_changed: (str key, value) it is kept.
        refused: (str key, str why) it could not be; show what was there before.
    """

    setting_changed = Signal(str, object)
    refused = Signal(str, str)

    def __init__(self, settings: KeepsSettings, runner: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._runner = runner

    @property
    def current(self) -> Settings:
        """The settings as they are kept."""
        return self._settings.current

    def keep(self, key: str, value: Value) -> None:
        """Keep it; `setting_changed` or `refused` answers."""
        if getattr(self.current, key) != value:
            step = _Step(self, key, value)
            work = partial(self._settings.set, key, value)
            self._runner.run(work, step.take, step.fail, owner=step)


class _Step(QObject):
    def __init__(self, keeper: SettingsKeeper, key: str, value: Value) -> None:
        super().__init__(keeper)
        self._keeper = keeper
        self._key = key
        self._value = value

    def take(self, _settings: Settings) -> None:
        self._keeper.setting_changed.emit(self._key, self._value)
        self.deleteLater()

    def fail(self, error: DeskError) -> None:
        self._keeper.refused.emit(self._key, str(error))
        self.deleteLater()
