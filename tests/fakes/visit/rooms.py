"""Rooms of the page: what a visitor can do and see in each fake messenger, in one shape for all."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from tests.fakes.max import Max
from tests.fakes.messenger import Line, Messenger, Person, jpeg
from tests.fakes.vk import Vk

VISITOR = 7001
NAME = "Житель"
GROUP = 1


@dataclass(frozen=True)
class Shown:
    """A line as the page draws it: `ours` is the visitor's own; `buttons` are the texts of one row after another."""

    key: str
    text: str
    ours: bool
    buttons: Sequence[Sequence[str]] = ()
    note: str = ""


class Room(Protocol):
    """One conversation."""

    key: str
    title: str
    hint: str
    sends_photo: bool
    sends_point: bool

    def say(self, text: str) -> None: ...

    def photo(self) -> None: ...

    def point(self) -> None: ...

    def press(self, text: str) -> None: ...

    def lines(self) -> list[Shown]: ...


class BotRoom:
    """A private chat with the town's bot in Telegram or MAX."""

    sends_photo = True
    sends_point = True

    def __init__(self, key: str, title: str, messenger: Messenger, point: tuple[float, float]) -> None:
        self.key, self.title, self.messenger = key, title, messenger
        # For whoever has no map at hand.
        self.place = point
        self.hint = "Личный чат с ботом города. Начните с кнопки «Начать»."
        self.person: Person = messenger.person(VISITOR, NAME)

    def say(self, text: str) -> None:
        if text == "/start" and isinstance(self.messenger, Max) and not self.lines():
            self.messenger.begin(self.person)
        else:
            self.messenger.say(self.person, text)

    def photo(self) -> None:
        self.messenger.photo(self.person, "", jpeg("dimgray"))

    def point(self) -> None:
        self.messenger.locate(self.person, *self.place)

    def press(self, text: str) -> None:
        if text == "Отправить точку":
            self.point()
        else:
            self.messenger.press(self.person, text)

    def lines(self) -> list[Shown]:
        return [_shown(line) for line in self.messenger.lines_of(VISITOR)]


def _shown(line: Line) -> Shown:
    note = "фото" if line.photos else "точка на карте" if line.point else ""
    files = ", ".join(line.files)
    buttons = [[words for words, _ in row] for row in line.buttons]
    return Shown(line.number, line.text, line.by is not None, buttons, note or files)


class WallRoom:
    """The wall of the town's page in VK: what the page puts out, and comments under its first post."""

    sends_photo = False
    sends_point = False

    def __init__(self, vk: Vk) -> None:
        self.key, self.title, self.vk = "vk", "ВКонтакте", vk
        self.hint = "Комментарии под записью официальной страницы. Здесь отвечают при всех."
        vk.community(GROUP, "Администрация города")
        self.post = vk.post(
            GROUP, "Ремонт улиц: план на неделю. Где дорога нуждается в нём первой, напишите ниже."
        )

    def say(self, text: str) -> None:
        self.vk.say(VISITOR, text, group_id=GROUP, post=self.post)

    def photo(self) -> None:
        self.vk.say(VISITOR, "", group_id=GROUP, post=self.post, with_photo=True)

    def point(self) -> None:
        return

    def press(self, text: str) -> None:
        return

    def lines(self) -> list[Shown]:
        page = self.vk.community(GROUP)
        posts = [
            Shown(f"post-{number}", post["text"], False, note="запись страницы")
            for number, post in page.posts.items()
            if number != self.post
        ]
        first = Shown("post", page.posts[self.post]["text"], False, note="запись страницы")
        said = [one for one in page.comments.values() if one["post_id"] == self.post]
        told = [Shown(str(one["id"]), one["text"], one["from_id"] == VISITOR) for one in said]
        return [*posts, first, *told]
