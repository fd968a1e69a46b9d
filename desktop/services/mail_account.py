"""The account that mail leaves by: kept in the desk's database, its password where passwords are kept."""

import json
from contextlib import suppress
from dataclasses import asdict

from db.queries import setting, timeline
from db.unit_of_work import Session, Store
from desktop.domain.clock import Clock
from desktop.domain.errors import DeskError, NotAllowed
from desktop.domain.events import ContactsChanged
from desktop.domain.instant import to_us
from desktop.domain.mail_account import MailAccount, Security, checked_account
from desktop.domain.person import Actor, Role
from desktop.domain.timeline import EventKind
from desktop.services.bus import Bus
from desktop.services.paging import SecretKeeper

SECRET = "mail_account"
_KEY = "mail_account"


class MailAccountService:
    """Keeps the account; only a lead changes it. Calls may wait for the keyring: for the worker."""

    def __init__(self, *, store: Store, clock: Clock, bus: Bus, secrets: SecretKeeper) -> None:
        self._store = store
        self._clock = clock
        self._bus = bus
        self._secrets = secrets

    def current(self) -> MailAccount:
        """The account; an empty one while none is set up."""
        with self._store.read() as session:
            return account_of(session)

    def has_password(self) -> bool:
        """Whether its password is on this computer."""
        return bool(self._secrets.get(SECRET))

    def password(self) -> str:
        """Its password; empty where there is none here."""
        return self._secrets.get(SECRET) or ""

    def keep(self, account: MailAccount, by: Actor, password: str = "") -> MailAccount:
        """Keep the account; an empty password leaves the one that is kept.

        A password is never given to another server than the one it was typed for.

        Raises: NotAllowed unless by a lead; DeskError naming the field that is wrong.
        """
        if Role.LEAD not in by.roles:
            raise NotAllowed(f"{by.name} cannot change the mail account.", hint="Ask a lead to do it.")
        checked = checked_account(account)
        before = self.current()
        is_elsewhere = (before.host, before.user) != (checked.host, checked.user)
        if checked.user and not password and (is_elsewhere or not self.has_password()):
            raise DeskError(
                "The password is missing.", field="password", hint="Type it for this server and user."
            )
        if password or not checked.user:
            self._secrets.delete(SECRET)
        if password and checked.user:
            self._secrets.put(SECRET, password)
        with self._store.begin() as session:
            setting.put(session, _KEY, json.dumps(asdict(checked)))
            self._tell(session, checked, by)
            revision = session.revision()
        self._bus.publish(ContactsChanged(revision))
        return checked

    def _tell(self, session: Session, account: MailAccount, by: Actor) -> None:
        timeline.append(
            session,
            kind=EventKind.CONTACT_CHANGED,
            at_us=to_us(self._clock.now()),
            actor=by.name,
            escalation_id=None,
            body={
                "deed": "changed",
                "name": "the mail account",
                "host": account.host,
                "port": account.port,
                "security": account.security.value,
                "user": account.user,
                "from": account.from_address,
            },
        )


def account_of(session: Session) -> MailAccount:
    """The account as kept; a damaged one counts as none."""
    text = setting.all_settings(session).get(_KEY, "")
    with suppress(ValueError, TypeError, KeyError):
        found = json.loads(text)
        return MailAccount(
            host=str(found["host"]),
            port=int(found["port"]),
            security=Security(found["security"]),
            user=str(found["user"]),
            from_address=str(found["from_address"]),
            from_name=str(found["from_name"]),
            reply_to=str(found["reply_to"]),
        )
    return MailAccount()
