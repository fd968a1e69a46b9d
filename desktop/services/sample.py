"""The sample desk: a file of its own beside the real one, to look around in and to practise with."""

import os
from datetime import timedelta
from pathlib import Path

from db import place
from db.engine import open_store
from db.unit_of_work import Store
from desktop import paths
from desktop.domain.clock import Clock, ManualClock
from desktop.domain.errors import Conflict, DeskError, StoreError
from desktop.services.desk import Desk
from desktop.services.sample_mark import is_sample, mark
from desktop.services.sample_story import Player, Scene, cast_of, customers_of, scenes_of

#: Who takes part in the story as `me`, unless told otherwise.
OPERATOR = "Sam Porter"
# The people and customers of the story are there some time before it begins.
_PRELUDE = timedelta(hours=1)


def build(path: Path, backups: Path, clock: Clock, *, operator: str = OPERATOR, zone: str = "") -> None:
    """Make the sample desk's file, its story ending now; `operator` takes part in it.

    Raises: Conflict when there is a file already; StoreError when it cannot be made.
    """
    # A start with an own desk does without these.
    from desktop.services.sample_rota import rotas_of
    from desktop.services.yaml_text import read_yaml

    if path.exists():
        raise Conflict(f"{path.name} is there already.", hint="Open it, or remove it first.")
    script = read_yaml(paths.resource("demo", "sample.yaml").read_text(encoding="utf-8"))
    scenes = scenes_of(script["escalations"], clock.now())
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        past = ManualClock(scenes[0].at - _PRELUDE)
        desk = Desk.open(unfinished, backups, past)
        try:
            cast = cast_of(desk, script["people"], operator, zone)
            rotas_of(desk, script, cast, clock.now())
            customers = customers_of(desk, script["customers"])
            _play(Player(desk, past, cast, customers), scenes, clock)
            _mark(desk.store)
        finally:
            desk.close()
        unfinished.rename(path)
    except OSError as error:
        raise DeskError(f"The sample desk could not be made: {error.strerror or error}.") from error
    finally:
        _delete(unfinished)


def remove(path: Path) -> None:
    """Delete the sample desk's file, which nobody has open any more; none there is as good.

    Raises: DeskError when the file is no sample desk, or cannot be deleted; it is then left alone.
    """
    if not path.exists():
        return
    if not _is_sample_file(path):
        raise DeskError(f"{path.name} is no sample desk.", hint="Nothing was removed.")
    try:
        _delete(path)
    except OSError as error:
        raise DeskError(
            f"The sample desk could not be removed: {error.strerror or error}.",
            hint="Close it, then try again.",
        ) from error


def _play(player: Player, scenes: list[Scene], clock: Clock) -> None:
    for scene in scenes:
        player.let_pass(scene.at)
        player.act(scene)
    player.let_pass(clock.now())


def _mark(store: Store) -> None:
    with store.begin() as session:
        mark(session)


def _is_sample_file(path: Path) -> bool:
    try:
        store = open_store(path, read_only=True)
    except StoreError:
        return False
    try:
        return is_sample(store)
    finally:
        store.close()


def _delete(path: Path) -> None:
    for file in (path, *place.side_files(path)):
        file.unlink(missing_ok=True)
