"""The list behind a digest: what fired while nobody was there, and what of it still needs a person."""

from db.queries import alarm as alarms
from db.unit_of_work import Store
from desktop.domain.alarm import MISSED_AFTER_S, was_missed
from desktop.domain.clock import Clock
from desktop.domain.digest import Digest, held, missed
from desktop.domain.instant import US_PER_DAY, to_us


class DigestService:
    """Gives the digests of the last day in full, for the page that a digest notification opens."""

    def __init__(self, *, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def missed_while_away(self) -> Digest | None:
        """What was raised late within the last day, because the program was off or the machine slept."""
        with self._store.read() as session:
            concerns = alarms.told_in_digest(session, to_us(self._clock.now()) - US_PER_DAY)
        late = [concern for concern in concerns if was_missed(concern)]
        return missed(late) if late else None

    def held_in_quiet_hours(self) -> Digest | None:
        """What quiet hours held back within the last day."""
        with self._store.read() as session:
            concerns = alarms.told_in_digest(session, to_us(self._clock.now()) - US_PER_DAY)
        quiet = [concern for concern in concerns if concern.late_s <= MISSED_AFTER_S]
        return held(quiet) if quiet else None
