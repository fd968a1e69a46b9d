"""When an inject comes: at a time of the drill, or after something has happened."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.domain.drill_node import Fault, Path, write_duration
from desktop.domain.drill_timeline import likely_times
from desktop.ui.drill.editor_fields import SpanField
from desktop.ui.drill.editor_offers import offered
from desktop.ui.drill.editor_pen import Pen
from desktop.ui.drill.editor_picks import PickField
from desktop.ui.drill.editor_said import sentence_of
from desktop.ui.kit.form import FormRows

_WHEN = (
    ("at", "At a time of the drill"),
    ("inject", "After an inject"),
    ("expectation", "After an expected action was done"),
    ("decision", "After a decision"),
)
_LISTS = {"inject": "injects", "expectation": "expectations", "decision": "decisions"}
_FIELDS = (("", "When it was done"), ("next_update_at", "The time the team itself promised in it"))


class TimeField(FormRows):
    """One of both, never two."""

    def __init__(self, pen: Pen) -> None:
        super().__init__()
        self._pen = pen
        self._base: Path | None = None
        self._likely = "0m"
        self._before: dict[str, object] = {}  # what was chosen of each kind, in case it is chosen again
        self.kind = PickField("When it comes", least=12)
        self.kind.offer_these(list(_WHEN))
        self.at = SpanField(may_be_negative=True)
        self.ref = PickField("After what")
        self.field = PickField("Counted from", least=12)
        self.field.offer_these(list(_FIELDS))
        self.delay = SpanField()
        self.add_row("Comes", self.kind)
        self._at_row = self.add_row("Time", self.at, "From the beginning; below zero it only reminds staff.")
        self._ref_row = self.add_row("After", self.ref)
        self._field_row = self.add_row("Counted from", self.field)
        self._delay_row = self.add_row("And then", self.delay, "Later by so much.")
        self.set_label_width(120)
        self.kind.edited.connect(self._choose)
        self.at.edited.connect(self._type_at)
        self.at.unread.connect(self._unread_at)
        self.ref.edited.connect(self._choose_ref)
        self.field.edited.connect(self._choose_field)
        self.delay.edited.connect(self._type_delay)
        self.delay.unread.connect(self._unread_delay)

    def show_at(self, base: Path | None) -> None:
        """Show the time of another inject."""
        if base != self._base:
            self._before = {}
            self._base = base
            self._likely = write_duration(self._likely_s())
        self.refresh()

    def refresh(self) -> None:
        """Show what is written by now."""
        if self._base is None or not self._pen.is_ready:
            return
        after = self._after()
        kind = next((key for key in _LISTS if key in after), "at")
        self.kind.show_value(kind)
        self._show_rows()
        if kind == "at":
            if (*self._base, "at") not in self._pen.unread:
                self.at.show_value(self._pen.value((*self._base, "at")))
            return
        self.ref.offer_these(offered(self._pen, _LISTS[kind]))
        self.ref.show_value(after[kind])
        self.field.show_value(after.get("field", ""))
        if (*self._base, "after", "delay") not in self._pen.unread:
            self.delay.show_value(after.get("delay", "0m"))
        promised = bool(after.get("field"))
        self._delay_row.set_hint("Only where they promised none." if promised else "Later by so much.")

    def _show_rows(self) -> None:
        """Those that belong to how it is said."""
        kind = next((key for key in _LISTS if key in self._after()), "at")
        self._at_row.set_visible(kind == "at")
        self._ref_row.set_visible(kind != "at")
        self._field_row.set_visible(kind == "expectation")
        self._delay_row.set_visible(kind != "at")

    def field_at(self, path: Path) -> QWidget | None:
        """The field of a place."""
        if self._base is None or path[: len(self._base)] != self._base:
            return None
        rest = path[len(self._base) :]
        if rest[:1] == ("at",):
            return self.at
        return self.ref if rest[:1] == ("after",) else None

    def show_faults(self, faults: Sequence[Fault]) -> None:
        """Say what is wrong with the time."""
        if self._base is None:
            return
        for row, key in ((self._at_row, "at"), (self._ref_row, "after")):
            own = (*self._base, key)
            unread = self._pen.unread.get(own, "")
            found = next((f for f in faults if f.path[: len(own)] == own and not f.is_warning), None)
            row.set_error(unread or (sentence_of(found) if found is not None else ""))
        self._show_rows()

    def _after(self) -> dict[str, Any]:
        value = self._pen.value((*self._base, "after")) if self._base is not None else None
        return dict(value) if isinstance(value, dict) else {}

    def _choose(self, key: object) -> None:
        if self._base is None:
            return
        kind, after = str(key), self._after()
        self._before |= {name: after for name in _LISTS if name in after}
        if "at" not in self._before and not after:
            self._before["at"] = self._pen.value((*self._base, "at"))
        if kind == "at":
            self._put({"at": self._before.get("at") or self._likely, "after": None})
            return
        if kind in self._before:
            self._put({"at": None, "after": self._before[kind]})
            return
        own = self._pen.value((*self._base, "id"))
        found = [each for each, _ in offered(self._pen, _LISTS[kind]) if each != own]
        ref = str(found[0]) if found else ""
        self._put({"at": None, "after": {kind: ref, "delay": "5m"}})

    def _likely_s(self) -> int:
        """When the inject comes as it stands."""
        place = self._base[1] if self._base is not None else None
        likely = likely_times(self._pen.scenario) if self._pen.is_ready else []
        return likely[place] if isinstance(place, int) and place < len(likely) else 0

    def _put(self, values: dict[str, object]) -> None:
        if self._base is not None:
            base = self._base
            placed = {(*base, key): value for key, value in values.items()}
            self._pen.put_all(placed, (*base, "at"))
            self.refresh()

    def _type_at(self, value: object) -> None:
        if self._base is not None:
            self._at_row.set_error("")
            self._pen.put((*self._base, "at"), value)

    def _unread_at(self, why: str) -> None:
        self._at_row.set_error(why)
        if self._base is not None:
            self._pen.note_unread((*self._base, "at"), why)

    def _choose_ref(self, key: object) -> None:
        after = self._after()
        kind = next((each for each in _LISTS if each in after), "")
        if kind:
            self._put({"after": {**after, kind: str(key or "")}})

    def _choose_field(self, key: object) -> None:
        after = {name: value for name, value in self._after().items() if name != "field"}
        self._put({"after": {**after, "field": str(key)} if key else after})

    def _type_delay(self, value: object) -> None:
        if self._base is not None:
            self._delay_row.set_error("")
            self._pen.put((*self._base, "after", "delay"), value)

    def _unread_delay(self, why: str) -> None:
        self._delay_row.set_error(why)
        if self._base is not None:
            self._pen.note_unread((*self._base, "after", "delay"), why)
