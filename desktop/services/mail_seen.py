"""What the desk finds out about a mail before it decides: which escalation it answers, and whose it is."""

from dataclasses import replace

from db.queries import customer as customers
from db.queries import escalation as escalations
from db.queries import mail as mails
from db.unit_of_work import Session
from desktop.domain.customer import Customer, name_key
from desktop.domain.disposition import Standing, Told, Verdict, dispose
from desktop.domain.email_text import EmailText
from desktop.domain.failsafe import AlertState, joins
from desktop.domain.instant import span_us
from desktop.domain.signal import Signal, SignalAction
from desktop.domain.signal_mail import mail_of
from desktop.domain.source import Source

#: In the subject of a page by mail, before what names it.
PAGE_MARK = "[page "


def answered(session: Session, signal: Signal, source: Source, now_us: int) -> Told | None:
    """The escalation a mail answers, by the mails it replies to or by the number in its subject.

    One that has ended counts as long as a repeat would join it; later the mail stands for itself.
    """
    mail = mail_of(signal.fields)
    found = [mails.thread_of(session, source.id, mail.get("replies_to", ()))] if mail else []
    if PAGE_MARK in str(mail.get("subject", "")):
        from desktop.services.page_reply import escalation_of  # seldom wanted

        found.insert(0, escalation_of(session, mail))
    for number in mail.get("numbers", ()):
        found += escalations.with_number(session, number)
    for escalation_id in filter(None, found):
        state = mails.state_of(session, escalations.survivor(session, escalation_id))
        if joins(AlertState(state.is_open, state.ended_us or 0), now_us, span_us(source.window)):
            return Told(state.escalation_id, state.number)
    return None


def customer_of_sender(session: Session, signal: Signal) -> Customer | None:
    """Whose mail it is: by the contacts of the customers, or else by the word of its sender's domain."""
    address = str(mail_of(signal.fields).get("from", ""))
    if not address:
        return None
    word = EmailText("", address, "", "").organisation
    found = mails.customer_of(session, address, by_domain=bool(word))
    if found is None and word:
        found = customers.by_key(session, name_key(word))
    return found


def disposed(signal: Signal, standing: Standing, answered: Told | None) -> Verdict:
    """What becomes of a signal; one that answers an escalation adds to that, in maintenance too."""
    if answered is None:
        return dispose(signal.action.value, standing)
    verdict = dispose(SignalAction.INFO.value, replace(standing, open_alert=answered))
    if verdict.joins is None:
        return verdict
    return replace(verdict, why=f"It answers {answered.number}.")
