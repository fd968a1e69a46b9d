"""The pages of the window: which there are, which is in sight, and what stands in their place at times."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.ui.action_set import ActionSet
from desktop.ui.dispatch import Dispatcher, HandlesActions
from desktop.ui.sidebar import SideBar
from desktop.ui.topbar import TopBar


class WindowPages(QObject):
    """One page in sight, each reached by its action.

    Signals:
        page_made: (QWidget) one more page is there; what it tells can be heard from now on.
    """

    page_made = Signal(QWidget)

    def __init__(
        self, stack: QStackedWidget, bars: tuple[SideBar, TopBar], dispatcher: Dispatcher, actions: ActionSet
    ) -> None:
        super().__init__(stack)
        self._stack = stack
        self._side, self._top = bars
        self._dispatcher = dispatcher
        self._actions = actions
        self._pages: dict[str, QWidget] = {}
        self._makers: dict[str, Callable[[], QWidget]] = {}

    @property
    def ids(self) -> tuple[str, ...]:
        """The pages there are."""
        return tuple(self._pages)

    @property
    def current_id(self) -> str:
        """The page in sight; empty while a question or a fault stands in their place."""
        return next((key for key, page in self._pages.items() if page is self.current), "")

    @property
    def current(self) -> QWidget | None:
        """What is in sight, page or not."""
        return self._stack.currentWidget()

    def add(self, action_id: str, page: QWidget, *, at_bottom: bool = False) -> None:
        """One more page; its action goes to it."""
        self._pages[action_id] = page
        self._take(page)
        self._announce(action_id, at_bottom=at_bottom)
        if len(self._pages) == 1:
            self.go_to(action_id)

    def add_later(
        self, action_id: str, make: Callable[[], QWidget], *, at_bottom: bool = False, aside: bool = False
    ) -> None:
        """One more page, made when somebody goes there for the first time.

        One that is `aside` has no button among the pages: what leads there is elsewhere.
        """
        self._pages[action_id] = QWidget(self._stack.window())  # stands for it until then
        self._pages[action_id].hide()
        self._makers[action_id] = make
        if aside:
            self._dispatcher.add_handlers({action_id: partial(self.go_to, action_id)})
        else:
            self._announce(action_id, at_bottom=at_bottom)

    def page(self, action_id: str) -> QWidget:
        """A page by the action that goes to it; made now if it was not yet."""
        make = self._makers.pop(action_id, None)
        if make is not None:
            self._pages[action_id].deleteLater()
            self._pages[action_id] = make()
            self._take(self._pages[action_id])
        return self._pages[action_id]

    def go_to(self, action_id: str) -> None:
        """Show a page and put the focus there."""
        page = self.page(action_id)
        self._stack.setCurrentWidget(page)
        for known in self._pages:
            self._actions[known].setChecked(known == action_id)
        self._dispatcher.set_current(page if isinstance(page, HandlesActions) else None)
        focus_first = getattr(page, "focus_first", None)
        if focus_first is not None:
            focus_first()

    def show_instead(self, page: QWidget) -> None:
        """Show something in place of every page: the desk is not open, or has a question first."""
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        self._side.hide()
        self._top.hide()
        self._dispatcher.set_current(None)

    def show_again(self) -> None:
        """Back to the pages."""
        self._side.show()
        self._top.show()
        self.go_to(next(iter(self._pages)))

    def _take(self, page: QWidget) -> None:
        self._stack.addWidget(page)
        if isinstance(page, HandlesActions):
            self._dispatcher.add_page(page)
        self.page_made.emit(page)

    def _announce(self, action_id: str, *, at_bottom: bool) -> None:
        self._side.add_page(self._actions[action_id], self._actions.spec(action_id), at_bottom=at_bottom)
        self._dispatcher.add_handlers({action_id: partial(self.go_to, action_id)})
