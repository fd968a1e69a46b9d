"""Who may send: the sources of a desk that have a token."""

from contextlib import closing

from desktop.adapters.listener.book import KeptBook, KnownSource, token_name
from desktop.adapters.secrets import Secrets, new_token
from desktop.domain.clock import ManualClock
from desktop.domain.source import Source, SourceKind
from desktop.services.desk import Desk
from tests.adapters.hearing import LEAD
from tests.factories import MONDAY


def test_sources_with_a_token_are_known_even_when_they_are_switched_off(database_path):
    secrets = Secrets(database_path.parent, "desk", lambda: None)
    with closing(Desk.open(database_path, database_path.parent / "backups", ManualClock(MONDAY))) as desk:
        book = KeptBook(desk.source.all, secrets)
        wanted = [
            desk.source.add(Source(0, "", name, SourceKind.GENERIC, enabled=enabled), LEAD)
            for name, enabled in (("Script", True), ("Off", False))
        ]
        desk.source.add(Source(0, "", "No token", SourceKind.GENERIC), LEAD)
        mailbox = desk.source.add(Source(0, "", "Mail", SourceKind.MAIL), LEAD)
        tokens = {source.id: new_token() for source in (*wanted, mailbox)}
        for source in (*wanted, mailbox):
            secrets.put(token_name(source), tokens[source.id])
        known = {each.source.id: each.token for each in book.known()}
    assert known == {source.id: tokens[source.id] for source in wanted}


def test_a_known_source_does_not_show_its_token():
    assert "geheim" not in repr(KnownSource(Source(1, "a", "A", SourceKind.GENERIC), "geheim"))
