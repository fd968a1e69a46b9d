"""The bus: who hears what."""

from desktop.domain.events import OutboxFilled, PolicyChanged
from desktop.services.bus import Bus


def test_handlers_hear_the_events_they_asked_for_in_order():
    bus, heard = Bus(), []
    bus.subscribe(PolicyChanged, lambda event: heard.append(("first", event.version)))
    bus.subscribe(PolicyChanged, lambda event: heard.append(("second", event.version)))
    bus.publish(OutboxFilled(1))
    bus.publish(PolicyChanged(3))
    assert heard == [("first", 3), ("second", 3)]


def test_a_cancelled_handler_hears_no_more_and_others_do():
    bus, heard = Bus(), []
    gone = bus.subscribe(PolicyChanged, lambda event: heard.append("gone"))
    bus.subscribe(PolicyChanged, lambda event: heard.append("stays"))
    gone.cancel()
    gone.cancel()
    bus.publish(PolicyChanged(1))
    assert heard == ["stays"]


def test_a_handler_may_cancel_itself_while_it_is_told():
    bus, heard = Bus(), []

    def once(event: PolicyChanged) -> None:
        heard.append(event.version)
        subscription.cancel()

    subscription = bus.subscribe(PolicyChanged, once)
    bus.publish(PolicyChanged(1))
    bus.publish(PolicyChanged(2))
    assert heard == [1]
