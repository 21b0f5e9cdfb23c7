"""Official pages, media, press releases, publications and open data of a training town, made through the services.

Addresses lead nowhere on purpose: numbers no network has given, names under .example. The timer opens no page of a
training town by itself (`outreach.watching`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from otklik.accounts.models import Post, User
from otklik.accounts.selectors import held_posts
from otklik.channels.looking import Sight
from otklik.channels.services import mark_placed
from otklik.charter.selectors import charter_of
from otklik.common.models import Municipality
from otklik.common.today import day_in
from otklik.config.demo.year.cast import Cast
from otklik.outreach import services
from otklik.outreach.models import MediaOutlet, Publication, ReleaseSending
from otklik.outreach.rules import LAW_MARKS
from otklik.outreach.selectors import datasets_of, open_pages, outlets_of, owner_of
from otklik.outreach.words import NETWORKS
from otklik.reports.open_data.services import issue_due, open_ready
from otklik.reports.open_data.sets import READY

ACT = "распоряжение об официальных страницах, п. 2"
SCHOOL, CULTURE = "Средняя школа № 1", "Дом культуры"


@dataclass(frozen=True)
class Drawn:
    """A page of the register as the story draws it; `posts` are those of an ordinary week."""

    network: str
    number: int
    owner: str = "administration"
    organisation: str = ""
    words: str = ""
    act: str = ACT
    verified: bool = True
    publics: bool = False
    posts: int | None = 4
    followers: int | None = None


DRAWN: Sequence[Drawn] = (
    Drawn("vk", 1, publics=True, followers=5120),
    Drawn("ok", 2, publics=True, followers=2380),
    Drawn("telegram", 3, verified=False, posts=None, followers=940),
    Drawn("max", 4, verified=False, posts=3, followers=310),
    Drawn("site", 5, verified=False, posts=None),
    Drawn("vk", 6, "institution", SCHOOL, "заместитель директора школы", followers=610, posts=5),
    Drawn("ok", 7, "institution", SCHOOL, "заместитель директора школы", act="", verified=False, posts=2),
    Drawn("vk", 8, "institution", CULTURE, "", act="", verified=False, posts=0, followers=420),
)
URLS = {
    "vk": "https://vk.com/club90000000000{}",
    "ok": "https://ok.ru/group/90000000000000{}",
    "telegram": "https://t.me/c/900000000{}",
    "max": "https://max.ru/id900000000{}",
}
OUTLETS = (
    services.OutletWords(
        "Районная газета",
        "local_media",
        audience="жители района старше сорока",
        mail="desk@gazeta.example",
        takes_releases=True,
    ),
    services.OutletWords(
        "Областное телевидение",
        "regional_media",
        site="https://tv.example/",
        mail="news@tv.example",
        takes_releases=True,
    ),
    services.OutletWords("Новости округа", "electronic", audience="подписчики из посёлков"),
    services.OutletWords(
        "Председатель совета ветеранов", "opinion_leader", organisation="Совет ветеранов округа"
    ),
)
TALKS = (
    ("call", "theirs", "Спросили, когда починят дорогу к школе.", "Назвали срок и подрядчика."),
    ("letter", "ours", "Предложили рассказать о графике вывоза мусора.", "Вышла заметка с графиком."),
    ("meeting", "ours", "Позвали на обсуждение сквера.", "Обещали прийти и рассказать соседям."),
    ("message", "theirs", "Попросили снимки после ремонта моста.", "Отправили два снимка."),
)
RELEASES = (
    ("Дорогу к школе закончат к пятнице", "Объезд по соседней улице, автобус идёт по прежнему расписанию."),
    ("График вывоза мусора изменён", "По вторникам и пятницам, в посёлках — по средам."),
    ("Сквер откроют после обсуждения с жителями", "Предложения принимают на портале до конца месяца."),
)
NEWS = (
    "О ремонте дороги к школе",
    "График вывоза мусора",
    "Что решили на встрече с жителями",
    "Сквер: итоги обсуждения",
)


@dataclass(frozen=True)
class Voice:
    """Who speaks for the town: keeps pages and agrees to words; the post the pages are kept by."""

    town: Municipality
    keeper: User
    chief: User | None
    post: Post


def voice_of(town: Municipality, cast: Cast) -> Voice | None:
    """None where the charter gives nobody the pages."""
    for keeper in cast.everyone("outreach.publish"):
        held = held_posts(town).filter(user=keeper).select_related("post").order_by("pk")
        post = next((one.post for one in held if one.post), None)
        if post is not None:
            return Voice(town, keeper, cast.who("outreach.approve", but=keeper), post)
    return None


def make_pages(town: Municipality, now: datetime) -> None:
    """Everything of a town that has just been filled."""
    cast = Cast(town, now)
    voice = voice_of(town, cast)
    if voice is None or open_pages(town).exists():
        return
    register(voice, now - timedelta(days=40))
    compare(voice, now - timedelta(days=20))
    look_at(voice, now - timedelta(hours=3))
    mark_acts(voice, now - timedelta(days=30))
    for place, days in enumerate((24, 11, 3)):
        at = now - timedelta(days=days)
        talk(voice, place, at)
        publish(voice, place, at)
        tell_press(voice, place, at, is_sent=place < 2)
    open_data(voice, now)


def register(voice: Voice, at: datetime) -> None:
    """Pages and outlets, once."""
    identity = charter_of(voice.town).identity
    for drawn in DRAWN:
        own = drawn.owner == "administration"
        words = services.PageWords(
            title=f"{drawn.organisation or identity.short_name} — {NETWORKS[drawn.network]}",
            network=drawn.network,
            url=_address(drawn, voice.town.key),
            organisation=drawn.organisation or owner_of(voice.town),
            owner=drawn.owner,
            responsible_post=voice.post if own else None,
            responsible_words="" if own else drawn.words,
            act=drawn.act,
            verified_on=day_in(voice.town, at) if drawn.verified else None,
            in_publics_system=drawn.publics,
            opened_on=day_in(voice.town, at),
        )
        services.add_page(voice.town, words, voice.keeper, at)
    for words_of in OUTLETS:
        services.add_outlet(voice.town, words_of, voice.keeper, at)


def _address(drawn: Drawn, key: str) -> str:
    return f"https://{key}.example/" if drawn.network == "site" else URLS[drawn.network].format(drawn.number)


def look_at(voice: Voice, at: datetime) -> None:
    """What the timer would have seen on such a day."""
    by_url = {_address(one, voice.town.key): one for one in DRAWN}
    for page in open_pages(voice.town).filter(url__in=by_url):
        drawn = by_url[page.url]
        last = at - timedelta(days=1) if drawn.posts else None
        sight = Sight(
            answers=True,
            last_post_at=last,
            posts_in_week=drawn.posts,
            followers=drawn.followers,
            verified=drawn.verified if drawn.network == "vk" else None,
        )
        services.keep_check(page, sight, at)


def compare(voice: Voice, at: datetime) -> None:
    """Check lists of 8-ФЗ of the administration's own pages."""
    marks = dict.fromkeys(LAW_MARKS, "yes")
    for page in open_pages(voice.town).filter(owner="administration").order_by("pk"):
        failed = {"rules": "no"} if page.network == "telegram" else {}
        notes = {"rules": "опубликовать правила общения в описании канала"} if failed else {}
        services.note_law_check(page, {**marks, **failed}, notes, voice.keeper, at)


