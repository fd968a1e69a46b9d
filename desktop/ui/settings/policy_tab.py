"""The rules in force: their versions as files, and what they say."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.domain.errors import DeskError
from desktop.domain.policy import Policy
from desktop.ui.kit.button import Button
from desktop.ui.kit.card import Card
from desktop.ui.kit.dialogs import open_file_dialog, save_file_dialog
from desktop.ui.kit.label import Label
from desktop.ui.settings import policy_text
from desktop.ui.settings.parts import TabColumn
from desktop.ui.settings.ports import KeepsPolicies, PolicyVersion, SettingsServices
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import moment

_FILES = "Policy files (*.yaml *.yml);;All files (*)"
_LARGEST = 4_000_000
_SHOWN_VERSIONS = 6


class PolicyTab(TabColumn):
    """The active policy: export, import, targets, criteria.

    Signals:
        message_requested: (str) what was done.
    """

    message_requested = Signal(str)

    def __init__(
        self, services: SettingsServices, around: Surroundings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._runner = around.runner
        self._clock = around.clock
        self._policy: Policy | None = None
        self.name = Label("", "strong", wrap=True)
        self.versions = Label("", "secondary", wrap=True)
        self.error = Label("", "danger", wrap=True)
        self.error.hide()
        self.export_button = Button("Export as YAML…")
        self.import_button = Button("Import YAML…")
        card = Card("Policy in force")
        card.add_to_head(self.export_button)
        card.add_to_head(self.import_button)
        for label in (self.name, self.versions, self.error):
            card.body.addWidget(label)
        self.targets = Card("What is promised", "time from the start of each commitment")
        self.severities = Card("Severity criteria")
        self.factors = Card("The score and its anchors")
        for each in (card, self.targets, self.severities, self.factors):
            self.add(each)
        self.finish()
        self.export_button.clicked.connect(self._choose_place)
        self.import_button.clicked.connect(self._choose_file)

    def refresh(self) -> None:
        """Fetch the policy anew."""
        self._runner.run(partial(_read, self._services.policies), self._show, owner=self)

    def focus_first(self) -> None:
        """Take the focus where work begins."""
        self.export_button.setFocus()

    def export_to(self, name: str) -> None:
        """Write the policy in force to a file."""
        work = partial(_export, self._services.policies, Path(name))
        self._runner.run(work, self._exported, self._refuse, owner=self)

    def import_from(self, name: str) -> None:
        """Take the policy of a file; it is in force at once."""
        work = partial(_import, self._services, Path(name))
        self._runner.run(work, self._imported, self._refuse, owner=self)

    def _choose_place(self) -> None:
        version = self._policy.version if self._policy is not None else 0
        dialog = save_file_dialog(self, "Export the policy", f"policy-v{version}.yaml", _FILES)
        dialog.fileSelected.connect(self.export_to)
        dialog.open()

    def _choose_file(self) -> None:
        dialog = open_file_dialog(self, "Import a policy", _FILES)
        dialog.fileSelected.connect(self.import_from)
        dialog.open()

    def _exported(self, path: Path) -> None:
        self._refuse(None)
        self.message_requested.emit(f"Exported to {path.name}")

    def _imported(self, policy: Policy) -> None:
        self._refuse(None)
        self.message_requested.emit(f"Policy version {policy.version} is in force")
        self.refresh()

    def _refuse(self, error: DeskError | None) -> None:
        self.error.setText(str(error) if error is not None else "")
        self.error.setVisible(error is not None)

    def _show(self, found: "_Found") -> None:
        policy = found.policy
        self.name.setText(f"{policy.name}, version {policy.version}")
        lines = [
            f"Version {each.version} from {moment(each.active_at, self._clock.now())}, by {each.created_by}"
            for each in found.versions[:_SHOWN_VERSIONS]
        ]
        self.versions.setText("\n".join(lines))
        if policy == self._policy:
            return
        self._policy = policy
        _refill(self.targets, [_targets(policy)])
        levels = [(policy_text.severity_heading(x), policy_text.severity_text(x)) for x in policy.severities]
        factors = [
            (policy_text.factor_heading(x, policy), policy_text.factor_text(x, policy))
            for x in policy.factors
        ]
        _refill(self.severities, _paragraphs(levels))
        _refill(self.factors, _paragraphs(factors))


@dataclass(frozen=True, slots=True)
class _Found:
    policy: Policy
    versions: Sequence[PolicyVersion]


def _read(policies: KeepsPolicies) -> _Found:
    return _Found(policies.active(), policies.versions())


def _export(policies: KeepsPolicies, path: Path) -> Path:
    text = policies.export_yaml()
    unfinished = path.with_name(f".{path.name}.part")
    try:
        unfinished.write_text(text, encoding="utf-8")
        unfinished.replace(path)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise DeskError(
            f"{path} cannot be written: {error.strerror or error}.", hint="Choose another place."
        ) from error
    return path


def _import(services: SettingsServices, path: Path) -> Policy:
    operator = services.people.operator()
    if operator is None:
        raise DeskError("Nobody has said who works at this desk.", hint="Choose yourself under People.")
    try:
        if path.stat().st_size > _LARGEST:
            raise DeskError(f"{path.name} is too large for a policy.", hint="Choose another file.")
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise DeskError(f"{path.name} is no text in UTF-8.", hint="Save it as UTF-8.") from error
    except OSError as error:
        raise DeskError(f"{path.name} cannot be read: {error.strerror or error}.") from error
    return services.policies.import_yaml(text, operator.actor())


def _refill(card: Card, widgets: list[QWidget]) -> None:
    while card.body.count():
        item = card.body.takeAt(0)
        old = item.widget() if item is not None else None
        if old is not None:
            old.hide()
            old.deleteLater()
    for widget in widgets:
        card.body.addWidget(widget)


def _paragraphs(texts: list[tuple[str, str]]) -> list[QWidget]:
    widgets: list[QWidget] = []
    for heading, text in texts:
        widgets += [Label(heading, "small_strong"), Label(text, wrap=True)]
    return widgets


def _targets(policy: Policy) -> QWidget:
    table = QWidget()
    grid = QGridLayout(table)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(18)
    heads = ("Priority", "From score", *(words for _, words in policy_text.KINDS))
    for column, head in enumerate(heads):
        grid.addWidget(_cell(head, "hint", column), 0, column)
        grid.setColumnStretch(column, 3 if column > 1 else 2)
    for at, row in enumerate(policy_text.target_rows(policy), 1):
        for column, text in enumerate(row):
            grid.addWidget(_cell(text, "body" if column else "strong", column), at, column)
    return table


def _cell(text: str, role: str, column: int) -> Label:
    """Numbers stand at the right; where letters are large, words go on in the next line."""
    label = Label(text, role, wrap=True)
    side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
    label.setAlignment(side | Qt.AlignmentFlag.AlignTop)
    return label
