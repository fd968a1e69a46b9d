"""Mails as they travel, for tests."""

from email.message import EmailMessage
from typing import Any


def a_mail(
    subject: str = "The shop is down",
    text: str = "Nobody can pay since nine.",
    *,
    sender: str = "Ann Lee <ann@acme.example>",
    id_: str = "one@acme.example",
    headers: dict[str, str] | None = None,
    files: dict[str, bytes] | None = None,
    html: str = "",
) -> bytes:
    """A mail from a person at a customer."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, "desk@example.org", subject
    if id_:
        mail["Message-ID"] = f"<{id_}>"
    for name, value in (headers or {}).items():
        mail[name] = value
    mail.set_content(text)
    if html:
        mail.add_alternative(html, subtype="html")
    for name, data in (files or {}).items():
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()


def a_reply(to: str = "one@acme.example", *, id_: str = "two@acme.example", **more: Any) -> bytes:
    """An answer to another mail."""
    headers = {"In-Reply-To": f"<{to}>", "References": f"<{to}>"}
    return a_mail("Re: The shop is down", "It works again since ten.", id_=id_, headers=headers, **more)
