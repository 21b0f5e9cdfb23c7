"""Looking back through a conversation page by page, where a network pages by moments alone."""

from collections.abc import Sequence


def next_from(moments: Sequence[int]) -> int | None:
    """The moment the page after this full one begins with: other lines of its eldest moment may stand there too.

    None where one moment fills the whole page: the network never shows the rest of that moment, so nobody can tell
    what stands there.
    """
    eldest = min(moments)
    return eldest if eldest < max(moments) else None
