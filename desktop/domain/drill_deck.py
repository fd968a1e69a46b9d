"""The deck of complications: shuffled by a seed, so that the same seed always draws the same cards."""

from hashlib import sha256

from desktop.domain.drill_scenario import Scenario


def deck(scenario: Scenario, seed: int) -> tuple[str, ...]:
    """The complications in the order they are drawn; heavier ones tend to come first.

    Each draw takes a number from SHA-256 of seed and place, which is the same on every machine.
    """
    left = list(scenario.complications)
    drawn: list[str] = []
    while left:
        number = int.from_bytes(sha256(f"{scenario.id}:{seed}:{len(drawn)}".encode()).digest()[:8], "big")
        at = number % sum(card.weight for card in left)
        for card in left:
            at -= card.weight
            if at < 0:
                break
        left.remove(card)
        drawn.append(card.id)
    return tuple(drawn)
