"""A thread for each piece of work that waits for somebody outside, such as a mail server."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any


class Aside:
    """The desk's own worker goes on meanwhile. The end of the program waits for none of it."""

    def submit(self, fn: Callable[..., Any], /, *args: Any) -> "Future[Any]":  # noqa: ANN401 any call at all
        """Do it at once."""
        future: Future[Any] = Future()
        threading.Thread(target=_do, args=(future, fn, args), name="aside", daemon=True).start()
        return future


def _do(future: "Future[Any]", fn: Callable[..., Any], args: tuple[Any, ...]) -> None:
    future.set_running_or_notify_cancel()
    try:
        found = fn(*args)
    except BaseException as fault:  # noqa: BLE001 whoever asked hears of it
        future.set_exception(fault)
    else:
        future.set_result(found)
