"""Posts go out: a due one leaves an outgoing in one transaction, the channel delivers it, its end comes back here.

An agreed post has one outgoing with one key, so it goes out once whatever dies on the way: what a network did not
confirm is looked up on the page or handed to a person by `channels.services.delivery`.
"""

from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from otklik.accounts.models import User
from otklik.accounts.services import leave_notice
from otklik.channels import steps
from otklik.channels.adapters.email.adapter import is_address
from otklik.channels.adapters.posting import posts_by_itself
from otklik.channels.models import Channel, Outgoing
from otklik.channels.services.outgoing import make_outgoing, mark_placed, send_again
from otklik.charter.carrying import carries_out
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.queue import hold_town
from otklik.common.scope import within
from otklik.common.today import day_in
from otklik.common.words import tie
from otklik.outreach.content.models import Post
from otklik.outreach.content.services.calm import calm_over, hold
from otklik.outreach.content.services.common import locked_post, tell
from otklik.outreach.content.services.library import fitted
from otklik.outreach.services.pages import note_post
from otklik.outreach.services.publications import PublicationWords, publish

BY_HAND = "Разместите запись на странице сами и вставьте ссылку."
BY_SITE = "Текст отправлен редактору сайта письмом: когда разместит, вставьте ссылку."
BY_PUBLICS = "Выгружена для «Госпабликов»: разместите её там и вставьте ссылку."
TRAINING = "Учебная запись никуда не уходит: отметьте, где она вышла бы."
CLOSED = "Страница закрыта: снимите запись или выберите другую страницу."


def place_due(municipality: Municipality, now: datetime, limit: int = 200) -> int:
    """Send every post whose time has come and take up the ends of those sent; returns how many are out.

    Call outside a transaction.
    """
    with within(municipality.pk):
        due = Post.objects.filter(municipality=municipality, state="approved", planned_at__lte=now)
        posts = list(due.order_by("planned_at", "pk")[:limit])
    for post in posts:
        with within(municipality.pk):
            launch(post, now)
        steps.reached("post launched")
    return settle(municipality, now)


def launch(post: Post, now: datetime) -> bool:
    """Let one due post go, once: True when this call did it. Inside a transaction."""
    # Calm mode takes the same row first, so it either holds the post or finds it gone.
    hold_town(post.municipality_id)
    post = locked_post(post.pk)
    if post.state != "approved" or post.planned_at is None or post.planned_at > now:
        return False
    calm = calm_over(post)
    if calm is not None:
        hold(post, calm)
        return False
    post.state, post.error, post.outgoing = _way_out(post, now)
    post.save(update_fields=["state", "error", "outgoing"])
    if post.state != "sending" and not post.material.is_exercise:
        _ask_for_hands(post, "ждёт, чтобы её разместили")
    return True


def _ask_for_hands(post: Post, what: str) -> None:
    """Whoever keeps pages is told that the machine will not do it."""
    words = f"Запись «{post.material.title[:120]}» для страницы «{post.page.title}» {what}"
    link = f"/content/posts/{post.pk}/"
    leave_notice(post.municipality, tie(words)[:300], link, permission="outreach.publish")


def _way_out(post: Post, now: datetime) -> tuple[str, str, Outgoing | None]:
    page = post.page
    if post.material.is_exercise:
        return "by_hand", TRAINING, None
    if page.closed_on is not None:
        return "failed", CLOSED, None
    if post.publics_export_id is not None:
        return "by_hand", BY_PUBLICS, None
    if page.channel is None or not page.outer_id:
        return "by_hand", BY_HAND, None
    if page.channel.kind == "email" and is_address(page.outer_id):
        words = f"{post.text}\n\nЧто на снимке: {post.picture.alt}" if post.picture else post.text
        return "by_hand", BY_SITE, _outgoing(post, page.channel, words, "", now)
    if posts_by_itself(page.channel):
        return "sending", "", _outgoing(post, page.channel, post.text, "page", now)
    return "by_hand", BY_HAND, None


def _outgoing(post: Post, channel: Channel, words: str, way: str, now: datetime) -> Outgoing:
    page, about = post.page, f"post:{post.pk}"
    files = [fitted(post.picture, page.network)] if post.picture is not None else []
    # One that came back to its author leaves anew: under the old key its old words would go.
    former = Outgoing.objects.filter(municipality=post.municipality, about=about).count()
    return make_outgoing(
        channel,
        "post",
        about,
        page.outer_id,
        post.material.title,
        words,
        f"{about}:{former + 1}" if former else about,
        files=files,
        now=now,
        way=way,
    )


