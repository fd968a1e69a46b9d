"""What ships with the program as files of text, read by the short names of the files."""

from collections.abc import Callable
from typing import TypeVar

from desktop import paths
from desktop.domain.errors import DeskError

T = TypeVar("T")


def shipped(folder: str, ending: str, called: str, read: Callable[[str], T]) -> dict[str, T]:
    """Everything in a folder of the resources, in the order of its names; `called` is what one of them is.

    Raises: DeskError when the program's files are damaged.
    """
    found = {}
    for path in sorted(paths.resource(folder).glob(f"*{ending}")):
        try:
            found[path.stem] = read(path.read_text(encoding="utf-8"))
        except (OSError, DeskError) as error:
            raise DeskError(
                f"The {called} shipped with the program, {path}, cannot be read: {error}",
                hint="Install the program again.",
            ) from error
    return found
