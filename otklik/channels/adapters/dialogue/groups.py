"""Which messages of a discussion group are for us: nothing else of what people say there is kept."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

COMMANDS = ("/otklik", "/problema", "/проблема", "/сообщить")


@dataclass(frozen=True)
class Ear:
    """What the bot answers to: its name in the messenger, commands, key words of the channel's settings."""

    username: str = ""
    commands: Collection[str] = COMMANDS
    words: Collection[str] = ()
    chats: Collection[str] = ()


def ear_of(settings: Mapping[str, Any], username: str) -> Ear:
    """By the settings `commands`, `key_words` and `chats` of the channel; an empty list of chats means any.

    The chat of colleagues (`inner_chat`) is heard whatever the list says.
    """
    chats = [str(one) for one in settings.get("chats") or ()]
    if chats and settings.get("inner_chat"):
        chats.append(str(settings["inner_chat"]).strip())
    return Ear(
        username.removeprefix("@").lower(),
        tuple(str(one).lower() for one in settings.get("commands") or COMMANDS),
        tuple(str(one).lower() for one in settings.get("key_words") or ()),
        tuple(chats),
    )


def is_for_us(ear: Ear, chat: str, text: str, answers_bot: bool, names_bot: bool = False) -> bool:
    """Whether the message mentions the bot, answers it, begins with its command or holds a key word."""
    if ear.chats and chat not in ear.chats:
        return False
    return answers_bot or names_bot or _mentions(ear, text) or _commands(ear, text) or _holds_word(ear, text)


def without_call(ear: Ear, text: str) -> str:
    """The words meant for us: the mention and the command are taken away."""
    if ear.username:
        text = re.sub(rf"(?<!\w)@{re.escape(ear.username)}\b[,:]?\s*", "", text, flags=re.IGNORECASE)
    first, _, rest = text.strip().partition(" ")
    return rest.strip() if first.partition("@")[0].lower() in ear.commands else text.strip()


def _mentions(ear: Ear, text: str) -> bool:
    return bool(ear.username) and re.search(rf"@{re.escape(ear.username)}\b", text.lower()) is not None


def _commands(ear: Ear, text: str) -> bool:
    first = text.strip().partition(" ")[0].partition("\n")[0].lower()
    command, _, whose = first.partition("@")
    return command in ear.commands and whose in ("", ear.username)


def _holds_word(ear: Ear, text: str) -> bool:
    """By the beginning of a word: «свет» finds «света», never «рассвет»."""
    return any(re.search(rf"(?<!\w){re.escape(word)}", text.lower()) for word in ear.words)


def left_words(settings: Mapping[str, Any]) -> str:
    """A complaint for the status page about groups the bot was put out of (`services.talking` writes them down)."""
    left = settings.get("left_chats")
    if not isinstance(left, Mapping) or not left:
        return ""
    names = ", ".join(f"«{name}»" for name in list(left.values())[:3])
    return f"Бота вывели из группы {names}: сообщений оттуда больше нет. Верните его или забудьте об этой группе."
