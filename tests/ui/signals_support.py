"""The signals page over a real desk, for tests; tokens, listener and places are stand-ins."""

from desktop.adapters.tickets_text import find_separator
from desktop.domain.errors import DeskError
from desktop.services.sandbox import Sandbox
from desktop.ui.signals.page import SignalsPage
from desktop.ui.signals.ports import ListenerView, NewToken, SignalsServices

ALL, HELD, SOURCES = range(3)


class FakePlaces:
    """Knows one mailbox, with the password "horse"; folders under /nowhere are not there."""

    def __init__(self):
        self.passwords: dict[str, str] = {}
        self.watched: set[int] = set()
        self.is_broken = False

    def check(self, source):
        if str(source.options.get("folder", "")).startswith("/nowhere"):
            raise DeskError("The folder is not there.", field="folder", hint="Choose another.")

    def is_watched(self, source):
        return source.id in self.watched

    def password_note(self, source):
        return "Kept in the keyring of this system." if source.key in self.passwords else ""

    def keep_password(self, source, password):
        if self.is_broken:
            raise DeskError("The keyring is locked.")
        self.passwords[source.key] = password

    def forget(self, source):
        self.passwords.pop(source.key, None)

    def look_into(self, source, password):
        if (password or self.passwords.get(source.key)) != "horse":
            raise DeskError("The server refuses this password.")
        return f"It works. {source.options['folder']} holds 3 mails."


class FakeTokens:
    """Gives tokens by number."""

    def __init__(self) -> None:
        self.given: dict[str, str] = {}

    def has(self, source):
        return source.key in self.given

    def renew(self, source):
        self.given[source.key] = f"token-{len(self.given)}"
        return NewToken(self.given[source.key], "Kept in the keyring of this system.")

    def forget(self, source):
        self.given.pop(source.key, None)


class FakeListener:
    """Listens at any port but 80."""

    def __init__(self) -> None:
        self.now = ListenerView(False, False, "", 9750, "It is switched off.")

    def view(self):
        return self.now

    def turn(self, *, on, port):
        if port == 80:
            raise DeskError("Port 80 is taken.", field="port", hint="Choose another.")
        self.now = ListenerView(on, on, f"http://127.0.0.1:{port}", port)
        return self.now


def open_page(qtbot, desk, real_desk, around):
    """The page, in sight."""
    services = SignalsServices(
        signals=desk.signals,
        sources=desk.sources,
        tokens=FakeTokens(),
        listener=FakeListener(),
        places=FakePlaces(),
        separator_of=find_separator,
        people=real_desk.person,
        policy=real_desk.policy,
        customers=real_desk.customer,
        search=real_desk.search,
        clock=real_desk.clock,
        sandbox=Sandbox(store=desk.store, clock=desk.clock),
    )
    made = SignalsPage(services, around)
    qtbot.addWidget(made)
    made.resize(1250, 700)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    return made


def settle(qtbot, page, around):
    page.refresh()
    tabs = (page.signals, page.held)
    qtbot.waitUntil(lambda: not around.runner.pending and not any(tab._soon.isActive() for tab in tabs))


def go(qtbot, page, around, tab):
    page.tabs.setCurrentIndex(tab)
    settle(qtbot, page, around)


def texts(table, row):
    model = table.model()
    return [model.index(row, column).data() for column in range(model.columnCount())]
