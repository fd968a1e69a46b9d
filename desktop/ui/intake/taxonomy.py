"""Product area and issue type: the types offered are those of the area."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QWidget

from desktop.domain.errors import NotFound
from desktop.domain.policy import Policy


class TaxonomyFields(QWidget):
    """Two lists side by side.

    Signals:
        changed: another area or type.
        type_chosen: (int severity, 0 for none) a type was chosen by the person; that is its own severity.
    """

    changed = Signal()
    type_chosen = Signal(int)

    def __init__(self, policy: Policy, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._policy = policy
        self._areas, self._types = QComboBox(), QComboBox()
        for box, name in ((self._areas, "Product area"), (self._types, "Issue type")):
            box.setAccessibleName(name)
            box.setMaxVisibleItems(16)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(12)
            box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._areas.addItem("Area not known", "")
        for area in policy.areas:
            self._areas.addItem(area.name, area.key)
        self._fill_types("")
        self._areas.currentIndexChanged.connect(self._choose_area)
        self._types.currentIndexChanged.connect(self._choose_type)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._areas, 1)
        row.addWidget(self._types, 1)
        self.setFocusProxy(self._areas)

    @property
    def area(self) -> str:
        """The key of the area, or nothing."""
        return str(self._areas.currentData() or "")

    @property
    def issue_type(self) -> str:
        """The key of the type, or nothing."""
        return str(self._types.currentData() or "")

    def set_values(self, area: str, issue_type: str) -> None:
        """Show these; what the policy does not know is left open."""
        self._areas.blockSignals(True)
        self._areas.setCurrentIndex(max(self._areas.findData(area), 0))
        self._areas.blockSignals(False)
        self._fill_types(self.area)
        self._types.blockSignals(True)
        self._types.setCurrentIndex(max(self._types.findData(issue_type), 0))
        self._types.blockSignals(False)

    def _fill_types(self, area: str) -> None:
        self._types.blockSignals(True)
        self._types.clear()
        self._types.addItem("Type not known", "")
        for each in self._policy.areas:
            for kind in each.issue_types:
                if each.key == area:
                    self._types.addItem(kind.name, kind.key)
                elif not area:
                    self._types.addItem(f"{each.name}: {kind.name}", kind.key)
        self._types.blockSignals(False)

    def _choose_area(self) -> None:
        kept = self.issue_type
        self._fill_types(self.area)
        at = max(self._types.findData(kept), 0)
        self._types.blockSignals(True)
        self._types.setCurrentIndex(at)
        self._types.blockSignals(False)
        if kept and not at:
            self.type_chosen.emit(0)
        self.changed.emit()

    def _choose_type(self) -> None:
        try:
            kind = self._policy.issue_type(self.issue_type) if self.issue_type else None
        except NotFound:
            kind = None
        if kind is not None and not self.area:
            self.set_values(self._policy.area_of(kind.key).key, kind.key)
        self.type_chosen.emit(int(kind.severity) if kind is not None else 0)
        self.changed.emit()
