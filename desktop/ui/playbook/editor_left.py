"""What was typed in drafts that were left before it was known to be kept."""

from desktop.domain.playbook import Content, Draft


class LeftWords:
    """At most one content for each playbook, with the draft it was typed into."""

    def __init__(self) -> None:
        self._left: dict[int, tuple[Draft, Content]] = {}

    def put(self, draft: Draft, content: Content) -> None:
        """Remember it until it is kept."""
        self._left[draft.playbook_id] = (draft, content)

    def drop(self, playbook_id: int) -> None:
        """It is kept, or not wanted."""
        self._left.pop(playbook_id, None)

    def take(self, draft: Draft) -> tuple[Draft, Content] | None:
        """What was typed into this draft and is not in it; None where all is."""
        before, typed = self._left.pop(draft.playbook_id, (None, None))
        if before is None or typed is None or typed == draft.content or not is_same(before, draft):
            return None
        return before, typed


def is_same(before: Draft | None, now: Draft) -> bool:
    """Whether it is the draft that was there before, or a later edition of it; not one begun anew."""
    if before is None or now.edition < before.edition or now.author_id != before.author_id:
        return False
    return now.edition > before.edition or now.updated_at == before.updated_at
