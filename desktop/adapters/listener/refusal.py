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

    def problem(self) -> dict[str, str]:
        """The answer's content."""
        return {"error": self.sentence, "field": self.field}


def later(status: int, sentence: str, seconds: int, source_id: int = 0) -> Refusal:
    """Not now; the sender keeps it and comes again."""
    return Refusal(status, sentence, headers={"Retry-After": str(seconds)}, source_id=source_id)
