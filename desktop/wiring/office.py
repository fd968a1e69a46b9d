"""What belongs to the desk as a whole: settings, the first questions, the sample desk, restoring a backup."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.options import WindowOptions, backups_folder
from desktop.services.backup import BackupService
from desktop.services.desk import Desk
from desktop.services.sample_mark import is_sample
from desktop.ui.alarm_controls import AlarmControls
from desktop.ui.surroundings import Surroundings
from desktop.ui.window import MainWindow

if TYPE_CHECKING:  # imported when somebody goes there
    from desktop.adapters.secrets import Secrets
    from desktop.ui.first_run import FirstAnswers, FirstRun
    from desktop.ui.settings.page import SettingsPage
    from desktop.ui.settings.ports import SettingsServices

_SAMPLE = "sample"
_LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class Removal:
    """Delete a sample desk's file once it is closed."""

    path: Path

    def __call__(self) -> None:
        """Do it.

        Raises: DeskError when it cannot be deleted.
        """
        from desktop.services import sample  # seldom wanted, and knows all its made-up people

        sample.remove(self.path)


@dataclass(frozen=True, slots=True)
class Restoring:
    """Put a backup in the place of a database once that is closed."""

    service: BackupService
    backup: Path

    def __call__(self) -> None:
        """Do it; the present file is kept under another name.

        Raises: DeskError when the backup is damaged or the file in use; the database is then as it was.
        """
        self.service.restore(self.backup).store.close()


class Office(QObject):
    """Settings and everything that closes this desk for another.

    Signals:
        leave_requested: (WindowOptions, what to do in between or None) open that instead.
        settings_changed: others from now on.
    """

    leave_requested = Signal(object, object)
    settings_changed = Signal()

    def __init__(
        self,
        window: MainWindow,
        desk: Desk,
        around: Surroundings,
        controls: AlarmControls,
        options: WindowOptions,
        secrets: "Callable[[], Secrets] | None" = None,
    ) -> None:
        """`secrets` keep the addresses of people; a desk of the past has none."""
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._runner = around.runner
        self._options = options
        self._first: FirstRun | None = None
        self._secrets = secrets
        self.is_sample = is_sample(desk.store)
        self._page: SettingsPage | None = None
        self._around = around
        self._controls = controls
        window.pages.add_later("page.settings", self._made_page, at_bottom=True)
        about_sample = "remove_sample" if self.is_sample else "load_sample"
        names = ("customers", "back_up", "verify_audit", about_sample)
        window.dispatcher.add_handlers({name: partial(self._carry_out, name) for name in names})
        window.banners.pressed.connect(self._press)

    def start(self) -> None:
        """Say what kind of desk this is, and ask what has to be known."""
        if self.is_sample:
            self._runner.run(self._desk.first_minutes.begin, owner=self)
            self._window.banners.show_banner(
                _SAMPLE,
                "This is the sample desk: everything in it is made up.",
                "info",
                [(_LEAVE, "Leave and remove it")],
            )
        elif not self._desk.settings.current.first_run_done and self._desk.person.operator() is None:
            from desktop.ui.first_run import FirstRun, account_name, computer_zone  # once in a desk's life

            self._first = FirstRun(account_name(), computer_zone())
            self._first.answered.connect(self._take_answers)
            self._window.pages.show_instead(self._first)
            self._first.name.setFocus()

    def refresh(self) -> None:
        """Show people and policy as they are now."""
        if self._page is not None:
            self._page.refresh()

    def _made_page(self) -> "SettingsPage":
        from desktop.ui.settings.page import SettingsPage  # seldom visited, and there is much in it

        page = self._page = SettingsPage(self._made_services(), self._around, self._controls)
        page.setting_changed.connect(self._follow)
        page.operator_changed.connect(self._window.board.set_operator)
        page.operator_changed.connect(self.settings_changed)
        page.restore_requested.connect(self._restore)
        page.sample_load_requested.connect(self._open_sample)
        page.sample_remove_requested.connect(self._remove_sample)
        page.page_requested.connect(self._show_page)
        return page

    def _made_services(self) -> "SettingsServices":
        from desktop.ui.settings.ports import SettingsServices
        from desktop.wiring import staff_desk as staff
        from desktop.wiring.sending_desk import DeskSending
        from desktop.wiring.tone_desk import DeskTone

        desk, silent = self._desk, staff.SAMPLE if self.is_sample else ""
        channels = None if self._secrets is None else staff.DeskChannels(desk, self._secrets(), silent)
        return SettingsServices(
            settings=desk.settings,
            people=desk.person,
            staff=staff.DeskStaff(desk, channels),
            channels=channels,
            ladder=staff.DeskLadder(desk),
            customers=desk.customer,
            backups=desk.backup,
            audit=desk.escalations.audit,
            policies=desk.policy,
            is_sample=self.is_sample,
            sending=None if self._secrets is None else DeskSending(desk, self._secrets(), silent),
            tone=DeskTone(desk),
        )

    def _carry_out(self, name: str) -> None:
        self._window.pages.page("page.settings")
        if self._page is not None:
            self._page.window_handles()[name]()

    def _show_page(self) -> None:
        self._window.pages.go_to("page.settings")

    def _follow(self, _key: str, _value: object) -> None:
        self._window.handlers.apply_settings()
        self.settings_changed.emit()

    def _press(self, banner: str, button: str) -> None:
        if (banner, button) == (_SAMPLE, _LEAVE):
            self._remove_sample()

    # ---- the first questions

    def _take_answers(self, answers: "FirstAnswers") -> None:
        work = partial(_keep, self._desk, answers)
        self._runner.run(work, partial(self._begin, answers), owner=self)

    def _begin(self, answers: "FirstAnswers", _done: None) -> None:
        self._window.pages.show_again()
        self._window.board.set_operator()
        self.settings_changed.emit()
        if answers.wants_sample:
            self._open_sample()

    # ---- other desks

    def _open_sample(self) -> None:
        self.leave_requested.emit(WindowOptions(sample=True), None)

    def _remove_sample(self) -> None:
        self.leave_requested.emit(WindowOptions(), Removal(self._desk.store.path))

    def _restore(self, backup: Path) -> None:
        path = self._desk.store.path
        service = BackupService(database=path, folder=backups_folder(path), clock=self._desk.clock)
        self.leave_requested.emit(self._options, Restoring(service, backup))


def _keep(desk: Desk, answers: "FirstAnswers") -> None:
    """Keep the answers; the first minutes begin."""
    from desktop.ui.first_run import keep_answers

    keep_answers(desk.person, desk.settings, answers)
    desk.first_minutes.begin()
