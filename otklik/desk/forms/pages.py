"""Forms of the outward half: a page of the register, its check list, media, press releases, publications, open data."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from otklik.accounts.models import Post
from otklik.channels.models import Channel, StoredFile
from otklik.charter.selectors import charter_of
from otklik.common.today import day_in
from otklik.desk.forms.deeds import DeedForm
from otklik.desk.forms.offering import offer_rows, offer_words
from otklik.outreach.models import (
    MediaContact,
    MediaOutlet,
    OfficialPage,
    OpenDataset,
    PressRelease,
)
from otklik.outreach.rules import ANSWERS, LAW_MARKS
from otklik.outreach.selectors import open_pages, outlets_of
from otklik.outreach.services import (
    OutletWords,
    PageWords,
    Passport,
    PublicationWords,
    ReleaseWords,
    TalkWords,
)
from otklik.outreach.words import NETWORKS, OUTLETS, OWNERS, PUBLICATIONS, SIDES, WAYS


def _pairs(words: dict[str, str], empty: str) -> list[tuple[str, str]]:
    return [
        ("", empty),
        *((key, title.capitalize() if title.islower() else title) for key, title in words.items()),
    ]


def _day(label: str, required: bool = False, help_text: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def _text(
    label: str, limit: int, rows: int = 3, required: bool = True, help_text: str = ""
) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=limit,
        required=required,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def _posts(form: DeedForm) -> None:
    posts = Post.objects.filter(municipality=form.municipality, body__is_open=True)
    offer_rows(form, "post", posts.order_by("title", "pk"))


class PageForm(DeedForm):
    """One page of the register."""

    title = forms.CharField(label="Название страницы", max_length=160)
    network = forms.ChoiceField(label="Площадка", choices=_pairs(NETWORKS, "выберите"))
    url = forms.URLField(
        label="Адрес", max_length=300, assume_scheme="https", help_text="начинается с https://"
    )
    organisation = forms.CharField(label="Чья страница", max_length=300)
    owner = forms.ChoiceField(label="Владелец", choices=_pairs(OWNERS, "выберите"))
    post = forms.ModelChoiceField(
        Post.objects.none(), label="Ответственный", required=False, empty_label="должности здесь нет"
    )
    responsible_words = forms.CharField(
        label="Ответственный словами",
        max_length=200,
        required=False,
        help_text="должность учреждения, которой нет в составе",
    )
    act = forms.CharField(
        label="Акт о ведении страницы", max_length=300, required=False, help_text="вид, дата и номер"
    )
    verified_on = _day("Подтверждена площадкой", help_text="пусто — отметки нет")
    posts_per_week = forms.IntegerField(
        label="Записей в неделю, не меньше",
        min_value=0,
        max_value=100,
        required=False,
        help_text="пусто — по норме положения",
    )
    in_publics_system = forms.BooleanField(label="Ведётся через «Госпаблики»", required=False)
    channel = forms.ModelChoiceField(
        Channel.objects.none(),
        label="Ключ площадки",
        required=False,
        empty_label="размещает человек",
        help_text="канал, через который система публикует и проверяет",
    )
    outer_id = forms.CharField(
        label="Номер в площадке",
        max_length=200,
        required=False,
        help_text="номер сообщества, @имя; для сайта — почта редактора",
    )
    opened_on = _day("Ведётся с")

    def prepare(self) -> None:
        _posts(self)
        able = Channel.objects.filter(municipality=self.municipality, kind__in=[*NETWORKS, "email"])
        offer_rows(self, "channel", able.order_by("position", "title"))

    @staticmethod
    def of_page(page: OfficialPage) -> dict[str, Any]:
        """What the form opens with for a page."""
        names = ("title", "network", "url", "organisation", "owner", "responsible_words", "act")
        more = ("verified_on", "posts_per_week", "in_publics_system", "outer_id", "opened_on")
        kept = {name: getattr(page, name) for name in (*names, *more)}
        return {**kept, "post": page.responsible_post_id, "channel": page.channel_id}

    def words(self) -> PageWords:
        data = dict(self.cleaned_data)
        post = data.pop("post")
        return PageWords(responsible_post=post, body_key=post.body.key if post else "", **data)


class LawForm(DeedForm):
    """The check list of 8-ФЗ: an answer to each mark, words where it is «нет»."""

    def prepare(self) -> None:
        for code, title in LAW_MARKS.items():
            self.fields[code] = forms.ChoiceField(
                label=title, choices=list(ANSWERS.items()), widget=forms.RadioSelect, required=False
            )
            self.fields[f"{code}_note"] = forms.CharField(
                label=f"Что исправить: {title.lower()}", max_length=300, required=False
            )

    def marks(self) -> dict[str, str]:
        return {code: self.cleaned_data[code] for code in LAW_MARKS}

    def notes(self) -> dict[str, str]:
        return {code: self.cleaned_data[f"{code}_note"] for code in LAW_MARKS}

    def lines(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Each mark beside its words, in the order of the list."""
        return [(self[code], self[f"{code}_note"]) for code in LAW_MARKS]


