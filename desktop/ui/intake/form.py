"""The fields of a new escalation, in the order in which they are filled."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.policy import Policy
from desktop.ui.intake.content import Content
from desktop.ui.intake.customer_field import CustomerField, NewCustomerBox, customer_words
from desktop.ui.intake.pieces import PiecesField
from desktop.ui.intake.ports import Desk
from desktop.ui.intake.taxonomy import TaxonomyFields
from desktop.ui.kit.drop import pieces_of
from desktop.ui.kit.form import FormRow, FormRows
from desktop.ui.kit.long_text import LongText
from desktop.ui.kit.scale import factor_field, severity_field
from desktop.ui.tasks import TaskRunner

_LONGEST_TITLE = 300
_LONGEST_TEXT = 5_000_000
_NOT_KNOWN = "Not known: the policy's default is assumed until somebody tells."


class IntakeForm(QWidget):
    """Gives and takes `Content`; says what is wrong beside the field.

    Signals:
        changed: anything was filled in or chosen, by the person or by `set_content`.
        text_pasted: (str) a text was pasted into a field; nothing has been done with it yet.
        focus_lost: a field was left.
    """

    changed = Signal()
    text_pasted = Signal(str)
    focus_lost = Signal()

    def __init__(self, policy: Policy, desk: Desk, runner: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._policy = policy
        self._is_filling = False
        self._is_severity_own = False
        self.customer = CustomerField(desk, runner)
        self.new_customer = NewCustomerBox(policy)
        self.title = QLineEdit()
        self.title.setMaxLength(_LONGEST_TITLE)
        self.taxonomy = TaxonomyFields(policy)
        self.severity = severity_field(
            policy, unchosen="How grave it is technically, whoever the customer is."
        )
        self.impact = factor_field(policy, "business_impact", unchosen=_NOT_KNOWN)
        self.risk = factor_field(policy, "reputational_risk", unchosen=_NOT_KNOWN)
        self.description = LongText(lines=5, hands_over=True)
        self.reporter, self.reference = QLineEdit(), QLineEdit()
        self.source = QComboBox()
        self.pieces = PiecesField()
        self._rows: dict[str, FormRow] = {}
        self._lay_out()
        self._connect()
        self._show_customer()

    def content(self) -> Content:
        """What is filled in now."""
        known, box = self.customer.customer, self.new_customer
        return Content(
            customer_id=known.id if known is not None else 0,
            customer=known.name if known is not None else self.customer.text(),
            tier=box.tier.value(),
            revenue=box.revenue.text(),
            region=box.region.text(),
            title=self.title.text(),
            area=self.taxonomy.area,
            issue_type=self.taxonomy.issue_type,
            severity=self.severity.value(),
            is_severity_own=self._is_severity_own,
            business_impact=self.impact.value(),
            reputational_risk=self.risk.value(),
            description=self.description.toPlainText(),
            reporter=self.reporter.text(),
            source=str(self.source.currentData() or ""),
            external_ref=self.reference.text(),
            pieces=self.pieces.pieces,
        )

    def set_content(self, content: Content) -> None:
        """Fill in all of it."""
        self._is_filling = True
        self.new_customer.tier.set_value(content.tier)
        self.new_customer.revenue.setText(content.revenue)
        self.new_customer.region.setText(content.region)
        self.title.setText(content.title)
        self.taxonomy.set_values(content.area, content.issue_type)
        self.severity.set_value(content.severity)
        self._is_severity_own = content.is_severity_own
        self.impact.set_value(content.business_impact)
        self.risk.set_value(content.reputational_risk)
        self.description.setPlainText(content.description)
        self.reporter.setText(content.reporter)
        self.source.setCurrentIndex(max(self.source.findData(content.source), 0))
        self.reference.setText(content.external_ref)
        self.pieces.set_pieces(content.pieces)
        self.customer.look_up(content.customer)
        self.show_faults({})
        self._is_filling = False
        self.changed.emit()

    def show_faults(self, faults: Mapping[str, str]) -> None:
        """Say what is wrong beside the fields; go to the first."""
        for name, row in self._rows.items():
            row.set_error(faults.get(name, ""))
        first = next((name for name in self._rows if name in faults), "")
        if first:
            self._rows[first].field.setFocus(Qt.FocusReason.OtherFocusReason)

    def faults_shown(self) -> dict[str, str]:
        """What is said to be wrong."""
        return {name: row.error for name, row in self._rows.items() if row.error}

    @property
    def field_names(self) -> frozenset[str]:
        """The fields that can say what is wrong with them."""
        return frozenset(self._rows)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A paste is looked at first: it may be a whole message."""
        if event.type() is QEvent.Type.FocusOut:
            self.focus_lost.emit()
        is_paste = (
            event.type() is QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Paste)
        )
        return (is_paste and self._is_message(watched)) or super().eventFilter(watched, event)

    def _is_message(self, watched: QObject) -> bool:
        mime = QGuiApplication.clipboard().mimeData()
        if mime.hasImage() or any(url.isLocalFile() for url in mime.urls()):
            self.pieces.dropped.emit(pieces_of(mime, with_text=False))
            return True
        text = mime.text()
        if is_worth_a_look(text, is_single_line=isinstance(watched, QLineEdit)):
            self.text_pasted.emit(text[:_LONGEST_TEXT])
            return True
        return False

    def _lay_out(self) -> None:
        rows = FormRows()
        whose = QWidget()
        column = QVBoxLayout(whose)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.customer)
        whose.setFocusProxy(self.customer)
        self.customer.setAccessibleName("Customer")
        self.title.setAccessibleName("Title")
        self._rows["customer"] = rows.add_row("Customer", whose)
        self._new_row = rows.add_row("", self.new_customer)
        self._rows["revenue"] = self.new_customer.revenue_row
        self._rows["title"] = rows.add_row("Title", self.title)
        self._rows["issue_type"] = rows.add_row("Product area, type", self.taxonomy)
        self._rows["severity"] = rows.add_row("Severity", self.severity)
        self._rows["business_impact"] = rows.add_row("Business impact", self.impact)
        self._rows["reputational_risk"] = rows.add_row("Reputational risk", self.risk)
        self._rows["description"] = rows.add_row("Description", self.description)
        self._rows["reporter"] = rows.add_row("Reporter, source", self._side_by_side())
        self._rows["external_ref"] = rows.add_row("Reference", self.reference)
        self._rows["evidence"] = rows.add_row("Evidence", self.pieces)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(rows)
        outer.addStretch(1)

    def _side_by_side(self) -> QWidget:
        self.source.addItem("Source not known", "")
        for source in self._policy.sources:
            self.source.addItem(source[:1].upper() + source[1:], source)
        for field, name, words in (
            (self.reporter, "Reporter", "Name or e-mail"),
            (self.reference, "External reference", "Number in another system, such as CASE-88120"),
        ):
            field.setAccessibleName(name)
            field.setPlaceholderText(words)
            field.setMaxLength(_LONGEST_TITLE)
        self.source.setAccessibleName("Source")
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.reporter, 1)
        row.addWidget(self.source, 1)
        box.setFocusProxy(self.reporter)
        return box

    def _connect(self) -> None:
        self.customer.customer_changed.connect(self._show_customer)
        self.taxonomy.type_chosen.connect(self._take_default_severity)
        self.severity.chosen.connect(self._own_severity)
        for line in (self.title, self.reporter, self.reference):
            line.textChanged.connect(self._tell)
            line.installEventFilter(self)
        self.description.textChanged.connect(self._tell)
        self.description.installEventFilter(self)
        self.description.large_pasted.connect(self.text_pasted)
        self.pieces.area.installEventFilter(self)
        self.customer.installEventFilter(self)
        self.source.currentIndexChanged.connect(self._tell)
        for part in (self.new_customer, self.taxonomy, self.pieces):
            part.changed.connect(self._tell)
        for scale in (self.impact, self.risk):
            scale.chosen.connect(self._tell)

    def _show_customer(self) -> None:
        known = self.customer.customer
        self._new_row.set_visible(self.customer.is_new)
        self.new_customer.set_name(self.customer.text())
        hint = customer_words(known, self._policy) if known is not None else ""
        self._rows["customer"].set_hint(hint)
        self._tell()

    def _take_default_severity(self, severity: int) -> None:
        if not self._is_severity_own and not self._is_filling:
            self.severity.set_value(str(severity) if severity else "")
            self._tell()

    def _own_severity(self) -> None:
        self._is_severity_own = True
        self._tell()

    def _tell(self) -> None:
        if not self._is_filling:
            self.changed.emit()


def is_worth_a_look(text: str, *, is_single_line: bool) -> bool:
    """Whether a pasted text may be more than belongs into one field."""
    if is_single_line:
        return "\n" in text.strip() or len(text) > _LONGEST_TITLE
    return text.lstrip()[:40].casefold().startswith(_MAIL_BEGINNINGS)


_MAIL_BEGINNINGS = (
    "from:",
    "von:",
    "de:",
    "subject:",
    "betreff:",
    "return-path:",
    "received:",
    "delivered-to:",
    "date:",
    "mime-version:",
)
