"""Whose problems come to this desk: customers found, added, changed, merged, put away."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.customer import Customer
from desktop.domain.customer_change import CustomerDone
from desktop.domain.errors import DeskError
from desktop.domain.policy import Tier
from desktop.ui.kit.card import Card
from desktop.ui.settings import customer_calls as calls
from desktop.ui.settings.customer_form import CustomerForm
from desktop.ui.settings.customer_list import CustomerList
from desktop.ui.settings.customer_merge import MergeCard
from desktop.ui.settings.customer_rows import Shown
from desktop.ui.settings.parts import TabColumn
from desktop.ui.settings.ports import SettingsServices
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import counted, one_line

_LONGEST = 80


class CustomersTab(TabColumn):
    """The list of customers; in its place, while one is filled in or merged, a form.

    Signals:
        work_told: (Done, str) what was done, to be undone as one step, and the sentence that says so.
    """

    work_told = Signal(object, str)

    def __init__(
        self, services: SettingsServices, around: Surroundings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._runner = around.runner
        self._book = calls.Book((), (), (), "", "")
        self.list, self.form, self.merging = CustomerList(around), CustomerForm(), MergeCard()
        for card in (self.list, self.form, self.merging):
            self.add(card)
        self.form.hide()
        self.merging.hide()
        self.finish()
        self._connect()

    def _connect(self) -> None:
        self.list.edit_requested.connect(self._open_form)
        self.list.merge_requested.connect(self._open_merge)
        self.list.put_away_requested.connect(self._put_away)
        self.list.add_requested.connect(self._open_new)
        self.merging.merge_requested.connect(self._merge)
        self.merging.foresight_wanted.connect(self._foresee_merge)
        self.merging.cancelled.connect(self._close)
        self._connect_form()

    def _connect_form(self) -> None:
        self.form.keep_requested.connect(self._keep)
        self.form.foresight_wanted.connect(self._foresee)
        self.form.cancelled.connect(self._close)

    def refresh(self) -> None:
        """Fetch the customers anew."""
        self._runner.run(partial(calls.read, self._services), self._show, owner=self)

    def focus_first(self) -> None:
        """Take the focus where work begins."""
        if not self.form.isHidden():
            self.form.name.setFocus()
        elif not self.merging.isHidden():
            self.merging.into.setFocus()
        else:
            self.list.search.setFocus()

    def _show(self, book: calls.Book) -> None:
        if book.tiers != self._book.tiers and self.form.isHidden():
            self._remake_form(book.tiers)
        self._book = book
        tiers = {tier.key: tier.name for tier in book.tiers}
        self.list.show_customers(
            [
                Shown(each, tiers.get(tier, tier))
                for each in book.customers
                for tier in (each.customer.tier or "",)
            ]
        )

    def _remake_form(self, tiers: Sequence[Tier]) -> None:
        """The policy has other tiers to choose from."""
        old, self.form = self.form, CustomerForm(tiers)
        self.form.hide()
        self.column.replaceWidget(old, self.form)
        old.deleteLater()
        self._connect_form()

    # -- one card in place of the list

    def _open_new(self, name: str) -> None:
        self._open_form(Customer(0, name))

    def _open_form(self, customer: Customer) -> None:
        if self._may():
            self.form.show_customer(customer, self._book)
            self._put_forward(self.form)
            self.form.name.setFocus()

    def _open_merge(self, customer: Customer) -> None:
        if self._may():
            others = [each.customer for each in self._book.customers if each.customer.archived_at is None]
            self.merging.show_customer(customer, others)
            self._put_forward(self.merging)
            self.merging.into.setFocus()

    def _may(self) -> bool:
        self.list.refuse(self._book.why_not)
        return not self._book.why_not

    def _put_forward(self, card: Card) -> None:
        for each in (self.list, self.form, self.merging):
            each.setVisible(each is card)

    def _close(self) -> None:
        self._put_forward(self.list)
        self.list.take_focus()

    # -- what is done

    def _keep(self, customer: Customer) -> None:
        work = partial(calls.keep, self._services, customer)
        words = "Saved" if customer.id else "Added"
        self._runner.run(work, partial(self._done, words), self.form.show_error, owner=self)

    def _merge(self, customer_id: int, into_id: int) -> None:
        work = partial(calls.merge, self._services, customer_id, into_id)
        self._runner.run(work, partial(self._done, "Merged into"), self.merging.show_error, owner=self)

    def _put_away(self, customer: Customer) -> None:
        if self._may():
            words = "Archived" if customer.archived_at is None else "Brought back"
            work = partial(calls.put_away, self._services, customer)
            self._runner.run(work, partial(self._done, words), self._refuse, owner=self)

    def _refuse(self, error: DeskError) -> None:
        self.list.refuse(str(error))

    def _foresee(self, customer: Customer) -> None:
        work = partial(calls.foresee, self._services, customer)
        self._runner.run(work, self.form.show_foresight, self.form.show_error, owner=self)

    def _foresee_merge(self, customer_id: int, into_id: int) -> None:
        work = partial(calls.foresee_merge, self._services, customer_id, into_id)
        self._runner.run(work, self.merging.show_foresight, self.merging.show_error, owner=self)

    def _done(self, words: str, kept: CustomerDone) -> None:
        self._close()
        self.list.refuse("")
        rescored = len(kept.done.seqs) - 1
        also = f", {counted(rescored, 'escalation')} re-scored" if rescored else ""
        self.work_told.emit(kept.done, f"{words} {one_line(kept.customer.name[:_LONGEST])}{also}")
        self.refresh()
