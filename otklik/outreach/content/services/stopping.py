"""Stops what was about to leave: forgets the outgoing while nothing of it can be out, or sets it aside."""

from otklik.channels.models import Outgoing
from otklik.channels.services.outgoing import set_aside, take_back
from otklik.outreach.content.models import Post

HELD = "Придержано режимом тишины."


def stop_outgoing(post: Post) -> bool:
    """True when nothing of the post can be out: it had not been tried, or was meant for a person's hands."""
    was_taken_back = post.outgoing is not None and _forget(post, post.outgoing)
    return was_taken_back or post.state != "sending"


def hold_outgoing(post: Post) -> bool:
    """As `stop_outgoing`, but what was tried in vain is set aside and may go on later under its own key."""
    if post.state != "sending" or post.outgoing is None:
        return post.state != "sending"
    return _forget(post, post.outgoing) or set_aside(post.outgoing, HELD)


def _forget(post: Post, outgoing: Outgoing) -> bool:
    if not take_back(outgoing):
        return False
    post.outgoing = None
    return True
