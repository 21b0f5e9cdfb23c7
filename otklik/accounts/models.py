"""People and rights: bodies, posts, accounts, roles held many-to-many with dates, absence, notices.

Filled from the charter by `accounts.services.load_people`; read through `accounts.selectors`.
"""

from datetime import date
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models import F, Q

from otklik.common.models import Owned


class UserManager(BaseUserManager["User"]):
    """Creates accounts; the desk's screens call services, the command line calls this."""

    def create_user(self, username: str, password: str | None = None, **fields: object) -> "User":
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str | None = None, **fields: object) -> "User":
        return self.create_user(username, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser):
    """A person's account. What the person may do comes from the roles held, never from the account."""

    username = models.CharField("имя для входа", max_length=150, unique=True)
    name = models.CharField("фамилия и инициалы", max_length=150, blank=True)
    email = models.EmailField("почта", blank=True)
    is_active = models.BooleanField("работает", default=True)
    is_staff = models.BooleanField("справочники", default=False)
    is_superuser = models.BooleanField("полный доступ к справочникам", default=False)
    closed_on = models.DateField("закрыт с", null=True, blank=True)
    close_reason = models.CharField("почему закрыт", max_length=300, blank=True)
    erased_at = models.DateTimeField("обезличен", null=True, blank=True)
    must_change_password = models.BooleanField("сменить пароль", default=False)
    settings = models.JSONField("настройки", default=dict, blank=True)
    date_joined = models.DateTimeField("заведён", auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = "учётная запись"
        verbose_name_plural = "учётные записи"

    def __str__(self) -> str:
        return self.username

    def get_full_name(self) -> str:
        return self.name or self.username

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """The admin's dictionaries are for superusers; everything else asks `accounts.selectors.may`."""
        return self.is_active and self.is_superuser

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_active and self.is_superuser


OWN_KEY = "added-"
"""How keys of rows added by hand begin: unlike any of a charter, so a later version never takes them for its own."""


class Body(Owned):
    """Орган, подразделение, учреждение; external ones receive forwarded appeals but have no accounts."""

    key = models.SlugField("ключ", max_length=60)
    name = models.CharField("название", max_length=300)
    short_name = models.CharField("короткое название", max_length=120)
    kind = models.CharField("вид", max_length=40)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    is_external = models.BooleanField("внешний", default=False)
    email = models.EmailField("почта", blank=True)
    is_open = models.BooleanField("действует", default=True)

    class Meta:
        verbose_name = "орган"
        verbose_name_plural = "органы"
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["municipality", "key"], name="body_key")]

    def __str__(self) -> str:
        return self.short_name

    @property
    def is_added(self) -> bool:
        """Added by hand: a person renames and closes it, those of the charter change with the charter."""
        return self.key.startswith(OWN_KEY)


class Post(Owned):
    """A position in a body; the product speaks of posts, not of persons."""

    key = models.SlugField("ключ", max_length=80)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="posts")
    title = models.CharField("должность", max_length=300)

    class Meta:
        verbose_name = "должность"
        constraints = [models.UniqueConstraint(fields=["municipality", "key"], name="post_key")]

    def __str__(self) -> str:
        return self.title


class Role(Owned):
    """A role of the charter with its local title and the permissions it gives."""

    key = models.SlugField("ключ", max_length=60)
    title = models.CharField("название", max_length=200)
    permissions = ArrayField(models.CharField(max_length=60), verbose_name="права", default=list)
    requires_totp = models.BooleanField("вход по коду", default=False)
    position = models.PositiveSmallIntegerField("порядок", default=0)

    class Meta:
        verbose_name = "роль"
        ordering = ["position", "title"]
        constraints = [models.UniqueConstraint(fields=["municipality", "key"], name="role_key")]

    def __str__(self) -> str:
        return self.title


class Holding(Owned):
    """Who holds a role, from when, for which body or block; ended, never deleted."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="holdings")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="holdings")
    post = models.ForeignKey(Post, null=True, blank=True, on_delete=models.PROTECT, related_name="holdings")
    body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT, related_name="holdings")
    block_key = models.CharField("блок", max_length=60, blank=True)
    since = models.DateField("с")
    until = models.DateField("по", null=True, blank=True)
    is_acting = models.BooleanField("временно исполняет", default=False)
    ground = models.CharField("основание", max_length=300, blank=True)

    class Meta:
        verbose_name = "назначение"
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="holding_dates"
            )
        ]
        indexes = [models.Index(fields=["user", "municipality"], name="holding_user")]

    @staticmethod
    def municipality_ids(user_id: int, on: date) -> list[int]:
        """Where the person holds or substitutes a role on the day; asked before any scope is set."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT otklik_municipalities_of(%s, %s)", [user_id, on])
            return [int(row[0]) for row in cursor.fetchall()]


class Absence(Owned):
    """A person is away; the substitute acts with the person's roles for these days."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="absences")
    substitute = models.ForeignKey(User, on_delete=models.PROTECT, related_name="substitutions")
    since = models.DateField("с")
    until = models.DateField("по")
    reason = models.CharField("причина", max_length=200, blank=True)

    class Meta:
        verbose_name = "отсутствие"
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="absence_dates"),
            models.CheckConstraint(condition=~Q(user=F("substitute")), name="absence_somebody_else"),
        ]


class Notice(Owned):
    """A line for a person or for everyone of a body with a permission; never carries personal data."""

    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.CASCADE, related_name="notices")
    body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.CASCADE, related_name="notices")
    permission = models.CharField("право", max_length=60, blank=True)
    text = models.CharField("текст", max_length=300)
    link = models.CharField("ссылка", max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "уведомление"
        indexes = [
            models.Index(fields=["municipality", "body", "-created_at"], name="notice_body"),
            models.Index(fields=["user", "-created_at"], name="notice_user"),
        ]
