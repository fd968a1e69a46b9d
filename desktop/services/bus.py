"""Tells the parts of one desk what has happened, after it is stored."""

import threading
from collections.abc import Callable
from typing import Any, TypeVar

_Event = TypeVar("_Event")


class Subscription:
    """A handler's place on the bus."""

    def __init__(self, bus: "Bus", kind: type, handler: Callable[[Any], None]) -> None:
        self._bus = bus
        self.kind = kind
        self.handler = handler

    def cancel(self) -> None:
        """Hear no more; safe to repeat."""
        self._bus.leave(self)


class Bus:
    """Hands each event to those who asked for its type, in the order they asked, on the publishing thread."""

    def __init__(self) -> None:
        self._subscriptions: tuple[Subscription, ...] = ()
        self._lock = threading.Lock()

    def subscribe(self, kind: type[_Event], handler: Callable[[_Event], None]) -> Subscription:
        """Hear of every event of a type until the subscription is cancelled."""
        subscription = Subscription(self, kind, handler)
        with self._lock:
            self._subscriptions = (*self._subscriptions, subscription)
        return subscription

    def leave(self, subscription: Subscription) -> None:
        """Take a subscription off the bus."""
        with self._lock:
            self._subscriptions = tuple(held for held in self._subscriptions if held is not subscription)

    def publish(self, event: object) -> None:
        """Tell everybody who asked for events of this type."""
        for subscription in self._subscriptions:
            if isinstance(event, subscription.kind):
                subscription.handler(event)
