"""The form of an answer's template."""

from django import forms

from otklik.cases.models import AnswerTemplate
from otklik.cases.services.templates import TemplateWords
from otklik.cases.states import ANSWER_KINDS
from otklik.desk.forms.deeds import DeedForm
from otklik.desk.forms.offering import offer_words
from otklik.topics.groups import GROUP_TITLES
from otklik.topics.models import Topic

ANY = ("", "любая тема")


class TemplateForm(DeedForm):
    """Title, where it is offered first, kind of answer, text with places in braces."""

    title = forms.CharField(label="Название", max_length=120)
    about = forms.ChoiceField(label="Для какой темы", required=False, help_text="этой теме предложим первым")
    kind = forms.ChoiceField(label="Вид ответа", choices=ANSWER_KINDS, initial="explained")
    text = forms.CharField(
        label="Текст",
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="места — в фигурных скобках: {номер}, {принято}, {тема}, {место} заполнит карточка, "
        "остальные — тот, кто отвечает",
    )

    def prepare(self) -> None:
        topics = Topic.objects.filter(is_open=True).order_by("title").values_list("pk", "title")
        choices = [
            ANY,
            *((f"group:{key}", f"все темы: {title}") for key, title in GROUP_TITLES.items()),
            *((f"topic:{pk}", title) for pk, title in topics),
        ]
        offer_words(self, "about", choices)

    @staticmethod
    def values_of(template: AnswerTemplate) -> dict[str, str]:
        """What stands in the form when an old one is changed."""
        about = f"group:{template.group}" if template.group else ""
        if template.topic_id:
            about = f"topic:{template.topic_id}"
        return {"title": template.title, "about": about, "kind": template.kind, "text": template.text}

    def words(self) -> TemplateWords:
        """The form as the service takes it."""
        data = self.cleaned_data
        what, _, key = data["about"].partition(":")
        return TemplateWords(
            title=data["title"],
            text=data["text"],
            kind=data["kind"],
            topic=Topic.objects.get(pk=key) if what == "topic" else None,
            group=key if what == "group" else "",
        )
