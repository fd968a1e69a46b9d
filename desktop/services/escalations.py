"""All commands on escalations of one desk, made together over one store, clock, bus and policy."""

from dataclasses import dataclass

from db.unit_of_work import Store
from desktop.domain.clock import Clock
from desktop.services.attaching import AttachingService
from desktop.services.audit import AuditService
from desktop.services.bus import Bus
from desktop.services.case import Cases
from desktop.services.classification import ClassificationService
from desktop.services.clocks import Clocks
from desktop.services.details import DetailsService
from desktop.services.escalation import EscalationService
from desktop.services.merging import MergingService
from desktop.services.ownership import OwnershipService
from desktop.services.pausing import PausingService
from desktop.services.policy import PolicyService
from desktop.services.snooze import SnoozeService
from desktop.services.transition import TransitionService
from desktop.services.undoing import UndoService


@dataclass(frozen=True)
class Escalations:
    """What can be done to escalations, story by story."""

    escalation: EscalationService
    classification: ClassificationService
    transition: TransitionService
    ownership: OwnershipService
    pausing: PausingService
    snooze: SnoozeService
    merging: MergingService
    attaching: AttachingService
    undoing: UndoService
    details: DetailsService
    clocks: Clocks
    audit: AuditService
    cases: Cases

    @classmethod
    def build(cls, *, store: Store, clock: Clock, bus: Bus, policy: PolicyService) -> "Escalations":
        """The services of one desk; two desks share nothing."""
        cases = Cases(store=store, clock=clock, bus=bus, policy=policy)
        classification = ClassificationService(cases)
        return cls(
            escalation=EscalationService(cases),
            classification=classification,
            transition=TransitionService(cases, classification),
            ownership=OwnershipService(cases),
            pausing=PausingService(cases),
            snooze=SnoozeService(cases),
            merging=MergingService(cases),
            attaching=AttachingService(cases),
            undoing=UndoService(cases),
            details=DetailsService(store=store, clock=clock, policy=policy),
            clocks=Clocks(store=store, clock=clock, bus=bus, policy=policy),
            audit=AuditService(store=store),
            cases=cases,
        )
