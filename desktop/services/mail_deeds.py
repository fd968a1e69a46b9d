"""What a mail brings with it: attachments become evidence, and an answer lets the clocks run again."""

from db.queries import evidence
from db.queries import message as messages
from desktop.domain.disposition import Disposition
from desktop.domain.evidence import LARGEST_BYTES, clean_name
from desktop.domain.intake import NewEvidence
from desktop.domain.signal_mail import attachments_of, mail_of
from desktop.domain.source import SourceKind
from desktop.domain.timeline import EventKind
from desktop.services import snooze
from desktop.services.case import Work
from desktop.services.judging import Heard
from desktop.services.mail_seen import PAGE_MARK
from desktop.services.pausing import end_waiting_on_customer

_LONGEST_ANSWER = 4000


def bring(work: Work, heard: Heard, escalation_id: int) -> None:
    """Do for the escalation that a mail opened or joined what the mail brings; nothing for other signals.

    What a machine answered by itself is counted, but is nobody's answer and leaves nothing behind.
    """
    mail = mail_of(heard.signal.fields)
    if heard.source.kind is not SourceKind.MAIL or not mail or mail.get("automatic"):
        return
    body = messages.body(work.session, heard.message_id)
    pieces = list(attachments_of(body))
    if heard.verdict.disposition is Disposition.OPENED:
        _attach(work, heard, escalation_id, pieces)
        return
    name = clean_name(f"{heard.source.key}-{heard.message_id}.eml")
    _attach(work, heard, escalation_id, [NewEvidence(name, body, "message/rfc822"), *pieces])
    if PAGE_MARK in str(mail.get("subject", "")):
        from desktop.services.page_reply import answer  # seldom wanted

        if answer(work, mail, heard.signal.understood("details")):
            return
    if mail.get("is_reply") or mail.get("numbers"):
        _note_answer(work, heard, escalation_id)


def _attach(work: Work, heard: Heard, escalation_id: int, pieces: list[NewEvidence]) -> None:
    """Keep pieces that are not kept with it already, as pictures of signatures come with every mail."""
    known = {piece.sha256 for piece in evidence.for_escalation(work.session, escalation_id)}
    for piece in pieces:
        if len(piece.data) > LARGEST_BYTES:
            continue  # it is in the message itself, which is kept whole
        sha256 = evidence.keep(work.session, piece.data)
        if sha256 in known:
            continue
        known.add(sha256)
        evidence_id = evidence.attach(
            work.session,
            escalation_id=escalation_id,
            name=piece.name,
            media_type=piece.media_type,
            sha256=sha256,
            at_us=work.at_us,
            by=heard.source.name,
        )
        facts = {"evidence": evidence_id, "name": piece.name, "size": len(piece.data), "sha256": sha256}
        work.tell(EventKind.EVIDENCE_ATTACHED, escalation_id, facts)


def _note_answer(work: Work, heard: Heard, escalation_id: int) -> None:
    """The customer has answered: clocks that waited for it run again, and alarms return."""
    case = work.case(escalation_id)
    resumed = end_waiting_on_customer(case)
    snooze.end(case, "the customer answered")
    case.tell(
        EventKind.CUSTOMER_ANSWERED,
        "Customer's answer",
        counts=case.escalation.is_open,
        text=heard.signal.understood("details")[:_LONGEST_ANSWER],
        sender=heard.signal.understood("reporter"),
        source=heard.source.name,
        resumed=resumed,
    )
