"""A post of an official group: `mediatopic.post`, its picture, its reactions.

apiok.ru: mediatopic.post (type GROUP_THEME, JSON `attachment` of media, answers with the number of the topic),
photosV2.getUploadUrl and the upload (answers with a token for each picture), mediatopic.getTopics. The network knows
no number against a double, so a later try looks among the newest posts of the group; in what shape it gives their
words back is not documented (`media` with `text` was taken from the page of the attachment), so where they cannot be
read a person looks. Summaries of reactions (`like_summary`, `discussion_summary`, `reshare_summary`) are read where
they come; views are not told.
"""

import json
from typing import Any

from otklik.channels.adapters.base import SendResult
from otklik.channels.adapters.ok.client import UNSHAPED, Ok, rows_of
from otklik.channels.adapters.ok.groups import Group, groups_of
from otklik.channels.adapters.ok.names import Place
from otklik.channels.adapters.posting import Reach, earliest, may_stand, same_words, unseen
from otklik.channels.adapters.source import Account, Unreachable
from otklik.channels.files import path_of
from otklik.channels.models import Outgoing, StoredFile
from otklik.channels.outside import ask, json_of

NEWEST = 20
FIELDS = "media_topic.*"
NOT_OURS = "Группы нет среди групп канала: впишите её номер в groups или разместите запись сами."


def post(ok: Ok, outgoing: Outgoing) -> SendResult:
    """Put the post out once. Raises OkError, Unreachable."""
    number = outgoing.recipient.strip()
    group = next((one for one in groups_of(ok.account) if one.group_id == number), None)
    if group is None:
        return SendResult("by_hand", error=NOT_OURS)
    if may_stand(outgoing):
        found = _standing(ok, group, outgoing)
        if found is not None:
            return found
    media: list[dict[str, Any]] = [{"type": "text", "text": outgoing.body}]
    # Read before, in the scope: here only what was prefetched is seen.
    files = sorted(outgoing.files.all(), key=lambda file: file.pk)
    if files:
        media.append({"type": "photo", "list": [{"id": _token(ok, group, file)} for file in files]})
    attachment = json.dumps({"media": media, "onBehalfOfGroup": "true"}, ensure_ascii=False)
    made = ok.rest(
        "mediatopic.post",
        type="GROUP_THEME",
        gid=group.group_id,
        attachment=attachment,
        text_link_preview="true",
    )
    if not isinstance(made, str) or not made.isdecimal():
        raise Unreachable(UNSHAPED)
    return SendResult("sent", proof=Place(made, "", group.group_id).link)


def _token(ok: Ok, group: Group, file: StoredFile) -> str:
    """The picture lies at OK now, named by a token."""
    place = ok.rest("photosV2.getUploadUrl", gid=group.group_id, count=1)
    url = place.get("upload_url") if isinstance(place, dict) else None
    if not url:
        raise Unreachable(UNSHAPED)
    body = {"pic1": (file.name, path_of(file).read_bytes(), file.content_type)}
    told = json_of(ask(ok.account, "POST", str(url), files=body, timeout=60))
    photos = told.get("photos") if isinstance(told, dict) else None
    tokens = [one.get("token") for one in photos.values()] if isinstance(photos, dict) else []
    if not tokens or not tokens[0]:
        raise Unreachable("Одноклассники не приняли снимок: попробуем снова.")
    return str(tokens[0])


def _standing(ok: Ok, group: Group, outgoing: Outgoing) -> SendResult | None:
    """What an earlier try left in the group; None when it may be sent again."""
    rows = rows_of(
        ok.rest("mediatopic.getTopics", gid=group.group_id, count=NEWEST, fields=FIELDS), "media_topics"
    )
    begin = int(earliest(outgoing).timestamp() * 1000)
    for row in rows:
        written = row.get("created_ms")
        if isinstance(written, int) and written < begin:
            continue
        words = _words(row)
        if words is None and outgoing.tries:
            return unseen(outgoing)
        if words is not None and same_words(words, outgoing.body):
            return SendResult("sent", proof=Place(str(row["id"]), "", group.group_id).link)
    return None


def _words(row: dict[str, Any]) -> str | None:
    """The words of a post; None when they cannot be read."""
    media = row.get("media")
    if not isinstance(media, list) or not media:
        return None
    texts = [one.get("text") for one in media if isinstance(one, dict) and one.get("type") == "text"]
    return "".join(text for text in texts if isinstance(text, str))


def reach(account: Account, proof: str) -> Reach | None:
    """Reactions under the post. Raises OkError, Unreachable."""
    topic = proof.rpartition("/topic/")[2]
    if not topic.isdecimal():
        return None
    rows = rows_of(Ok(account).rest("mediatopic.getByIds", topic_ids=topic, fields=FIELDS), "media_topics")
    if not rows:
        return None
    return {
        "likes": _count(rows[0], "like_summary", "count"),
        "comments": _count(rows[0], "discussion_summary", "comments_count"),
        "reposts": _count(rows[0], "reshare_summary", "count"),
    }


def _count(row: dict[str, Any], summary: str, name: str) -> int | None:
    told = row.get(summary)
    value = told.get(name) if isinstance(told, dict) else None
    return value if isinstance(value, int) else None
