"""Why a request is not taken, in a sentence for whoever set up the sender."""

from collections.abc import Mapping


class Refusal(Exception):
    """An answer other than 2xx: its status, what is wrong and where in the body, and what else to tell."""

    def __init__(
        self,
        status: int,
        sentence: str,
        *,
        field: str = "",
        headers: Mapping[str, str] | None = None,
        source_id: int = 0,
    ) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence
        self.field = field
        self.headers = dict(headers or {})
        self.source_id = source_id


def unknown_path() -> Refusal:
    """Nothing is received there."""
    return Refusal(404, "There is nothing at this path. GET /openapi.json lists the paths.")


def wrong_method(*allowed: str) -> Refusal:
    """The path is right, the method is not."""
    sentence = f"Send {' or '.join(allowed)} to this path."
    return Refusal(405, sentence, headers={"Allow": ", ".join(allowed)})


def later(status: int, sentence: str, seconds: int, source_id: int = 0) -> Refusal:
    """Not now; the sender keeps it and comes again."""
    return Refusal(status, sentence, headers={"Retry-After": str(seconds)}, source_id=source_id)