def settle(municipality: Municipality, now: datetime) -> int:
    """Write down what became of posts on their way; returns how many are out."""
    with within(municipality.pk):
        gone = Post.objects.filter(municipality=municipality, outgoing__way="page")
        ended = Q(state="sending", outgoing__state__in=["sent", "dead", "by_hand"])
        # Somebody may have sent it again or marked it on the page of the channel.
        mended = Q(state__in=["failed", "by_hand"], outgoing__state="sent")
        posts = list(gone.filter(ended | mended).order_by("pk").values_list("pk", flat=True))
    out = 0
    for pk in posts:
        out += _settle_one(municipality, pk, now)
        steps.reached("post settled")
    return out


def _settle_one(municipality: Municipality, pk: int, now: datetime) -> bool:
    with within(municipality.pk):
        post = locked_post(pk)
        outgoing = post.outgoing
        if post.state not in ("sending", "failed", "by_hand") or outgoing is None:
            return False
        if outgoing.state == "sent":
            link = outgoing.proof if outgoing.proof.startswith("http") else post.page.url
            _placed(post, link, None, outgoing.sent_at or now)
            return True
        if post.state != "sending" or outgoing.state not in ("dead", "by_hand"):
            return False
        post.state = "failed" if outgoing.state == "dead" else "by_hand"
        post.error = outgoing.error
        post.save(update_fields=["state", "error"])
        tell(post.material, "failed", None, now, outgoing.error, post)
        _ask_for_hands(post, "не вышла сама: посмотрите, почему")
        return False


def _placed(post: Post, link: str, by: User | None, at: datetime) -> None:
    post.state, post.link, post.placed_at, post.placed_by, post.error = "placed", link[:500], at, by, ""
    post.save(update_fields=["state", "link", "placed_at", "placed_by", "error"])
    if not post.material.is_exercise:
        note_post(post.page, at)
        _register(post, at)
    tell(post.material, "placed", by, at, link, post)


def _register(post: Post, at: datetime) -> None:
    """A post about a risk, a campaign, a poll proves that it was told of: it stands in the register too."""
    if not post.material.about:
        return
    words = PublicationWords(
        title=post.material.title,
        kind="site" if post.page.network == "site" else "official_page",
        on=day_in(post.municipality, at),
        url=post.link,
        about=post.material.about,
        page=post.page,
    )
    # A line of the register that cannot be does not undo that the post is out.
    with suppress(Refused):
        publish(post.municipality, words, None, at)


@carries_out("DEM-2.2.12.2", "MIH-4.1.4.1", "BOG-III.4.6.3")
@transaction.atomic
def place_by_hand(post: Post, link: str, by: User, now: datetime) -> Post:
    """A person put it on the page, or found it there: `link` is the proof. Raises Refused."""
    post = locked_post(post.pk)
    if post.state not in ("approved", "by_hand", "failed"):
        raise Refused("Отметить размещение можно у согласованной записи. Обновите страницу.")
    if not link.strip().startswith(("http://", "https://")):
        raise Refused("Вставьте ссылку на запись: она начинается с https://.")
    if post.outgoing is not None and post.outgoing.state in ("waiting", "by_hand", "dead"):
        mark_placed(post.outgoing, link, by, now)
    _placed(post, link.strip(), by, now)
    return post


@transaction.atomic
def try_again(post: Post, by: User, now: datetime) -> Post:
    """Send once more what did not go out: a person has looked that it is not there. Raises Refused."""
    hold_town(post.municipality_id)
    post = locked_post(post.pk)
    if post.state != "failed":
        raise Refused("Снова отправить можно только то, что не вышло. Обновите страницу.")
    if calm_over(post) is not None:
        raise Refused("Включён режим тишины: отправить снова можно, когда его выключат.")
    if post.outgoing is not None:
        send_again(post.outgoing, by, now)
        post.state = "sending"
    else:
        post.state, post.planned_at = "approved", now
    post.error = ""
    post.save(update_fields=["state", "error", "planned_at"])
    tell(post.material, "again", by, now, "", post)
    return post