class OutletForm(DeedForm):
    """An outlet or an opinion leader by organisation and role."""

    title = forms.CharField(label="Название", max_length=200, help_text="лидер мнения — должность или роль")
    kind = forms.ChoiceField(label="Вид", choices=_pairs(OUTLETS, "выберите"))
    organisation = forms.CharField(label="Организация", max_length=300, required=False)
    audience = forms.CharField(label="Кого читает и слушает", max_length=300, required=False)
    site = forms.URLField(label="Страница", max_length=300, required=False, assume_scheme="https")
    mail = forms.EmailField(label="Почта редакции", required=False)
    phone = forms.CharField(label="Телефон редакции", max_length=60, required=False)
    takes_releases = forms.BooleanField(label="Согласны получать пресс-релизы", required=False)

    @staticmethod
    def of_outlet(outlet: MediaOutlet) -> dict[str, Any]:
        return {name: getattr(outlet, name) for name in OutletForm.base_fields}

    def words(self) -> OutletWords:
        return OutletWords(**self.cleaned_data)


class ContactForm(DeedForm):
    """A role to speak to, by consent."""

    role = forms.CharField(label="Роль", max_length=200, help_text="должность или занятие, без имени")
    phone = forms.CharField(label="Телефон", max_length=60, required=False)
    mail = forms.EmailField(label="Почта", required=False)
    consent = forms.CharField(
        label="Чем подтверждено согласие", max_length=300, help_text="письмо, бланк, запись встречи"
    )


class TalkForm(DeedForm):
    """One contact with the outlet."""

    side = forms.ChoiceField(label="Кто обратился", choices=list(SIDES.items()))
    way = forms.ChoiceField(label="Как", choices=list(WAYS.items()))
    on = _day("Когда", required=True)
    gist = _text("О чём", 500)
    result = _text("Итог", 500, 2, required=False)
    answer_due_on = _day("Обещали ответить до")
    contact = forms.ModelChoiceField(
        MediaContact.objects.none(), label="С кем", required=False, empty_label="с редакцией"
    )

    def words(self, now: datetime) -> TalkWords:
        """A contact of today happened by now, one of another day at its noon: a day to come is refused."""
        data = dict(self.cleaned_data)
        on: date = data.pop("on")
        noon = datetime.combine(on, time(12), ZoneInfo(self.municipality.time_zone))
        is_today = on == day_in(self.municipality, now)
        return TalkWords(at=min(noon, now) if is_today else noon, **data)


class ReleaseForm(DeedForm):
    """A press release."""

    title = forms.CharField(label="Заголовок", max_length=200)
    lead = _text("Главное", 500, 2, required=False, help_text="одно-два предложения: что, где, когда")
    text = _text("Текст", 10000, 12)
    post = forms.ModelChoiceField(
        Post.objects.none(), label="Кто говорит", required=False, empty_label="администрация"
    )
    contact = forms.CharField(
        label="Куда обращаться редакциям", max_length=200, required=False, help_text="отдел, телефон, почта"
    )

    def prepare(self) -> None:
        _posts(self)

    @staticmethod
    def of_release(release: PressRelease) -> dict[str, Any]:
        names = ("title", "lead", "text", "contact")
        return {**{name: getattr(release, name) for name in names}, "post": release.speaker_id}

    def words(self, about: str = "") -> ReleaseWords:
        data = dict(self.cleaned_data)
        return ReleaseWords(speaker=data.pop("post"), about=about, **data)


class PublicationForm(DeedForm):
    """A line of the register of publications."""

    title = forms.CharField(label="О чём", max_length=300)
    kind = forms.ChoiceField(label="Где", choices=_pairs(PUBLICATIONS, "выберите"))
    outlet = forms.CharField(label="Издание или страница", max_length=200, required=False)
    listed = forms.ModelChoiceField(
        MediaOutlet.objects.none(), label="СМИ из списка", required=False, empty_label="не из списка"
    )
    page = forms.ModelChoiceField(
        OfficialPage.objects.none(), label="Наша страница", required=False, empty_label="не наша"
    )
    url = forms.URLField(label="Ссылка", max_length=500, required=False, assume_scheme="https")
    issue = forms.CharField(
        label="Номер выпуска", max_length=60, required=False, help_text="для печатного бюллетеня"
    )
    on = _day("Дата", required=True)
    act = forms.ChoiceField(label="Публикация акта", required=False)

    def prepare(self) -> None:
        offer_rows(self, "listed", outlets_of(self.municipality))
        offer_rows(self, "page", open_pages(self.municipality))
        acts = charter_of(self.municipality).acts.values()
        offer_words(self, "act", [("", "не акт"), *((one.key, one.title[:120]) for one in acts)])

    def words(self, about: str = "", copy: StoredFile | None = None) -> PublicationWords:
        data = dict(self.cleaned_data)
        act, listed = data.pop("act"), data.pop("listed")
        return PublicationWords(about=f"act:{act}" if act else about, media=listed, copy=copy, **data)


class PassportForm(DeedForm):
    """Words of a set's passport."""

    title = forms.CharField(label="Название набора", max_length=200)
    description = _text("Описание", 2000, 4)
    keywords = forms.CharField(label="Ключевые слова", max_length=300, required=False)
    owner_number = forms.CharField(label="ИНН владельца", max_length=12, required=False)
    post = forms.ModelChoiceField(
        Post.objects.none(), label="Ответственная должность", required=False, empty_label="не назначена"
    )
    phone = forms.CharField(label="Телефон", max_length=60, required=False)
    mail = forms.EmailField(label="Почта", required=False)

    def prepare(self) -> None:
        _posts(self)

    @staticmethod
    def of_dataset(dataset: OpenDataset) -> dict[str, Any]:
        names = ("title", "description", "keywords", "owner_number", "phone", "mail")
        return {**{name: getattr(dataset, name) for name in names}, "post": dataset.responsible_post_id}

    def words(self) -> Passport:
        data = dict(self.cleaned_data)
        return Passport(responsible_post=data.pop("post"), **data)
