"""Attaches files and messages to an escalation as evidence, and takes them off again."""

from db.queries import evidence
from desktop.domain.errors import NotFound
from desktop.domain.escalation import Done
from desktop.domain.evidence import checked_content, clean_name
from desktop.domain.instant import to_us
from desktop.domain.intake import NewEvidence
from desktop.domain.person import Actor
from desktop.domain.rights import Action
from desktop.domain.timeline import EventKind
from desktop.domain.wording import one_line
from desktop.services.case import Cases


class AttachingService:
    """Commands about evidence; its bytes are kept whatever becomes of it."""

    def __init__(self, cases: Cases) -> None:
        self._cases = cases

    def attach(self, escalation_id: int, piece: NewEvidence, by: Actor) -> Done:
        """Keep a file or message with an escalation, byte for byte.

        Raises: DeskError when it is empty or too large; NotAllowed.
        """
        with self._cases.change(escalation_id, by, Action.ATTACH) as case:
            sha256 = evidence.keep(case.work.session, checked_content(piece.data))
            name = clean_name(piece.name)
            evidence_id = evidence.attach(
                case.work.session,
                escalation_id=case.id,
                name=name,
                media_type=one_line(piece.media_type),
                sha256=sha256,
                at_us=case.at_us,
                by=by.name,
            )
            case.changes.added("evidence", evidence_id, {"removed_at": case.at_us}, {"removed_at": None})
            return case.tell(
                EventKind.EVIDENCE_ATTACHED,
                "Attachment",
                evidence=evidence_id,
                name=name,
                size=len(piece.data),
                sha256=sha256,
            )

    def remove(self, evidence_id: int, by: Actor) -> Done:
        """Take a piece off its escalation; the timeline keeps its name and hash.

        Raises: NotFound; NotAllowed.
        """
        with self._cases.work(by) as work:
            piece = evidence.by_id(work.session, evidence_id)
            if piece is None:
                raise NotFound(
                    "This piece of evidence is not there any more.", hint="Look at the timeline for why."
                )
            case = work.case(piece.escalation_id, Action.REMOVE_EVIDENCE)
            case.changes.set("evidence", piece.id, removed_at=max(case.at_us, to_us(piece.added_at)))
            return case.tell(
                EventKind.EVIDENCE_REMOVED, "Removal", evidence=piece.id, name=piece.name, sha256=piece.sha256
            )
