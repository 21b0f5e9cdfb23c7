"""Forms of publications: a material written once, a picture of the library, numbers of reach."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from otklik.desk.forms.deeds import DeedForm
from otklik.desk.forms.offering import offer_rows, offer_words
from otklik.outreach.content.models import Material, MediaItem
from otklik.outreach.content.selectors import groups_of, pages_to_post, pictures_of, rubrics_of
from otklik.outreach.content.words import GROUPS, PAST, RUBRICS
from otklik.outreach.models import OfficialPage
from otklik.topics.models import Topic

WORDS = ("title", "gist", "text", "link", "hashtags", "topic_key", "passes_calm")
REACH = {
    "views": "Просмотров",
    "likes": "Отметок",
    "comments": "Комментариев",
    "reposts": "Пересказов",
}


class MaterialForm(DeedForm):
    """What is told, to whom, in which words; versions per page are made of it."""

    title = forms.CharField(label="Заголовок", max_length=200, help_text="для своих: жители его не увидят")
    text = forms.CharField(
        label="Текст",
        max_length=60000,
        widget=forms.Textarea(attrs={"rows": 9, "class": "serif"}),
        help_text="главное — первым абзацем: что, где, когда, кому звонить",
    )
    link = forms.URLField(label="Ссылка", required=False, max_length=1000, assume_scheme="https")
    hashtags = forms.CharField(
        label="Хештеги",
        required=False,
        max_length=200,
        help_text="через пробел; где они не работают, их не будет",
    )
    rubric = forms.ChoiceField(label="Рубрика", required=False)
    audience = forms.ChoiceField(label="Для кого", required=False)
    topic_key = forms.ChoiceField(label="Тематика", required=False)
    picture = forms.ModelChoiceField(
        MediaItem.objects.none(), label="Снимок", required=False, empty_label="без снимка"
    )
    gist = forms.CharField(label="Суть для согласующих", required=False, max_length=500)
    passes_calm = forms.BooleanField(label="О самом происшествии: выходит и в режиме тишины", required=False)

    def prepare(self) -> None:
        town = self.municipality
        # A starter is opened by the service when it is first chosen.
        rubrics = list(rubrics_of(town).values_list("key", "title")) or list(RUBRICS.items())
        offer_words(self, "rubric", [("", "без рубрики"), *rubrics])
        starters = [(key, title) for key, (title, _) in GROUPS.items()]
        groups = list(groups_of(town).values_list("key", "title")) or starters
        offer_words(self, "audience", [("", "для всех"), *groups])
        topics = Topic.objects.filter(is_open=True).order_by("title").values_list("key", "title")
        offer_words(self, "topic_key", [("", "не выбрана"), *topics])
        offer_rows(self, "picture", pictures_of(town))

    def told(self) -> dict[str, Any]:
        """The words as the services take them."""
        return dict(self.cleaned_data)


class NewMaterialForm(MaterialForm):
    """Where and when besides."""

    pages: "forms.ModelMultipleChoiceField[OfficialPage]" = forms.ModelMultipleChoiceField(
        OfficialPage.objects.none(), label="Страницы", widget=forms.CheckboxSelectMultiple
    )
    at = forms.DateTimeField(
        label="Когда выходит",
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text="пусто — сразу после согласования",
    )

    def prepare(self) -> None:
        super().prepare()
        offer_rows(self, "pages", pages_to_post(self.municipality))

    def clean_at(self) -> datetime | None:
        at: datetime | None = self.cleaned_data["at"]
        if at is not None and at < timezone.now():
            raise forms.ValidationError(PAST)
        return at


def words_of(material: Material) -> dict[str, Any]:
    """What the form of a material begins with."""
    return {
        **{name: getattr(material, name) for name in WORDS},
        "rubric": material.rubric.key if material.rubric else "",
        "audience": material.audience.key if material.audience else "",
        "picture": material.picture_id,
    }


class PictureForm(DeedForm):
    """A picture for the library: without its words it is not taken."""

    file = forms.FileField(label="Снимок", help_text="JPG, PNG или WEBP; скрытые данные снимка стираем")
    alt = forms.CharField(
        label="Что на снимке",
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="как сказали бы по телефону: «рабочие кладут асфальт у школы»",
    )
    source = forms.CharField(
        label="Чей снимок", max_length=200, help_text="свой, с разрешения автора, из открытого банка"
    )
    title = forms.CharField(label="Название", max_length=160, required=False)
    rubric = forms.ChoiceField(label="Рубрика", required=False)

    def prepare(self) -> None:
        rubrics = list(rubrics_of(self.municipality).values_list("key", "title")) or list(RUBRICS.items())
        offer_words(self, "rubric", [("", "любая"), *rubrics])


class ReachForm(DeedForm):
    """What a person saw under the post; an empty field is not known."""

    views = forms.IntegerField(label=REACH["views"], required=False, min_value=0)
    likes = forms.IntegerField(label=REACH["likes"], required=False, min_value=0)
    comments = forms.IntegerField(label=REACH["comments"], required=False, min_value=0)
    reposts = forms.IntegerField(label=REACH["reposts"], required=False, min_value=0)
