"""Real receivers of pages on the loopback: an SMTP server and an HTTP one that fail as often as told."""

import json
import socket
import threading
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

PATIENCE_S = 20


def _free_port() -> int:
    """A port that is free; the server's own way of finding one cannot be asked which it was."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class _Arrivals:
    """What has arrived and how often somebody tried; tests wait on it."""

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.tries = 0
        self.answers: list[str] = []

    def next_answer(self) -> str:
        """What this attempt is answered: in turn what the test wants, then everything is taken."""
        with self.changed:
            self.tries += 1
            answer = self.answers.pop(0) if self.answers else ""
            self.changed.notify_all()
            return answer

    def wait_for_tries(self, count: int) -> None:
        """Wait until so many attempts were made."""
        with self.changed:
            if not self.changed.wait_for(lambda: self.tries >= count, PATIENCE_S):
                raise AssertionError(f"{self.tries} attempts, {count} wanted")


class MailServer(_Arrivals):
    """An SMTP server; `answers` reply to RCPT TO in turn, empty for taken; `drop` hangs up after DATA."""

    def __init__(self) -> None:
        super().__init__()
        self.mails: list[EmailMessage] = []
        self._controller = Controller(self, hostname="127.0.0.1", port=_free_port())

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._controller.port)

    def url(self, to: str = "leo@example.org", password: str = "s3cr3t-pass") -> str:
        """The address of a channel that goes here."""
        return f"mailto://127.0.0.1:{self.port}?from=desk@example.org&to={to}&name=Desk&+X-Key={password}"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Called by the server."""
        answer = self.next_answer()
        if answer == "drop":
            envelope.rcpt_tos.append("drop")
            return "250 OK"
        if answer:
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Called by the server."""
        mail = message_from_bytes(envelope.content or b"", policy=policy.default)  # type: ignore[arg-type]
        with self.changed:
            self.mails.append(mail)
            self.changed.notify_all()
        if "drop" in envelope.rcpt_tos and server.transport is not None:
            server.transport.close()
        return "250 OK"


class WebhookServer(_Arrivals):
    """An HTTP server; `answers` are status codes in turn, empty for 200, `drop` hangs up without one."""

    def __init__(self) -> None:
        super().__init__()
        self.posts: list[dict[str, Any]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            """One request."""

            def do_POST(self) -> None:
                """Called by the server."""
                body = self.rfile.read(int(self.headers["Content-Length"]))
                answer = outer.next_answer()
                if answer == "drop":
                    self.close_connection = True
                    return
                if not answer:
                    with outer.changed:
                        outer.posts.append(json.loads(body))
                        outer.changed.notify_all()
                self.send_response(int(answer or "200"))
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05})

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._server.server_address[1])

    def url(self, secret: str = "s3cr3t-pass") -> str:
        """The address of a channel that goes here."""
        return f"json://desk:{secret}@127.0.0.1:{self.port}/hook/{secret}"