def mark_acts(voice: Voice, at: datetime) -> None:
    """Marks of publication at the places the charter names for its acts."""
    for act in charter_of(voice.town).acts.values():
        for place in act.published_in:
            printed = "бюллетень" in place.lower()
            words = services.PublicationWords(
                title=act.title,
                kind="bulletin" if printed else "site",
                on=day_in(voice.town, at),
                outlet=place,
                url="" if printed else f"https://{voice.town.key}.example/acts/{act.key}",
                issue="7" if printed else "",
                about=f"act:{act.key}",
            )
            services.publish(voice.town, words, voice.keeper, at)


def talk(voice: Voice, place: int, at: datetime) -> None:
    """A contact with an outlet."""
    outlets = list(outlets_of(voice.town))
    way, side, gist, result = TALKS[place % len(TALKS)]
    words = services.TalkWords(way, side, gist, at, result)
    services.note_talk(outlets[place % len(outlets)], words, voice.keeper, at)


def publish(voice: Voice, place: int, at: datetime) -> Publication:
    """A line of the register: what an outlet has written by our words."""
    outlets: list[MediaOutlet] = [one for one in outlets_of(voice.town) if one.kind.endswith("_media")]
    outlet = outlets[place % len(outlets)]
    words = services.PublicationWords(
        title=NEWS[place % len(NEWS)],
        kind=outlet.kind,
        on=day_in(voice.town, at),
        url=f"https://news.example/{voice.town.key}/{at:%Y-%m-%d}-{place}",
        media=outlet,
    )
    return services.publish(voice.town, words, voice.keeper, at)


def tell_press(voice: Voice, place: int, at: datetime, is_sent: bool) -> None:
    """A release agreed to and handed over; another waits for agreement."""
    title, text = RELEASES[place % len(RELEASES)]
    words = services.ReleaseWords(title, f"{title}. {text}", text, voice.post, "пресс-служба администрации")
    release = services.write_release(voice.town, words, voice.keeper, at)
    services.ask_approval(release, voice.keeper)
    if voice.chief is None or not is_sent:
        return
    services.approve_release(release, voice.chief, at)
    services.send_release(release, list(outlets_of(voice.town)), voice.keeper, at)
    for sending in ReleaseSending.objects.filter(release=release).select_related("outgoing"):
        mark_placed(sending.outgoing, "передано в редакцию", voice.keeper, at)


def open_data(voice: Voice, now: datetime) -> None:
    """Every ready set is opened once and issued when its month has come."""
    today = day_in(voice.town, now)
    known = set(datasets_of(voice.town).values_list("key", flat=True))
    for key, ready in READY.items():
        if key not in known:
            passport = services.Passport(
                ready.title, ready.description, ready.keywords, responsible_post=voice.post
            )
            open_ready(voice.town, key, passport, voice.keeper, now, today)
    issue_due(voice.town, today, now)
