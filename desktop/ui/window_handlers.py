"""What the window itself does: themes, letters, undo, panes, palette, help."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui.surroundings import Surroundings
from desktop.ui.theme import ThemeChoice
from desktop.ui.window_frame import WindowFrame

if TYPE_CHECKING:
    from desktop.ui.shortcuts import ShortcutSheet


class KeepsSettings(Protocol):
    """The person's settings; reading is cheap, writing is done on the worker."""

    def get(self, key: str) -> str | bool | int:
        """One setting."""
        ...

    def set(self, key: str, value: str | bool | int) -> Any:  # noqa: ANN401 what it hands back is not used
        """Keep one."""
        ...


class WindowHandlers(QObject):
    """Carries out the actions that belong to no page."""

    def __init__(self, window: WindowFrame, settings: KeepsSettings, around: Surroundings) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        self._around = around
        self._sheet: ShortcutSheet | None = None
        self.apply_settings()

    def handles(self) -> Mapping[str, Callable[[], None]]:
        """The actions carried out here."""
        themes = {f"view.theme_{choice}": partial(self.set_theme, choice) for choice in ThemeChoice}
        return {
            **themes,
            "undo": self._window.history.undo,
            "redo": self._window.history.redo,
            "palette": self._window.palette_box.open_palette,
            "jump_urgent": self._jump,
            "next_pane": partial(self._go_pane, 1),
            "previous_pane": partial(self._go_pane, -1),
            "toggle_details": self._toggle_details,
            "view.single_letters": self._toggle_letters,
            "shortcuts": self.show_shortcuts,
            "about": self._show_about,
            "quit": self._quit,
        }

    def apply_settings(self) -> None:
        """Take the settings as they are now: on start, and when another page has changed them."""
        self._around.theme.choose(ThemeChoice(str(self._settings.get("theme"))))
        self._window.board.set_density(str(self._settings.get("density")))
        is_on = bool(self._settings.get("letter_keys"))
        self._around.actions.set_letters_on(is_on)
        self._window.board.cards.set_letters_on(is_on)
        self._window.board.news.pulses.set_still(bool(self._settings.get("reduce_motion")))
        self.show_checks()

    def show_checks(self) -> None:
        """Tick what is in force, and name what undo would take back."""
        actions, history = self._around.actions, self._window.history
        for choice in ThemeChoice:
            actions[f"view.theme_{choice}"].setChecked(self._around.theme.choice is choice)
        actions["view.single_letters"].setChecked(bool(self._settings.get("letter_keys")))
        details = self._window.details
        actions["toggle_details"].setChecked(details is not None and details.is_shown)
        actions["undo"].setText(f"Undo {history.undo_text}".strip())
        actions["redo"].setText(f"Redo {history.redo_text}".strip())
        self._window.dispatcher.set_reason("undo", "" if history.undo_text else "There is nothing to undo.")
        self._window.dispatcher.set_reason("redo", "" if history.redo_text else "There is nothing to redo.")

    def set_theme(self, choice: ThemeChoice) -> None:
        """Other colours at once."""
        self._around.theme.choose(choice)
        self._keep("theme", choice.value)

    def set_density(self, density: str) -> None:
        """Other heights of cards at once."""
        self._window.board.set_density(density)
        self._keep("density", density)

    def show_shortcuts(self) -> None:
        """Show the sheet of all keys."""
        from desktop.ui.shortcuts import ShortcutSheet  # seldom wanted

        if self._sheet is None:
            self._sheet = ShortcutSheet(self._around.actions, self._around.theme, self._window)
        self._sheet.show_keys()

    def _toggle_letters(self) -> None:
        is_on = not bool(self._settings.get("letter_keys"))
        self._around.actions.set_letters_on(is_on)
        self._window.board.cards.set_letters_on(is_on)
        self._keep("letter_keys", is_on)

    def _keep(self, key: str, value: str | bool) -> None:
        work = partial(self._settings.set, key, value)
        self._around.runner.run(work, self._kept, owner=self)

    def _kept(self, _settings: object) -> None:
        self.show_checks()

    def _jump(self) -> None:
        self._window.pages.go_to("page.board")
        self._window.board.jump_urgent()

    def _toggle_details(self) -> None:
        if self._window.details is not None:
            # A card may have been chosen before there was a panel to follow it.
            self._window.details.follow(self._window.board.selection.current)
            self._window.details.toggle()

    def _go_pane(self, by: int) -> None:
        panes = self._panes()
        here = next((at for at, (pane, _) in enumerate(panes) if _has_focus(pane)), -1 if by > 0 else 0)
        panes[(here + by) % len(panes)][1]()

    def _panes(self) -> list[tuple[QWidget, Callable[[], None]]]:
        window = self._window
        page = window.pages.current
        panes: list[tuple[QWidget, Callable[[], None]]] = [(window.side, window.side.focus_first)]
        panes.append((window.top, window.top.command.setFocus))
        if page is window.board:
            panes.append((window.board.filters, window.board.filters.steps.all_open.setFocus))
            panes.append((window.board.cards, window.board.cards.focus_current))
        elif page is not None:
            panes.append((page, getattr(page, "focus_first", page.setFocus)))
        details = window.details
        if details is not None and details.isVisible():
            panes.append((details, details.focus_first))
        return panes

    def _show_about(self) -> None:
        from desktop.ui.about import AboutBox  # seldom wanted

        AboutBox(self._window).open()

    def _quit(self) -> None:
        self._window.close()


def _has_focus(pane: QWidget) -> bool:
    focus = QApplication.focusWidget()
    return focus is not None and (focus is pane or pane.isAncestorOf(focus))
