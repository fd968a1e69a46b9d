"""The menu of views: layout, density, order, and the views people have saved."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtWidgets import QMenu, QWidget

from desktop.domain.errors import DeskError
from desktop.domain.view import SavedView
from desktop.ui.action_set import ActionSet
from desktop.ui.actions import ActionSpec
from desktop.ui.board.ports import KeepsViews
from desktop.ui.kit.popover import Popover
from desktop.ui.kit.prompt import Prompt, PromptField
from desktop.ui.tasks import TaskRunner

_WITH_KEYS = 9


class SavedViews(QObject):
    """Keeps the list of views as actions, and asks for names.

    Signals:
        view_chosen: (SavedView) show the board like this.
        views_changed: there are others now; menus built from the actions are out of date.
    """

    view_chosen = Signal(object)
    views_changed = Signal()

    def __init__(self, views: KeepsViews, actions: ActionSet, runner: TaskRunner, page: QWidget) -> None:
        super().__init__(page)
        self._views = views
        self._actions = actions
        self._runner = runner
        self._page = page
        self._known: dict[str, SavedView] = {}
        self._popover: Popover | None = None
        self._draft: SavedView | None = None
        self._current: Callable[[], SavedView] = _nothing
        self._anchor: Callable[[], QRect] = QRect
        actions.triggered.connect(self._open)

    def load(self) -> None:
        """Read the views."""
        self._runner.run(self._views.all, self._take, owner=self)

    def all(self) -> Sequence[SavedView]:
        """The views as last read."""
        return tuple(self._known.values())

    def action_ids(self) -> tuple[str, ...]:
        """The ids of the views' actions, in their order."""
        return tuple(self._known)

    def set_source(self, current: Callable[[], SavedView], anchor: Callable[[], QRect]) -> None:
        """What there is to save, as a view without a name, and where to ask for one, in the window."""
        self._current, self._anchor = current, anchor

    def handles(self) -> Mapping[str, Callable[[], None]]:
        """The actions carried out here."""
        return {"save_view": self.save, "manage_views": self.manage}

    def save(self) -> None:
        """Ask for a name and keep under it what is shown."""
        self._draft = self._current()
        prompt = Prompt("Save this view", (PromptField("name", "Name"),), "Save view")
        prompt.accepted.connect(self._keep)
        self._ask(prompt)

    def manage(self) -> None:
        """Ask which view to rename or delete."""
        own = [view for view in self._known.values() if not view.is_shipped]
        if not own:
            self._runner.error_raised.emit(
                DeskError("There are no saved views yet.", hint="Filter the board, then save the view."), self
            )
            return
        fields = (
            PromptField("view", "View", "choice", tuple((str(view.id), view.name) for view in own)),
            PromptField("name", "New name", hint="Leave it empty to delete the view.", required=False),
        )
        prompt = Prompt("Rename or delete a view", fields, "Change view")
        prompt.accepted.connect(self._change)
        self._ask(prompt)

    def fill(self, menu: QMenu) -> None:
        """Put the views into a menu."""
        for action_id in self._known:
            menu.addAction(self._actions[action_id])

    def _ask(self, prompt: Prompt) -> None:
        if self._popover is None:
            self._popover = Popover(self._page.window())
        prompt.cancelled.connect(self._popover.close_popover)
        self._popover.show_at(prompt, self._anchor())

    def _keep(self, answers: dict[str, str]) -> None:
        if self._draft is not None:
            work = partial(self._views.save, replace(self._draft, name=answers["name"]))
            self._runner.run(work, self._kept, self._not_kept, owner=self)

    def _change(self, answers: dict[str, str]) -> None:
        view = next(view for view in self._known.values() if str(view.id) == answers["view"])
        name = answers["name"].strip()
        if name:
            work = partial(self._views.save, replace(view, name=name))
            self._runner.run(work, self._kept, self._not_kept, owner=self)
        else:
            self._runner.run(partial(self._views.delete, view.id), self._kept, self._not_kept, owner=self)

    def _kept(self, _kept: object) -> None:
        if self._popover is not None:
            self._popover.close_popover()
        self.load()

    def _not_kept(self, error: DeskError) -> None:
        prompt = self._popover.content if self._popover is not None else None
        if isinstance(prompt, Prompt):
            prompt.set_error(str(error), error.field)

    def _take(self, views: Sequence[SavedView]) -> None:
        for action_id in self._known:
            self._actions.remove(action_id)
        self._known = {}
        for place, view in enumerate(views, 1):
            action_id = f"saved_view.{view.id}"
            keys = (f"Ctrl+Shift+{place}",) if place <= _WITH_KEYS else ()
            spec = ActionSpec(
                action_id, view.name, "View/Saved views", keys=keys, synonyms="saved view filter"
            )
            self._actions.add(spec)
            self._known[action_id] = view
        self.views_changed.emit()

    def _open(self, action_id: str) -> None:
        view = self._known.get(action_id)
        if view is not None:
            self.view_chosen.emit(view)


def _nothing() -> SavedView:
    return SavedView(0, "", {})
