"""Opens the desk of a window, on the worker; a sample desk is acted out first where there is none."""

from typing import TYPE_CHECKING

from desktop.domain.clock import Clock
from desktop.wiring.place import DeskPlace

if TYPE_CHECKING:
    from desktop.services.desk import Desk


def open_desk(place: DeskPlace, clock: Clock) -> "Desk":
    """The desk of that place.

    Raises: StoreError saying what is wrong with the database and what to do.
    """
    # Imported here: the services bring the store with them, which has no place before the first picture.
    from desktop.services.desk import Desk

    if place.is_sample and not place.database.exists():
        from desktop.services import sample

        sample.build(place.database, place.backups, clock)
    return Desk.open(place.database, place.backups, clock)
