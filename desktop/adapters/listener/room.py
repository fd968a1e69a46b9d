"""Paths of the listener that end in a token of their own: links for people and subscriptions."""

import asyncio
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass

from desktop.adapters.listener.answer import Answer

#: (method, what follows the path) to the answer; called on a thread of its own, as it may ask the database.
Enter = Callable[[str, str], Answer]


@dataclass(frozen=True, slots=True)
class Room:
    """What is behind a path's beginning, and with which methods it is entered."""

    methods: tuple[str, ...]
    enter: Enter

    async def answer(self, method: str, rest: str) -> Answer:
        """The answer, without holding up the loop."""
        return await asyncio.to_thread(self.enter, method, rest)


#: By the beginning of their paths, as `/v1/ack/`; may be filled while the listener runs.
Rooms = MutableMapping[str, Room]


def room_of(rooms: Rooms, path: str) -> tuple[str, Room] | None:
    """The room a path leads to, with its own beginning."""
    return next(((begin, room) for begin, room in rooms.items() if path.startswith(begin)), None)
