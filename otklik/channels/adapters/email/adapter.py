"""Mail by SMTP. The same outgoing always carries the same Message-ID, so a receiver drops an accidental second copy."""

import hashlib
import smtplib
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email

from otklik.channels.adapters.base import SendResult
from otklik.channels.models import Outgoing


def is_address(text: str) -> bool:
    """Whether this is a mail address."""
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


class EmailAdapter:
    """Sends the letter with its files."""

    def send(self, outgoing: Outgoing) -> SendResult:
        if not is_address(outgoing.recipient):
            return SendResult("by_hand", error="Почтового ящика нет: распечатайте ответ и отправьте письмом.")
        letter = letter_of(outgoing)
        try:
            letter.send()
        except smtplib.SMTPRecipientsRefused:
            return SendResult(
                "by_hand", error="Ящик не принимает письма: распечатайте ответ и отправьте письмом."
            )
        except (OSError, smtplib.SMTPException) as error:
            return SendResult("retry", error=f"Почтовый сервер не принял письмо: {_reason(error)}.")
        return SendResult("sent", proof=letter.extra_headers["Message-ID"])


def letter_of(outgoing: Outgoing) -> EmailMessage:
    """The letter with a stable Message-ID; an answer to a letter stands in its thread."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">") or "localhost"
    digest = hashlib.sha256(f"{outgoing.municipality_id}:{outgoing.key}".encode()).hexdigest()[:32]
    headers = {"Message-ID": f"<{digest}@{domain}>", "Auto-Submitted": "auto-generated"}
    if "@" in outgoing.reply_to:
        headers["In-Reply-To"] = headers["References"] = _one_line(outgoing.reply_to)
    letter = EmailMessage(
        _one_line(outgoing.subject), outgoing.body, to=[outgoing.recipient], headers=headers
    )
    # The order they were put in: a table of links alone promises none.
    for file in sorted(outgoing.files.all(), key=lambda file: file.pk):
        letter.attach(file.name, (Path(settings.MEDIA_ROOT) / file.path).read_bytes(), file.content_type)
    return letter


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _reason(error: Exception) -> str:
    if isinstance(error, ConnectionRefusedError):
        return "соединение отклонено, проверьте EMAIL_HOST и EMAIL_PORT"
    if isinstance(error, TimeoutError):
        return "не ответил вовремя"
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return "не принял имя и пароль, проверьте EMAIL_HOST_USER"
    return str(error).strip().rstrip(".")[:200] or type(error).__name__
