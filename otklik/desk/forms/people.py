"""Forms of the composition: a person, a role, an absence, a specialist."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils import timezone

from otklik.accounts.bodies import KINDS
from otklik.accounts.models import Body, Post, Role, User
from otklik.desk.forms.deeds import DeedForm
from otklik.desk.forms.offering import offer_rows, offer_words
from otklik.topics.models import Block


def _day(label: str) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class TownForm(DeedForm):
    """Fills choices of people, roles, bodies and blocks by the names of the fields."""

    def prepare(self) -> None:
        people = User.objects.filter(is_active=True, holdings__municipality=self.municipality).distinct()
        sources: dict[str, Any] = {
            "user": people,
            "substitute": people,
            "role": Role.objects.filter(municipality=self.municipality),
            "body": self.own_bodies(),
            "parent": self.own_bodies(),
            "post": Post.objects.filter(municipality=self.municipality, body__is_open=True).select_related(
                "body"
            ),
        }
        for name, rows in sources.items():
            if name in self.fields:
                offer_rows(self, name, rows)
        if "block" in self.fields:
            blocks = Block.objects.filter(municipality=self.municipality).values_list("key", "title")
            offer_words(self, "block", [("", "не сужать"), *blocks])


class PostField(forms.ModelChoiceField[Post]):
    """Posts of the town, each with its body."""

    def __init__(self) -> None:
        super().__init__(Post.objects.none(), label="Должность", required=False, empty_label="не указана")

    def label_from_instance(self, obj: Post) -> str:
        return f"{obj.title}, {obj.body.short_name}"


class FirstPasswordForm(DeedForm):
    """A first password for a person who has returned or cannot sign in."""

    password = forms.CharField(
        label="Первый пароль", widget=forms.PasswordInput, help_text="сотрудник сменит его при первом входе"
    )

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password


class PersonForm(TownForm, FirstPasswordForm):
    """A new account with its first role."""

    field_order = ("username", "name", "email", "password")
    username = forms.CharField(label="Имя для входа", max_length=150)
    name = forms.CharField(label="Фамилия и инициалы", max_length=150)
    email = forms.EmailField(label="Рабочая почта", required=False)
    role = forms.ModelChoiceField(Role.objects.none(), label="Роль", empty_label="выберите роль")
    post = PostField()
    body = forms.ModelChoiceField(Body.objects.none(), label="Орган", required=False, empty_label="не указан")


class AppointmentForm(TownForm):
    """A role for somebody who has an account."""

    user = forms.ModelChoiceField(User.objects.none(), label="Кому", empty_label="выберите сотрудника")
    role = forms.ModelChoiceField(Role.objects.none(), label="Роль", empty_label="выберите роль")
    post = PostField()
    body = forms.ModelChoiceField(Body.objects.none(), label="Орган", required=False, empty_label="не сужать")
    block = forms.ChoiceField(label="Блок", required=False)
    since = _day("С какого дня")
    is_acting = forms.BooleanField(label="временно исполняет (врио)", required=False)
    ground = forms.CharField(label="Основание", required=False, max_length=300)

    def prepare(self) -> None:
        super().prepare()
        self.fields["since"].initial = timezone.localdate()


class AbsenceForm(TownForm):
    """Who is away, who acts in the place, which days."""

    user = forms.ModelChoiceField(User.objects.none(), label="Кого нет", empty_label="выберите сотрудника")
    substitute = forms.ModelChoiceField(
        User.objects.none(), label="Кто замещает", empty_label="выберите сотрудника"
    )
    since = _day("С")
    until = _day("По")
    reason = forms.CharField(label="Причина", required=False, max_length=200)


class SpecialistForm(TownForm):
    """A specialist of a block."""

    user = forms.ModelChoiceField(User.objects.none(), label="Сотрудник", empty_label="выберите сотрудника")
    block = forms.ChoiceField(label="Блок")


class CloseForm(DeedForm):
    """The last day and why the person leaves."""

    on = _day("Последний рабочий день")
    reason = forms.CharField(
        label="Причина", max_length=200, help_text="увольнение, перевод; останется в журнале"
    )


class BodyForm(TownForm):
    """A body the charter does not name."""

    name = forms.CharField(label="Полное название", max_length=300)
    short_name = forms.CharField(label="Короткое название", max_length=120)
    kind = forms.ChoiceField(label="Вид", choices=list(KINDS.items()))
    parent = forms.ModelChoiceField(
        Body.objects.none(), label="Входит в", required=False, empty_label="ни во что"
    )
    is_external = forms.BooleanField(label="внешний: ему перенаправляют обращения", required=False)
    email = forms.EmailField(label="Почта", required=False, help_text="сюда уйдёт перенаправленное обращение")


class BodyNamesForm(DeedForm):
    """Another name and address of mail of a body."""

    name = forms.CharField(label="Полное название", max_length=300)
    short_name = forms.CharField(label="Короткое название", max_length=120)
    email = forms.EmailField(label="Почта", required=False)


class ReasonForm(DeedForm):
    """Why a body is closed."""

    reason = forms.CharField(
        label="Причина", max_length=200, help_text="ликвидация, слияние; останется в журнале"
    )


class PostForm(TownForm):
    """A post of an own body."""

    title = forms.CharField(label="Должность", max_length=300)
    body = forms.ModelChoiceField(Body.objects.none(), label="Орган", empty_label="выберите орган")


@dataclass(frozen=True)
class Addition:
    """What is added on the screen of the composition: the words of its form, and who may fill it in."""

    title: str
    form: type[TownForm]
    permissions: tuple[str, ...] = ("accounts.manage",)
    about: str = ""


ADDITIONS = {
    "absence": Addition("Назначить замещающего", AbsenceForm, ("accounts.manage", "accounts.substitute")),
    "specialist": Addition(
        "Назвать специалиста блока", SpecialistForm, ("accounts.manage", "accounts.name_specialists")
    ),
    "role": Addition("Дать роль", AppointmentForm),
    "person": Addition("Завести сотрудника", PersonForm),
    "body": Addition(
        "Добавить орган",
        BodyForm,
        about="Учреждение, которого нет в Положении, или внешний орган, которому перенаправляют обращения.",
    ),
    "post": Addition("Добавить должность", PostForm),
}
"""In the order of the screen. A key is the prefix of its fields too."""
