"""Real mail servers on the loopback, with certificates of their own, and one that fails where it is told."""

import datetime
import ipaddress
import socket
import ssl
import threading
from contextlib import suppress
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

PATIENCE_S = 20
USER, PASSWORD = "desk", "s3cr3t-pass"


class Certificate:
    """A certificate for `localhost` and 127.0.0.1 that nobody trusts who was not told to."""

    def __init__(self, folder: Path) -> None:
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
        names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
        today = datetime.datetime.now(datetime.UTC)
        made = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(today - datetime.timedelta(days=1))
            .not_valid_after(today + datetime.timedelta(days=2))
            .add_extension(x509.SubjectAlternativeName(names), critical=False)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .sign(key, hashes.SHA256())
        )
        self.path = folder / "server.pem"
        secret = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        self.path.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))

    def server(self) -> ssl.SSLContext:
        """What the server shows."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.path)
        return context

    def trust(self) -> ssl.SSLContext:
        """What trusts it, and it alone."""
        return ssl.create_default_context(cafile=str(self.path))


class SmtpServer:
    """An SMTP server; `answers` reply to RCPT TO in turn and `data_answers` to the text, empty for taken."""

    def __init__(
        self, certificate: Certificate | None = None, *, tls: bool = False, needs_sign_in: bool = False
    ) -> None:
        self.changed = threading.Condition()
        self.mails: list[EmailMessage] = []
        self.envelopes: list[tuple[str, list[str], bytes]] = []
        self.answers: list[str] = []
        self.data_answers: list[str] = []
        self.was_encrypted: list[bool] = []
        options: dict[str, Any] = {}
        if needs_sign_in:
            options |= {"authenticator": _check, "auth_required": True}
        if certificate is not None and tls:
            options["ssl_context"] = certificate.server()
        elif certificate is not None:
            options |= {"tls_context": certificate.server(), "require_starttls": True}
        self._controller = Controller(
            self, hostname="127.0.0.1", port=_free_port(), server_hostname="localhost", **options
        )

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._controller.port)

    def wait_for(self, count: int) -> list[EmailMessage]:
        """The mails, once so many have arrived."""
        with self.changed:
            if not self.changed.wait_for(lambda: len(self.mails) >= count, PATIENCE_S):
                raise AssertionError(f"{len(self.mails)} mails, {count} wanted")
            return list(self.mails)

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Called by the server."""
        if self.answers and (answer := self.answers.pop(0)):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Called by the server."""
        if self.data_answers and (answer := self.data_answers.pop(0)):
            return answer
        content = envelope.content or b""
        assert isinstance(content, bytes)
        with self.changed:
            self.envelopes.append((str(envelope.mail_from), list(envelope.rcpt_tos), content))
            self.was_encrypted.append(session.ssl is not None)
            self.mails.append(message_from_bytes(content, policy=policy.default))
            self.changed.notify_all()
        return "250 OK"


class CutServer:
    """A server that hangs up where `at` says: `greeting`, `data`, `text`, `dot` (the mail is taken then).

    With `silent` it never answers the last line, and leaves the connection open until it is closed.
    """

    def __init__(self, at: str) -> None:
        self.at = at
        self.taken = 0
        self.tries = 0
        self._is_over = False
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(PATIENCE_S)
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self.port = int(self._listener.getsockname()[1])

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over = True
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), PATIENCE_S):
            pass  # wakes it
        self._listener.close()
        self._thread.join()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            if self._is_over:
                connection.close()
                return
            self.tries += 1
            with connection, connection.makefile("rwb") as stream:
                self._talk(stream)

    def _talk(self, stream: Any) -> None:
        if self.at == "greeting":
            return
        _say(stream, "220 here")
        while line := stream.readline():
            if not line.upper().startswith(b"DATA"):
                _say(stream, "250 OK")
                continue
            if self.at == "data":
                return
            _say(stream, "354 go on")
            while (text := stream.readline()) not in (b".\r\n", b""):
                if self.at == "text":
                    return
                assert text
            self.taken += 1
            if self.at == "silent":
                stream.readline()
            return


def _say(stream: Any, words: str) -> None:
    stream.write(words.encode() + b"\r\n")
    stream.flush()


def _check(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
    is_right = isinstance(data, LoginPassword) and (data.login, data.password) == (
        USER.encode(),
        PASSWORD.encode(),
    )
    return AuthResult(success=is_right, handled=False)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
