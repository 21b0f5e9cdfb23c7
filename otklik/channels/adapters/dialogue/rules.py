"""The dialogue of a private talk: (where it stands, what was said) -> (where it stands, what to answer). Pure.

The same for every messenger. What needs the keepers of cases is left as an `Ask`; a finished message is `Made`.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from otklik.channels.adapters.dialogue import words
from otklik.channels.adapters.dialogue.said import Said
from otklik.channels.adapters.dialogue.talk import MOST_SENT, Ask, Draft, Made, Reply, Talk, Turn
from otklik.channels.adapters.dialogue.words import MOST_PHOTOS, House

MINE = ("мои обращения", "мои сообщения", "статус")
CALLS = {
    "/start": "start",
    "/new": "new",
    "/mine": "mine",
    "/status": "mine",
    "/cancel": "cancel",
    "/stop": "stop",
    "/help": "help",
}
NUMBER = re.compile(r"№?\s*((?=[\w/-]*\d)[\w/-]{1,30})")
SHORT = 15
"""A line this short in an idle talk is «спасибо», not a new problem."""
MOST_TEXT = 12000


def turn(talk: Talk, said: Said, house: House, asked: str = "") -> Turn:
    """One step. `asked` is the outer id of the message about which the town has asked this person something."""
    if said.what == "stopped":
        return Turn(talk.at("new", Draft()))
    if said.what == "edited":
        return _edited(talk, said)
    call = _call(said)
    if call:
        return _called(talk, said, house, call)
    if not talk.agreed:
        return Turn(
            talk.at("consent"), (words.greeting(house) if talk.step == "new" else words.consent_first(),)
        )
    if said.what == "press":
        return _pressed(talk, said)
    if talk.step == "idle":
        return _idle(talk, said, asked)
    if said.says_nothing:
        return Turn(talk, (words.not_read(),))
    return STEPS[talk.step](talk, said)


def _call(said: Said) -> str:
    """The name of a command, typed, pressed or written in plain words."""
    if said.what == "start":
        return "start"
    if said.what == "press":
        return (
            said.data
            if said.data in ("new", "mine", "cancel", "agree") or said.data.startswith("rate:")
            else ""
        )
    first = said.text.strip().lower()
    if first.rstrip(".!") in MINE:
        return "mine"
    return CALLS.get(first.partition(" ")[0].partition("@")[0], "")


def _called(talk: Talk, said: Said, house: House, call: str) -> Turn:
    if call.startswith("rate:"):
        return _rated(talk, call)
    if call == "stop":
        return Turn(replace(talk, step="new", agreed="", draft=Draft()), (words.stopped(),))
    if call == "mine":
        return Turn(talk, ask=Ask("status", _number(said)))
    if call == "agree":
        agreed = talk if talk.agreed else replace(talk, agreed=said.at.isoformat())
        return Turn(agreed.at("text", Draft()), (words.ask_text(),)) if _may_begin(talk) else Turn(talk)
    if call == "help" or not talk.agreed:
        return Turn(talk if talk.agreed else talk.at("consent", Draft()), (words.greeting(house),))
    if call == "cancel":
        return Turn(talk.at("idle", Draft()), (words.dropped() if talk.draft != Draft() else words.menu(),))
    return Turn(talk.at("text", Draft()), (words.ask_text(),))


def _may_begin(talk: Talk) -> bool:
    """A second press of an old «Согласен» does not throw away what is being written."""
    return not talk.agreed or talk.step in ("new", "consent", "idle")


def _number(said: Said) -> str:
    found = NUMBER.search(said.text.partition(" ")[2]) if said.what == "text" else None
    return found.group(1) if found else ""


def _rated(talk: Talk, call: str) -> Turn:
    _, _, rest = call.partition(":")
    number, _, score = rest.rpartition(":")
    if not number or score not in ("1", "2", "3", "4", "5"):
        return Turn(talk)
    return Turn(talk, ask=Ask("rating", number, int(score)))


def _pressed(talk: Talk, said: Said) -> Turn:
    """A button fits its own step only: one left above in the chat changes nothing and the question is asked again."""
    step = (talk.step, said.data)
    if step == ("place", "skip_place"):
        return Turn(talk.at("photo"), (words.ask_photo(),))
    if step == ("photo", "photo_done"):
        return Turn(talk.at("confirm"), (words.confirm(talk.draft),))
    if step == ("confirm", "again"):
        return Turn(talk.at("text", Draft()), (words.ask_text(),))
    if step == ("confirm", "send"):
        return _sent(talk)
    return Turn(talk, (_question(talk),))


def _sent(talk: Talk) -> Turn:
    sent = (*talk.sent, talk.draft.first)[-MOST_SENT:]
    done = replace(talk, step="idle", draft=Draft(), sent=sent)
    return Turn(done, (words.sent(),), made=Made(talk.draft))


def _question(talk: Talk) -> Reply:
    """The question of the present step once more."""
    if talk.step == "confirm":
        return words.confirm(talk.draft)
    asked = {"text": words.ask_text, "place": words.ask_place, "photo": words.ask_photo}
    return asked.get(talk.step, words.menu)()


def _text(talk: Talk, said: Said) -> Turn:
    draft = _with(talk.draft, said)
    if said.lat is not None:
        draft = replace(draft, lat=said.lat, lon=said.lon)
    if not draft.text:
        return Turn(talk.at("text", draft), (words.words_first(),))
    placed = draft.lat is not None
    return Turn(
        talk.at("photo" if placed else "place", draft), (words.ask_photo() if placed else words.ask_place(),)
    )


def _place(talk: Talk, said: Said) -> Turn:
    if said.lat is not None:
        draft = replace(talk.draft, lat=said.lat, lon=said.lon)
    elif said.media:
        return Turn(talk.at("place", _with(talk.draft, said)), (words.ask_place(),))
    else:
        draft = replace(talk.draft, address=" ".join(said.text.split())[:300])
    return Turn(talk.at("photo", draft), (words.ask_photo(),))


def _photo(talk: Talk, said: Said) -> Turn:
    if said.lat is not None:
        return Turn(talk.at("photo", replace(talk.draft, lat=said.lat, lon=said.lon)), (words.ask_photo(),))
    full = len(talk.draft.media) + len(said.media) > MOST_PHOTOS
    draft = _with(talk.draft, said)
    if not said.media:
        return Turn(talk.at("confirm", draft), (words.confirm(draft),))
    return Turn(talk.at("photo", draft), (words.too_many_photos() if full else words.photo_kept(),))


def _confirm(talk: Talk, said: Said) -> Turn:
    """More words and photos are welcome until «Отправить»."""
    draft = _with(talk.draft, said)
    if said.lat is not None:
        draft = replace(draft, lat=said.lat, lon=said.lon)
    return Turn(talk.at("confirm", draft), (words.confirm(draft),))


def _idle(talk: Talk, said: Said, asked: str) -> Turn:
    """Words after a question of the town, or in reply to what it wrote, go to that case; others begin a new message."""
    if said.what == "press":
        return Turn(talk, (words.menu(),))
    if said.says_nothing:
        return Turn(talk, (words.not_read(),))
    about = asked or (said.answers if said.answers in talk.sent else "")
    if about:
        more = _with(Draft(), said)
        # What answers this addition answers the same case, so its number is remembered too.
        known = replace(talk, sent=(*talk.sent, more.first)[-MOST_SENT:])
        return Turn(known, (words.added(),), made=Made(more, about))
    found = NUMBER.fullmatch(said.text.strip())
    if found:
        return Turn(talk, ask=Ask("status", found.group(1)))
    if len(said.text.strip()) < SHORT and not said.media:
        return Turn(talk, (words.menu(),))
    return _text(talk.at("text", Draft()), said)


def _edited(talk: Talk, said: Said) -> Turn:
    """Words of the draft are replaced by their newer shape; of what was sent the source's change is kept elsewhere."""
    texts = talk.draft.texts
    if all(message != said.message for message, _ in texts):
        return Turn(talk)
    changed = tuple((one, said.text.strip() if one == said.message else text) for one, text in texts)
    draft = replace(talk.draft, texts=changed)
    if talk.step == "confirm":
        return Turn(talk.at("confirm", draft), (words.confirm(draft),))
    return Turn(talk.at(talk.step, draft), (words.corrected(),))


def _with(draft: Draft, said: Said) -> Draft:
    """The draft with these words and photos; beyond the limits they are left out."""
    text = said.text.strip()
    room = MOST_TEXT - len(draft.text)
    texts = (*draft.texts, (said.message, text[:room])) if text and room > 0 else draft.texts
    media = (*draft.media, *said.media)[:MOST_PHOTOS]
    return replace(draft, first=draft.first or f"{said.chat}:{said.message}", texts=texts, media=media)


STEPS: dict[str, Callable[[Talk, Said], Turn]] = {
    "new": _text,
    "consent": _text,
    "text": _text,
    "place": _place,
    "photo": _photo,
    "confirm": _confirm,
}
