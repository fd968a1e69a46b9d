"""A team's own promise, as an event of the product holds it, on the drill's clock."""

from datetime import datetime

from desktop.domain.drill_plan import Plan


def promised_ms(plan: Plan, said: object, since_ms: int) -> int | None:
    """When a promise falls due, in milliseconds of the drill; None where the event holds none.

    `said` is an instant as ISO 8601 writes it, in the story's time, or a number of seconds of the drill.
    """
    if isinstance(said, datetime):
        return plan.sim_of(said, since_ms) if said.tzinfo else None
    if isinstance(said, int | float) and not isinstance(said, bool):
        return int(said * 1000)
    if not isinstance(said, str):
        return None
    try:
        at = datetime.fromisoformat(said)
    except ValueError:
        return None
    return plan.sim_of(at if at.tzinfo else at.replace(tzinfo=plan.scenario.pace.start.tzinfo), since_ms)
