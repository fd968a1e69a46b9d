"""Who may send over HTTP, and with which token."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from desktop.domain.source import Source


@dataclass(frozen=True, slots=True)
class KnownSource:
    """A source with its token; one that is switched off is known too, so that it can be told so."""

    source: Source
    token: str = field(repr=False)


class SourceBook(Protocol):
    """Where the listener looks up who may send."""

    def known(self) -> Sequence[KnownSource]:
        """Every source that has a token."""
        ...


class Tokens(Protocol):
    """Where tokens are kept."""

    def get(self, name: str) -> str | None:
        """The secret of a name; None where there is none."""
        ...


def token_name(source: Source) -> str:
    """Under which name a source's token is kept; a source's key is never given again."""
    return f"source.{source.key}.token"


class KeptBook:
    """The sources of a desk with their tokens."""

    def __init__(self, sources: Callable[[], Iterable[Source]], tokens: Tokens) -> None:
        self._sources = sources
        self._tokens = tokens

    def known(self) -> tuple[KnownSource, ...]:
        """Every source that sends over HTTP and has a token."""
        pushed = [source for source in self._sources() if source.kind.is_pushed]
        tokens = [self._tokens.get(token_name(source)) for source in pushed]
        return tuple(
            KnownSource(source, token) for source, token in zip(pushed, tokens, strict=True) if token
        )
