"""The way out to OK: a comment under the post, or a message in the name of the group.

The network knows no number against a double, so after a try that may have reached it, it is looked first whether the
answer stands there already. Messages: apiok.ru, POST graph.user.messages. A comment goes by
`discussions.addDiscussionComment` with the parameters of its older public reference (entityType, entityId, comment);
its page is published no more, so what else the network wants is the setting `comment_more`, and a refusal of the
method hands the answer over to a person.
"""

from otklik.channels.adapters.base import SendResult
from otklik.channels.adapters.coded import send_by
from otklik.channels.adapters.dialogue.sending import LOST
from otklik.channels.adapters.dialogue.splitting import split
from otklik.channels.adapters.ok.client import Ok
from otklik.channels.adapters.ok.groups import LONGEST, Group, groups_of, number
from otklik.channels.adapters.ok.names import Chat, Place, bare, chat_of, place_of
from otklik.channels.adapters.ok.posting import post
from otklik.channels.adapters.ok.standing import UnseenError, comments_since, lines_since
from otklik.channels.adapters.posting import may_stand
from otklik.channels.models import Outgoing

# How far clocks of the network and ours may differ, in milliseconds.
SKEW = 120_000
NOWHERE = "Неизвестно, кому ответить в Одноклассниках: откройте ссылку карточки и ответьте сами."
FILES = "Одноклассники не принимают файлы от программы: отправьте ответ с файлами на сайте сами и вставьте ссылку."
EMPTY = "Ответ пуст: напишите его."


class OkAdapter:
    """Sends what the post or the person is to be told."""

    # A later try looks first whether the answer stands there already.
    repeats_safely = True

    def send(self, outgoing: Outgoing) -> SendResult:
        try:
            return send_by(outgoing, "groups", lambda account, one: _send(Ok(account), one))
        except UnseenError:
            return SendResult("unknown", error=LOST)


def _send(ok: Ok, outgoing: Outgoing) -> SendResult:
    """What is meant for one person never goes under the post."""
    if outgoing.way == "page":
        return post(ok, outgoing)
    chat, place = chat_of(outgoing.recipient) or chat_of(outgoing.reply_to), place_of(outgoing.reply_to)
    if outgoing.files.all():
        return SendResult("by_hand", error=FILES)
    if chat is not None and outgoing.way != "comment":
        return _by_message(ok, outgoing, chat)
    if place is not None and outgoing.way != "message":
        return _by_comment(ok, outgoing, place)
    return SendResult("by_hand", error=NOWHERE)


def _by_comment(ok: Ok, outgoing: Outgoing, place: Place) -> SendResult:
    group, begin = _group(ok, place.group_id), _begin(outgoing)
    rows = comments_since(ok, place.topic, begin) if may_stand(outgoing) else ()
    said = [
        str(row.get("text", ""))
        for row in rows
        if str(row.get("author_id")) == group.group_id and _answers(row, place, outgoing.tries)
    ]
    more = ok.account.settings.get("comment_more")
    for text in (parts := split(outgoing.body, number(ok.account, "comment_limit", LONGEST))):
        if text in said:
            continue
        ok.rest(
            "discussions.addDiscussionComment",
            entityType="GROUP_TOPIC",
            entityId=place.topic,
            comment=text,
            replyToCommentId=place.comment,
            **(more if isinstance(more, dict) else {}),
        )
    return SendResult("sent", proof=place.link) if parts else SendResult("by_hand", error=EMPTY)


def _begin(outgoing: Outgoing) -> int:
    """Since when our answer may stand there (ms): the same words of an earlier answer are another answer."""
    return int(outgoing.created_at.timestamp() * 1000) - SKEW


def _answers(row: dict[str, object], place: Place, tries: int) -> bool:
    """Two people under one post may be told the same words; where the network does not say who was answered, our
    own earlier try is believed to have left it."""
    answered = str(row.get("reply_to_comment_id") or "")
    return answered == place.comment or (not answered and tries > 0)


def _by_message(ok: Ok, outgoing: Outgoing, chat: Chat) -> SendResult:
    group, path = _group(ok, chat.group_id), f"me/messages/chat:{chat.chat_id}"
    rows = lines_since(ok, group, path, _begin(outgoing)) if may_stand(outgoing) else ()
    said = {
        str(row["message"].get("text", "")): str(row["message"].get("mid", ""))
        for row in rows
        if str(row["sender"].get("user_id", "")).startswith("group:")
    }
    proofs = []
    for text in split(outgoing.body, number(ok.account, "message_limit", LONGEST)):
        if text not in said:
            body = {"recipient": {"chat_id": f"chat:{chat.chat_id}"}, "message": {"text": text}}
            answer = ok.graph(group, "POST", path, body)
            said[text] = str(answer.get("message_id", "")) if isinstance(answer, dict) else str(answer)
        proofs.append(chat.message(bare(said[text])))
    return SendResult("sent", proof=proofs[0]) if proofs else SendResult("by_hand", error=EMPTY)


def _group(ok: Ok, group_id: str) -> Group:
    """The group written to; the first where the name does not tell it."""
    groups = groups_of(ok.account)
    return next((group for group in groups if group.group_id == group_id), groups[0])
