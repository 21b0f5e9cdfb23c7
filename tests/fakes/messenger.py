"""What fake Telegram and fake MAX share: people, chats, lines in them, and verbs by which a test speaks as a person."""

import html
import io
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from PIL import Image

from tests.fakes.service import Posted, Service

BOT_ID = 100200
BOT_NAME = "gorod_bot"


@dataclass(frozen=True)
class Person:
    """Somebody who writes; the number of a person is also the number of the private chat with the bot."""

    number: int
    name: str


@dataclass
class Chat:
    """A private chat, a group or a channel, which has a name; `blocked`: the bot may not write there."""

    number: int
    title: str = ""
    is_group: bool = False
    blocked: bool = False
    name: str = ""


@dataclass
class Line:
    """One message as people see it; `by` is None for the bot. `buttons` are rows of (text, data)."""

    number: str
    chat: int
    by: Person | None
    text: str
    at: float
    order: int
    answers: str = ""
    buttons: Sequence[Sequence[tuple[str, str]]] = ()
    photos: Sequence[str] = ()
    point: tuple[float, float] | None = None
    album: str = ""
    files: Sequence[str] = ()
    edited: float = 0


@dataclass(frozen=True)
class Pressed:
    """A press of a button that waits to be acknowledged."""

    number: str
    by: Person
    line: Line
    data: str


def jpeg(colour: str = "grey") -> bytes:
    """A small real picture."""
    out = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(out, "JPEG")
    return out.getvalue()


@dataclass
class Town:
    """Everything that stands in the messenger."""

    people: dict[int, Person] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    presses: list[Pressed] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)


class Messenger(Service):
    """A subclass tells events in the messenger's own shapes and numbers its messages."""

    longest: ClassVar[int]

    def __init__(self) -> None:
        super().__init__()
        self.town = Town()
        self.orders = 0
        self.after_post: Callable[[str], None] | None = None

    def reset(self) -> None:
        """An empty messenger; numbers go on growing, as they do in a living one."""
        super().reset()
        self.town = Town()
        self.after_post = None

    def numbers_from(self, number: int) -> None:
        """Number what comes from here on, as a messenger that has lived for long."""
        self.orders = number

    # What a person does.

    def say(self, person: Person, text: str, chat: int = 0, answers: str = "") -> Line:
        """Write a line to the bot, or into a group."""
        line = self.line(person, text, chat, answers=answers)
        self.tell_message(line)
        return line

    def photo(
        self, person: Person, caption: str = "", content: bytes = b"", album: str = "", chat: int = 0
    ) -> Line:
        """Send a picture; pictures of one album are sent one by one."""
        line = self.line(person, caption, chat, photos=[self.keep_file(content or jpeg())], album=album)
        self.tell_message(line)
        return line

    def locate(self, person: Person, lat: float, lon: float) -> Line:
        """Send a point of the map."""
        line = self.line(person, "", 0, point=(lat, lon))
        self.tell_message(line)
        return line

    def press(self, person: Person, text: str, chat: int = 0) -> Pressed:
        """Press the lowest button with this text."""
        for line in reversed(self.lines_of(chat or person.number)):
            for data in [data for row in line.buttons for words, data in row if words == text]:
                self.orders += 1
                press = Pressed(f"press-{self.orders}", person, line, data)
                self.town.presses.append(press)
                self.tell_press(press)
                return press
        raise LookupError(f"no button «{text}»")

    def edit(self, line: Line, text: str) -> None:
        """Correct what was written."""
        line.text, line.edited = text, time.time()
        self.tell_edit(line)

    def block(self, person: Person) -> None:
        """Stop the bot: nothing may be sent to this person any more."""
        self.private(person).blocked = True
        self.tell_member(self.private(person), person, is_in=False)

    def person(self, number: int, name: str) -> Person:
        """Somebody known to the messenger."""
        return self.town.people.setdefault(number, Person(number, name))

    def group(self, number: int, title: str) -> Chat:
        """A group into which the bot is let."""
        chat = Chat(number, title, is_group=True)
        self.town.chats[number] = chat
        self.tell_member(chat, self.person(1, "Хозяин группы"), is_in=True)
        return chat

    def channel(self, number: int, title: str, name: str) -> Chat:
        """A channel the bot is an administrator of; people read it by its name."""
        chat = self.town.chats[number] = Chat(number, title, is_group=True, name=name)
        return chat

    def put_out(self, chat: Chat) -> None:
        """The group puts the bot out."""
        chat.blocked = True
        self.tell_member(chat, self.person(1, "Хозяин группы"), is_in=False)

    # What is seen.

    def lines_of(self, chat: int) -> list[Line]:
        """Lines of a chat from the first to the last."""
        return [line for line in self.town.lines if line.chat == chat]

    def heard(self, person: Person) -> list[str]:
        """What the bot has said to this person."""
        return [line.text for line in self.lines_of(person.number) if line.by is None]

    # What the API does.

    def post(
        self,
        chat: Chat,
        text: str,
        answers: str = "",
        buttons: Sequence[Sequence[tuple[str, str]]] = (),
        files: Sequence[str] = (),
        photos: Sequence[str] = (),
    ) -> Line:
        """The bot has written."""
        line = self.line(
            None, text, chat.number, answers=answers, buttons=buttons, files=files, photos=photos
        )
        rows = [[words for words, _ in row] for row in buttons]
        more = {"buttons": rows, "files": list(files), "photos": list(photos)}
        self.posted.append(Posted(str(chat.number), text, answers, line.number, more))
        if self.after_post:
            self.after_post(text)
        return line

    def line(self, by: Person | None, text: str, chat: int, **more: Any) -> Line:
        """One more line, at the present moment."""
        number = chat or (by.number if by else 0)
        if by and number == by.number:
            self.private(by).blocked = False
        self.orders += 1
        line = Line(self.number_of(self.orders), number, by, text, self.moment() / 1000, self.orders, **more)
        self.town.lines.append(line)
        return line

    def private(self, person: Person) -> Chat:
        """The chat of this person with the bot."""
        return self.town.chats.setdefault(person.number, Chat(person.number))

    def keep_file(self, content: bytes) -> str:
        """The name under which the messenger keeps a file."""
        name = f"file-{len(self.town.files) + 1}"
        self.town.files[name] = content
        return name

    def number_of(self, order: int) -> str:
        """The messenger's own number of a message."""
        return str(order)

    def tell_message(self, line: Line) -> None:
        raise NotImplementedError

    def tell_edit(self, line: Line) -> None:
        raise NotImplementedError

    def tell_press(self, press: Pressed) -> None:
        raise NotImplementedError

    def tell_member(self, chat: Chat, by: Person, is_in: bool) -> None:
        raise NotImplementedError


def plain(text: str) -> str:
    """HTML of the API as people see it. Raises ValueError for a tag the messengers do not know or leave open."""
    bare = re.sub(r"</?(b|strong|i|em|u|s|code|pre)>|<a href=\"[^\"]*\">|</a>", "", text)
    if "<" in bare or text.count("<b>") != text.count("</b>"):
        raise ValueError("can't parse entities")
    return html.unescape(bare)
