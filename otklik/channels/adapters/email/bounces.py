"""A letter of ours that did not arrive: the report of the mail service read into words. Pure; RFC 3464."""

import re
from email.message import Message

from otklik.channels.adapters.source import Bounce
from otklik.channels.charsets import decoded

MESSAGE_ID = re.compile(r"^\s*message-id:\s*(<[^<>\s]+@[^<>\s]+>)", re.IGNORECASE | re.MULTILINE)
FIELD = r"^\s*{}:\s*(.+(?:\n[ \t]+.+)*)"
WORDS = {
    "5.1.1": "такого ящика нет",
    "5.1.2": "такой почтовой службы нет, проверьте адрес после «@»",
    "5.1.3": "адрес написан с ошибкой",
    "5.1.10": "такого ящика нет",
    "5.2.1": "ящик заблокирован",
    "5.2.2": "ящик переполнен",
    "4.2.2": "ящик переполнен",
    "5.2.3": "письмо больше, чем принимает ящик",
    "5.3.4": "письмо больше, чем принимает почтовая служба",
    "5.4.4": "почтовая служба получателя не найдена",
    "4.4.1": "почтовая служба получателя не отвечает",
    "5.4.7": "почтовая служба получателя не отвечала несколько дней",
    "4.4.7": "почтовая служба получателя не отвечала несколько дней",
}
CLASSES = {
    "5.7": "письмо отклонено правилами получателя",
    "5.1": "адрес не принят",
    "5.2": "ящик не принимает писем",
}
UNKNOWN = "почтовая служба не назвала причину"
# What old mail services write where they give no code.
TELLING = (
    (re.compile(r"user unknown|no such user|unknown user|mailbox (?:unavailable|not found)|не сущест", re.I), "5.1.1"),
    (re.compile(r"quota|mailbox (?:is )?full|over quota|переполнен", re.I), "5.2.2"),
    (re.compile(r"spam|blocked|policy|rejected", re.I), "5.7.1"),
    (re.compile(r"host (?:or domain name )?not found|no such domain|domain.{0,20}not exist", re.I), "5.1.2"),
)  # fmt: skip


def bounces_of(letter: Message) -> list[Bounce]:
    """The failure this report tells of; nothing for a delay, a success or another kind of letter."""
    report = _report(letter)
    if report is None and not letter["X-Failed-Recipients"]:
        return []
    action = _field(report or "", "Action").lower()
    if action and not action.startswith("failed"):
        return []
    proof = _original_id(letter)
    if not proof:
        return []
    status = _field(report or "", "Status").split(" ")[0]
    said = f"{_field(report or '', 'Diagnostic-Code')} {'' if report else _plain(letter)}"
    return [Bounce(proof, f"Письмо не дошло: {_words(status, said)}.")]


def _words(status: str, said: str) -> str:
    known = WORDS.get(status) or CLASSES.get(status[:3])
    return known or WORDS.get(_told(said)) or CLASSES.get(_told(said)[:3]) or UNKNOWN


def _told(said: str) -> str:
    exact = re.search(r"\b([45]\.\d{1,2}\.\d{1,2})\b", said)
    if exact and exact[1] in WORDS:
        return exact[1]
    return next((code for pattern, code in TELLING if pattern.search(said)), "")


def _report(letter: Message) -> str | None:
    part = next((one for one in letter.walk() if one.get_content_type() == "message/delivery-status"), None)
    if part is None:
        return None
    inner = part.get_payload()
    # `email` reads the report as a list of header blocks.
    return "\n\n".join(str(one) for one in inner) if isinstance(inner, list) else str(inner)


def _original_id(letter: Message) -> str:
    """Message-ID of our letter: from its headers sent back, else from what the report answers to."""
    for part in letter.walk():
        kind = part.get_content_type()
        if kind == "message/rfc822":
            inner = next((one for one in part.walk() if one is not part and one["Message-ID"]), None)
            if inner is not None:
                return str(inner["Message-ID"]).strip()
        if kind in ("text/rfc822-headers", "message/rfc822-headers"):
            found = MESSAGE_ID.search(_body(part))
            if found:
                return found[1]
    found = MESSAGE_ID.search(_plain(letter))
    if found:
        return found[1]
    answered = str(letter["In-Reply-To"] or letter["References"] or "").split()
    return answered[-1] if answered else ""


def _plain(letter: Message) -> str:
    return "\n".join(_body(part) for part in letter.walk() if part.get_content_type() == "text/plain")


def _body(part: Message) -> str:
    content = part.get_payload(decode=True)
    return (
        decoded(content, part.get_content_charset())
        if isinstance(content, bytes)
        else str(part.get_payload())
    )


def _field(report: str, name: str) -> str:
    found = re.search(FIELD.format(re.escape(name)), report, re.IGNORECASE | re.MULTILINE)
    return " ".join(found[1].split()) if found else ""
