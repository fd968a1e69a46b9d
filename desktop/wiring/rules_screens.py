"""The page of rules over a desk, in the operator's name; every call is for the worker."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from desktop.domain.maintenance import MaintenanceWindow
from desktop.domain.person import Actor
from desktop.domain.rule import Rule
from desktop.services.desk import Desk
from desktop.services.maintenance import MaintenanceService
from desktop.services.observatory import Disagreement, ObservatoryService, Observed
from desktop.services.rule_history import RuleHistory
from desktop.services.rule_rows import RuleVersion
from desktop.services.rule_trial import TryOut
from desktop.services.rule_trials import RuleTrials
from desktop.services.rules import RuleService
from desktop.ui.bridge import Bridge
from desktop.ui.rules.page import RulesPage
from desktop.ui.rules.ports import Choices, MaintenanceFound, RulesFound
from desktop.ui.surroundings import Surroundings
from desktop.wiring.switching import operator_of

_FIELDS = 300


class DeskRules:
    """The rules of one desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        store, clock, bus, policy = desk.store, desk.clock, desk.bus, desk.policy
        self._service = RuleService(store=store, clock=clock, bus=bus, policy=policy)
        self._history = RuleHistory(store=store, clock=clock, bus=bus, policy=policy)
        self._trials = RuleTrials(store=store, clock=clock, policy=policy)
        self._observatory = ObservatoryService(store=store, clock=clock, policy=policy)

    def found(self) -> RulesFound:
        """Every rule and what rules can name."""
        return RulesFound(self._service.all(), self.choices(), self._service.names())

    def save(self, document: Mapping[str, Any]) -> Rule:
        """Keep a rule: a new one without `id`, else its next version.

        Raises: DeskError with the path of the fault; Conflict; NotAllowed.
        """
        if document.get("id"):
            return self._service.edit(int(document["id"]), document, self._by())
        return self._service.add(document, self._by())

    def enable(self, rule_id: int, *, enabled: bool) -> Rule:
        """Switch a rule on or off."""
        return self._service.enable(rule_id, self._by(), enabled=enabled)

    def move(self, rule_id: int, place: int) -> Rule:
        """Ask a rule in another place."""
        return self._service.move(rule_id, place, self._by())

    def remove(self, rule_id: int) -> None:
        """Take a rule away."""
        self._service.remove(rule_id, self._by())

    def bring_back(self, rule_id: int) -> Rule:
        """Take that back."""
        return self._service.bring_back(rule_id, self._by())

    def reset_breaker(self, rule_id: int) -> None:
        """Let a tripped rule act again."""
        self._service.reset_breaker(rule_id, self._by())

    def versions(self, rule_id: int) -> Sequence[RuleVersion]:
        """Its versions, newest first."""
        return self._history.versions(rule_id)

    def restore(self, rule_id: int, version: int) -> Rule:
        """Let an earlier version count again."""
        return self._history.restore(rule_id, version, self._by())

    def try_out(self, document: Mapping[str, Any], last_n: int) -> TryOut:
        """What a rule would have made of the last signals."""
        return self._trials.try_out(document, last_n)

    def ranked(self, within: timedelta | None) -> Sequence[Observed]:
        """The rules people disagree with most, first."""
        return self._observatory.ranked(within)

    def disagreements(self, rule_id: int, within: timedelta | None) -> Sequence[Disagreement]:
        """Each time they did."""
        return self._observatory.disagreements(rule_id, within)

    def choices(self) -> Choices:
        """What rules can name."""
        people = [person for person in self._desk.person.all() if person.active]
        policy = self._desk.policy.active()
        areas = policy.areas
        return Choices(
            fields=self._trials.fields_seen(limit=_FIELDS),
            people=tuple((person.id, person.name) for person in people),
            teams=tuple(sorted({person.team for person in people if person.team})),
            areas=tuple((area.key, area.name) for area in areas),
            issue_types=tuple((kind.key, kind.name) for area in areas for kind in area.issue_types),
            named={
                "source": tuple((source.key, source.name) for source in self._desk.source.all()),
                "tier": tuple((tier.key, tier.name) for tier in policy.tiers),
            },
        )

    def _by(self) -> Actor:
        return operator_of(self._desk)


class DeskMaintenance:
    """The maintenance windows of one desk."""

    def __init__(self, desk: Desk, rules: DeskRules) -> None:
        self._desk = desk
        self._rules = rules
        self._service = MaintenanceService(store=desk.store, clock=desk.clock, bus=desk.bus)

    def found(self) -> MaintenanceFound:
        """Every window and what windows can cover."""
        sources = tuple((source.key, source.name) for source in self._desk.source.all())
        return MaintenanceFound(self._service.recent(), sources, self._rules.choices())

    def keep(self, window: MaintenanceWindow) -> MaintenanceWindow:
        """Plan a new window, or change one that has an id.

        Raises: DeskError naming the field at fault; Conflict; NotAllowed.
        """
        by = operator_of(self._desk)
        return self._service.change(window, by) if window.id else self._service.plan(window, by)

    def cancel(self, window_id: int) -> None:
        """Call off one that has not begun."""
        self._service.cancel(window_id, operator_of(self._desk))

    def end_now(self, window_id: int) -> object:
        """End one that lasts."""
        return self._service.end_now(window_id, operator_of(self._desk))


def rules_page(desk: Desk, around: Surroundings, bridge: Bridge) -> RulesPage:
    """The page of rules, which keeps itself true."""
    rules = DeskRules(desk)
    page = RulesPage(rules, DeskMaintenance(desk, rules), around)
    for changed in (
        bridge.rules_changed,
        bridge.maintenance_changed,
        bridge.people_changed,
        bridge.policy_changed,
    ):
        changed.connect(page.refresh)
    return page
