"""The score as a tree: overall, competences, expectations, their time and quality, and the entries behind."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, Qt

from desktop.domain.drill_explain import Reason, explain
from desktop.domain.drill_replay import Told, clock
from desktop.domain.drill_scenario import Scenario
from desktop.domain.drill_score import DrillScore
from desktop.domain.drill_words import Status
from desktop.ui.drill import after_words as words
from desktop.ui.kit.table_model import Index, Role
from desktop.ui.text import one_line

_TITLES = ("Part", "Score", "Why")
_PARTS = {"T": "Time", "Q": "Quality"}
_WELL = (Status.MET, Status.CLEAN)


@dataclass(eq=False, slots=True)
class Node:
    """One line: `expectation` is set on it and all below it, `seq` on an entry of the log."""

    title: str
    value: int | None
    why: str
    expectation: str = ""
    seq: int = 0
    above: "Node | None" = None
    parts: list["Node"] = field(default_factory=list)

    @property
    def row(self) -> int:
        """Its place among its siblings."""
        return self.above.parts.index(self) if self.above is not None else 0


def tree_of(score: DrillScore, log: Sequence[Told]) -> Node:
    """The tree of a score; expectations that were not exercised stand at its end."""
    by_seq = {each.seq: each for each in log}
    reason = explain(score)
    root = Node(reason.title, reason.value, reason.sentence)
    for competence in reason.parts:
        branch = _below(root, words.plain(competence.title.replace(" ", "_")), competence)
        for each in competence.parts:
            _add_expectation(branch, each, by_seq)
    silent = [each for each in score.expectations if each.score is None]
    if silent:
        why = "These count neither way; they lower the coverage."
        branch = Node("Did not count", None, why, above=root)
        root.parts.append(branch)
        for one in silent:
            said = words.STATUS_WORDS[one.status.value]
            branch.parts.append(Node(f"{one.id} {one_line(one.text)}", None, said, one.id, above=branch))
    return root


def seat_tree_of(score: DrillScore, log: Sequence[Told], scenario: Scenario, roles: Collection[str]) -> Node:
    """What was asked of these seats and what came of it; no seat has a number, and none is ranked."""
    by_seq = {each.seq: each for each in log}
    reasons = {
        each.title.partition(" ")[0]: each for competence in explain(score).parts for each in competence.parts
    }
    graded = {each.id: each for each in score.expectations}
    root = Node("By seat", None, "In the order of the scenario. Seats have no number of their own.")
    for role in scenario.roles:
        own = [one for _, one in scenario.expectations() if one.role == role.id]
        if role.id not in roles or not own:
            continue
        counted = [graded[one.id] for one in own if one.id in reasons]
        met = sum(each.status in _WELL for each in counted)
        silent = f" {len(own) - len(counted)} did not count." if len(counted) < len(own) else ""
        why = f"{met} of {len(counted)} as expected.{silent}" if counted else "Nothing counted."
        branch = Node(one_line(role.title), None, why, above=root)
        root.parts.append(branch)
        for one in own:
            if one.id in reasons:
                _add_expectation(branch, reasons[one.id], by_seq)
            else:
                said = words.STATUS_WORDS[graded[one.id].status.value]
                branch.parts.append(Node(f"{one.id} {one_line(one.text)}", None, said, one.id, above=branch))
    return root


def _add_expectation(branch: Node, reason: Reason, by_seq: dict[int, Told]) -> None:
    node = _below(branch, one_line(reason.title), reason)
    node.expectation = reason.title.partition(" ")[0]
    for part in reason.parts:
        below = _below(node, _PARTS.get(part.title, part.title), part)
        below.expectation = node.expectation
    for seq in reason.events:
        if seq in by_seq:
            entry = by_seq[seq]
            title = f"{clock(entry.sim_ms)}  {one_line(entry.words)}"
            leaf = Node(title, None, "Enter shows it in the replay.", node.expectation, seq, node)
            node.parts.append(leaf)


def _below(above: Node, title: str, reason: Reason) -> Node:
    node = Node(title, reason.value, reason.sentence, above=above)
    above.parts.append(node)
    return node


class TreeModel(QAbstractItemModel):
    """Shows it in three columns."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._top = Node("", None, "")

    def show_tree(self, root: Node) -> None:
        """Show another tree."""
        self.beginResetModel()
        self._top = Node("", None, "", parts=[root])
        root.above = self._top
        self.endResetModel()

    def node(self, index: Index) -> Node:
        """The line at an index; the invisible top for none."""
        if not index.isValid():
            return self._top
        found = index.internalPointer()
        return found if isinstance(found, Node) else self._top

    def index_of(self, node: Node) -> QModelIndex:
        """Where a line stands."""
        return self.createIndex(node.row, 0, node)

    def nodes(self, below: Node | None = None) -> Iterable[Node]:
        """Every line from the top."""
        for node in (below or self._top).parts:
            yield node
            yield from self.nodes(node)

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:
        parts = self.node(parent).parts
        if not (0 <= row < len(parts) and 0 <= column < len(_TITLES)):
            return QModelIndex()
        return self.createIndex(row, column, parts[row])

    def parent(self, index: Index = QModelIndex()) -> Any:  # noqa: ANN401 Qt has two
        above = self.node(index).above
        if above is None or above is self._top:
            return QModelIndex()
        return self.createIndex(above.row, 0, above)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.column() > 0 else len(self.node(parent).parts)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return len(_TITLES)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:  # noqa: ANN401 Qt's variant
        if not index.isValid():
            return None
        node = self.node(index)
        if role == Role.DisplayRole:
            return (node.title, "" if node.seq else words.number(node.value), node.why)[index.column()]
        if role == Role.AccessibleTextRole and index.column() == 0:
            value = "" if node.value is None else f", {node.value} of 1,000"
            return f"{node.title}{value}. {node.why}"
        if role == Role.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if index.column() == 1 else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:  # noqa: ANN401 Qt's variant
        if role == Role.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return _TITLES[section]
        return None
