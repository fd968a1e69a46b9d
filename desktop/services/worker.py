"""One thread that does the desk's writing and heavy reading, in the order it was asked."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import ParamSpec, TypeVar

_Args = ParamSpec("_Args")
_Result = TypeVar("_Result")


class Worker:
    """Runs one piece of work after another on a thread of its own.

    The thread starts with the first piece and is waited for at the end of the program: what was asked is
    never cut off. What a piece raises is raised again by its future.
    """

    def __init__(self, name: str = "desk") -> None:
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)

    def submit(
        self, work: Callable[_Args, _Result], *args: _Args.args, **kwargs: _Args.kwargs
    ) -> Future[_Result]:
        """Do this after everything asked before.

        Raises: RuntimeError once the worker is closed.
        """
        return self._executor.submit(work, *args, **kwargs)

    def close(self, *, wait: bool = True) -> None:
        """Take no more work; finish what was asked and, with `wait`, wait for it. Safe to repeat."""
        self._executor.shutdown(wait=wait)
