"""The drills that come with the program."""

from pathlib import Path

from desktop import paths
from desktop.domain.drill_scenario import Scenario
from desktop.services.drill_file import load


def shipped_files() -> tuple[Path, ...]:
    """Where they lie, by name."""
    return tuple(sorted(paths.resource("drills").glob("*.drill.yaml")))


def shipped() -> tuple[Scenario, ...]:
    """All of them.

    Raises: DeskError when the program's files are damaged.
    """
    return tuple(load(path) for path in shipped_files())
