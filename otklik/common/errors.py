"""The one error for a rule that says no."""


class Refused(Exception):
    """A rule forbids the deed; the text is one Russian sentence for the person who tried it."""


def changed_meanwhile(what: str) -> Refused:
    """Why a change made from an older sight is not saved. Forms keep what was typed, and this sentence says so."""
    return Refused(f"Пока вы писали, {what} изменил кто-то другой. Ваш текст цел: сверьте и сохраните снова.")
