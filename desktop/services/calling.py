"""Pages somebody about an escalation because a person wants it, beside what the ladder does by itself."""

from db.queries import channel as channels
from db.queries import outbox as rows
from desktop.domain.errors import DeskError
from desktop.domain.escalation import Done
from desktop.domain.events import OutboxFilled
from desktop.domain.person import Actor
from desktop.domain.policy_alarm import Urgency
from desktop.domain.rights import Action
from desktop.domain.timeline import EventKind
from desktop.domain.wording import one_line
from desktop.services.case import Cases
from desktop.services.ownership import present

#: Why such a page went out, as the outbox names it.
BY_HAND = "by_hand"


class Calling:
    """Pages sent by hand; quiet hours and limits do not hold back what a person asks for."""

    def __init__(self, cases: Cases) -> None:
        self._cases = cases

    def page(self, escalation_id: int, person_id: int, text: str, by: Actor) -> Done:
        """Page a person by their first channel, and by the next where that fails.

        Raises: DeskError for somebody without a channel; NotFound; NotAllowed.
        """
        with self._cases.change(escalation_id, by, Action.PAGE) as case:
            session = case.work.session
            person = present(case, person_id, "person")
            own = channels.usable(session).get(person.id)
            if not own:
                raise DeskError(
                    f"{person.name} has no channel by which a page could come.",
                    field="person",
                    hint="Telephone, or page somebody else; channels are kept in the settings.",
                )
            words = one_line(text) or case.escalation.title
            row = rows.NewRow(
                key=f"hand:{case.id}:{session.revision()}|0|{person.id}|page:{own[0].id}",
                escalation_id=case.id,
                alarm_id=None,
                reason=BY_HAND,
                step=0,
                person_id=person.id,
                channel=own[0].kind,
                urgency=Urgency.CRITICAL.value,
                title=f"{case.escalation.number}: {words}"[:200],
                body=f"{case.escalation.title}\n\n{by.name} asks for you: {words}",
                sound=0,
                created_us=case.at_us,
                channel_id=own[0].id,
            )
            rows.put_one(session, row)
            done = case.tell(EventKind.ALARM_RAISED, "Page", told=[person.name], about=BY_HAND, text=words)
        self._cases.publish(OutboxFilled(1))
        return done
