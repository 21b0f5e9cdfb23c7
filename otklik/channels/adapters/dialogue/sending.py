"""An outgoing taken apart for a messenger: texts within its limit, buttons under the last, files after; sent in order.

How far a long answer has gone is written in its proof, so a way that shuts in the middle repeats nothing.
"""

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from otklik.channels.adapters.base import SendResult
from otklik.channels.adapters.dialogue.keyboards import ANSWERS, Rows, buttons_of
from otklik.channels.adapters.dialogue.splitting import split
from otklik.channels.models import Outgoing, StoredFile

PRESS = "press:"
LOST = (
    "Связь оборвалась во время отправки, ушёл ли ответ, неизвестно: посмотрите в чате и отправьте снова "
    "или отметьте отправленным."
)


class NotTakenError(Exception):
    """The messenger did not take it: `result` says what to do now."""

    def __init__(self, result: SendResult) -> None:
        super().__init__(result.error)
        self.result = result


@dataclass(frozen=True)
class Piece:
    """One message: HTML text or a file, buttons under it, the message it answers."""

    text: str = ""
    rows: Rows = ()
    answers: str = ""
    file: StoredFile | None = None


@dataclass(frozen=True)
class Letter:
    """Where it goes, which press of a button it stops from blinking, its pieces in order."""

    chat: str
    press: str
    pieces: tuple[Piece, ...]


def letter_of(outgoing: Outgoing, limit: int) -> Letter:
    """Needs the outgoing's files to be read already or a scope to read them in."""
    chat, message = address_of(outgoing)
    is_private = not chat.startswith("-")
    whole = (
        outgoing.body if not is_private or not outgoing.subject else f"{outgoing.subject}\n\n{outgoing.body}"
    )
    texts = [html.escape(text, quote=False) for text in split(whole, limit)]
    if is_private and outgoing.subject and texts:
        head = html.escape(outgoing.subject, quote=False)
        texts[0] = texts[0].replace(head, f"<b>{head}</b>", 1)
    rows = buttons_of(outgoing.kind, outgoing.about) if is_private or outgoing.kind not in ANSWERS else ()
    pieces = [Piece(text) for text in texts]
    if pieces:
        pieces[0] = replace(pieces[0], answers=message)
        pieces[-1] = replace(pieces[-1], rows=rows)
    # The order they were put in: a table of links alone promises none.
    files = sorted(outgoing.files.all(), key=lambda file: file.pk)
    press = outgoing.reply_to.removeprefix(PRESS) if outgoing.reply_to.startswith(PRESS) else ""
    return Letter(chat, press, (*pieces, *(Piece(file=file) for file in files)))


def address_of(outgoing: Outgoing) -> tuple[str, str]:
    """Chat and the message answered: `CHAT:MESSAGE` of the incoming, for a private word the conversation itself."""
    chat, _, message = outgoing.reply_to.partition(":")
    known = chat.removeprefix("-").isdecimal()
    if outgoing.way == "message" and (not known or chat.startswith("-")):
        return _chat_of(outgoing.recipient), ""
    return (chat, message) if known else (_chat_of(outgoing.recipient), "")


def _chat_of(thread: str) -> str:
    """«123#45» is a talk in the chat 123, «-5/7» the topic 7 of the group -5; empty for what names no chat."""
    chat = thread.partition("#")[0].partition("/")[0].partition(":")[0]
    return chat if chat.removeprefix("-").isdecimal() else ""


def send_pieces(letter: Letter, outgoing: Outgoing, post: Callable[[Letter, Piece], str]) -> SendResult:
    """Post what is not posted yet; `post` gives the id of the message or raises NotTakenError."""
    first, done = _progress(outgoing.proof)
    for number, piece in enumerate(letter.pieces[done:], start=done):
        try:
            message = post(letter, piece)
        except NotTakenError as shut:
            return replace(shut.result, proof=f"{first}+{number}") if number else shut.result
        first = first or f"{letter.chat}:{message}"
    return SendResult("sent", proof=first)


def _progress(proof: str) -> tuple[str, int]:
    first, plus, number = proof.rpartition("+")
    return (first, int(number)) if plus and number.isdecimal() else ("", 0)


def cut_off(outgoing: Outgoing, words: str) -> SendResult:
    """The line broke after the text had left: the bot asks again, but an answer is looked for by a person."""
    return (
        SendResult("retry", error=words)
        if outgoing.kind.startswith("talk_")
        else SendResult("unknown", error=LOST)
    )


def is_last(letter: Letter, piece: Piece) -> bool:
    """Whether nothing follows this piece."""
    return bool(letter.pieces) and letter.pieces[-1] is piece


def drawn(rows: Rows, draw: Callable[[str, str], object | None]) -> list[list[object]]:
    """Rows in the messenger's own shape; `draw` gives None for a button it has no means for."""
    made: Sequence[list[object | None]] = [[draw(one.text, one.data) for one in row] for row in rows]
    whole = [[one for one in row if one is not None] for row in made]
    return [row for row in whole if row]
