"""A real IMAP server from the system's packages, with TLS and its own authority, while entered."""

import grp
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Self

from imapclient import IMAPClient

from desktop.adapters.mailbox_place import MailboxPlace

PROGRAM = "dovecot"
USER = "desk"
PASSWORD = "right-horse"
_READY_S = 20.0
_CERTIFICATE = (
    "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
    " -subj /CN=localhost -addext subjectAltName=DNS:localhost"
)
_CONFIGURATION = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <{folder}/server.pem
ssl_key = <{folder}/server.key
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
mail_location = maildir:{folder}/mail
auth_failure_delay = 0
first_valid_uid = 0
first_valid_gid = 0
imap_capability = {capability}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {plain_port}
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home
}}
"""


class Dovecot:
    """Serves one mailbox, whose mails the test puts there and looks at."""

    def __init__(self, *, can_idle: bool = True) -> None:
        self._can_idle = can_idle
        self.port = 0
        self.plain_port = 0

    def __enter__(self) -> Self:
        self.folder = Path(tempfile.mkdtemp(prefix="dovecot-"))
        self.folder.chmod(0o755)
        with socket.create_server(("127.0.0.1", 0)) as free, socket.create_server(("127.0.0.1", 0)) as other:
            self.port, self.plain_port = free.getsockname()[1], other.getsockname()[1]
        self.ca_file = self.folder / "server.pem"
        self._make_certificate()
        self._configure()
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self) -> None:
        """Serve, on the same port as before."""
        self._process = subprocess.Popen(
            [PROGRAM, "-F", "-c", str(self.folder / "dovecot.conf")],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        end_s = time.monotonic() + _READY_S
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                if time.monotonic() > end_s or self._process.poll() is not None:
                    log = self.folder / "dovecot.log"
                    raise AssertionError(log.read_text() if log.exists() else "no log") from None
                time.sleep(0.05)

    def stop(self) -> None:
        """Hang up on everybody."""
        self._process.terminate()
        self._process.wait(20)

    def place(self, **other: object) -> dict[str, object]:
        """The options of a source that reads this mailbox."""
        place = {"host": "localhost", "port": self.port, "user": USER, "ca_file": str(self.ca_file)}
        return place | other

    def plain_place(self, **other: object) -> dict[str, object]:
        """The same by STARTTLS."""
        return self.place(port=self.plain_port, security="starttls", **other)

    def visit(self) -> IMAPClient:
        """A connection as another mail program has one, the inbox selected."""
        trust = MailboxPlace.from_options(self.place()).trust()
        client = IMAPClient("localhost", self.port, ssl_context=trust, timeout=20)
        client.login(USER, PASSWORD)
        client.select_folder("INBOX")
        return client

    def put(self, body: bytes, *flags: bytes) -> None:
        """A mail comes."""
        with self.visit() as client:
            client.append("INBOX", body, flags)

    def unseen(self) -> list[int]:
        """What nobody has read."""
        with self.visit() as client:
            return list(client.search("UNSEEN"))

    def renumber(self) -> None:
        """Number all mails anew, as a server does that was set up again; it must not be serving."""
        for name in ("dovecot-uidlist", "dovecot.index", "dovecot.index.log", "dovecot-uidvalidity"):
            (self.folder / "mail" / name).unlink(missing_ok=True)

    def _make_certificate(self) -> None:
        subprocess.run(
            [*_CERTIFICATE.split(), "-keyout", str(self.folder / "server.key"), "-out", str(self.ca_file)],
            check=True,
            capture_output=True,
        )

    def _configure(self) -> None:
        words = "IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE UIDPLUS" + (" IDLE" if self._can_idle else "")
        owner = pwd.getpwuid(os.getuid()) if os.getuid() else pwd.getpwnam("nobody")  # it serves no root
        for name in ("mail", "home"):
            (self.folder / name).mkdir()
            os.chown(self.folder / name, owner.pw_uid, owner.pw_gid)
        internal = pwd.getpwuid(os.getuid()).pw_name if os.getuid() else "dovecot"
        text = _CONFIGURATION.format(
            folder=self.folder,
            port=self.port,
            plain_port=self.plain_port,
            user=internal,
            group=grp.getgrgid(pwd.getpwnam(internal).pw_gid).gr_name,
            uid=owner.pw_uid,
            gid=owner.pw_gid,
            password=PASSWORD,
            capability=words,
        )
        (self.folder / "dovecot.conf").write_text(text)
