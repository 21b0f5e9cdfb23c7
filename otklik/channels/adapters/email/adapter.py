"""Mail by SMTP. The same outgoing always carries the same Message-ID, so a receiver drops an accidental second copy.

A channel may have a box of its own: settings `address`, `smtp_host`, `smtp_port`, `smtp_tls` (`tls`, `starttls`,
`none`), `user`, secret `password`; without them the installation's EMAIL_HOST sends.
"""

import hashlib
import smtplib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.validators import validate_email

from otklik.channels.adapters.base import SendResult
from otklik.channels.adapters.email.lines import Lines
from otklik.channels.models import Outgoing, RawMessage
from otklik.channels.services.accounts import account_of
from otklik.common.errors import Refused
from otklik.common.scope import within

SMTP = "django.core.mail.backends.smtp.EmailBackend"
PORTS = {"tls": 465, "starttls": 587, "none": 25}
TIMEOUT = 30
PERMANENT = 500


def is_address(text: str) -> bool:
    """Whether this is a mail address."""
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


class EmailAdapter:
    """Sends the letter with its files."""

    # A second copy under the same Message-ID is the same letter to mail services, and a lost answer is worse.
    repeats_safely = True

    def __init__(self) -> None:
        self._lines = Lines()

    def rest(self) -> None:
        """The run of delivery is over: the services are left."""
        self._lines.close()

    def send(self, outgoing: Outgoing) -> SendResult:
        if not is_address(outgoing.recipient):
            return SendResult("by_hand", error="Почтового ящика нет: распечатайте ответ и отправьте письмом.")
        letter = letter_of(outgoing, _root_of(outgoing))
        try:
            self._lines.send(_box(outgoing), letter, lambda: _connection(outgoing))
        except smtplib.SMTPRecipientsRefused as refused:
            if all(code < PERMANENT for code, _ in refused.recipients.values()):
                # Many services ask every stranger to come again later.
                return SendResult("retry", error="Почта получателя просит повторить позже.")
            return SendResult(
                "by_hand", error="Ящик не принимает письма: распечатайте ответ и отправьте письмом."
            )
        except smtplib.SMTPDataError as refused:
            if refused.smtp_code >= PERMANENT:
                return SendResult(
                    "by_hand", error="Почта получателя отклонила письмо: отправьте ответ на бумаге."
                )
            return SendResult("retry", error="Почтовый сервер просит повторить позже.")
        except Refused as fault:
            return SendResult("retry", error=str(fault))
        except (OSError, smtplib.SMTPException) as error:
            return SendResult("retry", error=f"Почтовый сервер не принял письмо: {_reason(error)}.")
        return SendResult("sent", proof=letter.extra_headers["Message-ID"])


def letter_of(outgoing: Outgoing, root: str = "") -> EmailMessage:
    """The letter with a stable Message-ID; an answer stands in the talk whose first letter is `root`."""
    sender = _own_address(outgoing) or settings.DEFAULT_FROM_EMAIL
    domain = sender.rpartition("@")[2].rstrip(">") or "localhost"
    digest = hashlib.sha256(f"{outgoing.municipality_id}:{outgoing.key}".encode()).hexdigest()[:32]
    headers = {"Message-ID": f"<{digest}@{domain}>", "Auto-Submitted": "auto-generated"}
    if "@" in outgoing.reply_to and not outgoing.reply_to.endswith("@no-id>"):
        answered = _one_line(outgoing.reply_to)
        headers["In-Reply-To"] = answered
        headers["References"] = " ".join(dict.fromkeys(filter(None, (_one_line(root), answered))))
    letter = EmailMessage(_subject(outgoing), outgoing.body, sender, [outgoing.recipient], headers=headers)
    # The order they were put in: a table of links alone promises none.
    for file in sorted(outgoing.files.all(), key=lambda file: file.pk):
        letter.attach(file.name, (Path(settings.MEDIA_ROOT) / file.path).read_bytes(), file.content_type)
    return letter


def _subject(outgoing: Outgoing) -> str:
    """The number of the case stands in every subject: an answer without any other mark is found by it.

    What is no case («risk:12») has no number of ours to be told by.
    """
    subject = _one_line(outgoing.subject)
    is_told = not outgoing.about or ":" in outgoing.about or outgoing.about in subject
    return subject if is_told else f"{subject} (№ {outgoing.about})"


def _own_address(outgoing: Outgoing) -> str:
    """The box of the channel itself, so that an answer comes back into the box that is read."""
    channel = outgoing.channel
    address = str(channel.settings.get("address", "")) if channel.kind == "email" else ""
    return address if is_address(address) else ""


def _root_of(outgoing: Outgoing) -> str:
    if "@" not in outgoing.reply_to:
        return ""
    with within(outgoing.municipality_id):
        answered = RawMessage.objects.filter(channel=outgoing.channel, outer_id=outgoing.reply_to)
        thread = answered.values_list("payload__thread", flat=True).first()
    return thread if isinstance(thread, str) and "@" in thread and not thread.endswith("@no-id>") else ""


def _box(outgoing: Outgoing) -> int | None:
    """The channel with a server of letters of its own; None for the installation's."""
    channel = outgoing.channel
    return channel.pk if channel.kind == "email" and channel.settings.get("smtp_host") else None


def _connection(outgoing: Outgoing) -> Any:
    """The channel's own server of letters, else the installation's."""
    if _box(outgoing) is None:
        return get_connection()
    told = outgoing.channel.settings
    with within(outgoing.municipality_id):
        account = account_of(outgoing.channel)
    tls = str(told.get("smtp_tls") or "tls")
    return get_connection(
        SMTP,
        host=str(told["smtp_host"]),
        port=int(told.get("smtp_port") or PORTS.get(tls, 465)),
        username=str(told.get("user", "")) if tls != "none" else "",
        password=account.secrets.get("password", "") if tls != "none" else "",
        use_ssl=tls == "tls",
        use_tls=tls == "starttls",
        timeout=TIMEOUT,
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _reason(error: Exception) -> str:
    if isinstance(error, ConnectionRefusedError):
        return "соединение отклонено, проверьте сервер и порт отправки (EMAIL_HOST или настройки канала)"
    if isinstance(error, TimeoutError):
        return "не ответил вовремя"
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return "не принял имя и пароль, проверьте их в настройках (EMAIL_HOST_USER или канал)"
    return str(error).strip().rstrip(".")[:200] or type(error).__name__
