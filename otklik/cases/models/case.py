"""The case and its applicant; what belongs to a case besides stands in `parts`."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Func, Q, Value

from otklik.accounts.models import Body
from otklik.cases.states import KINDS, STATES, TEXT_KINDS, URGENCIES
from otklik.channels.models import Channel, RawMessage
from otklik.common.models import Municipality, Owned
from otklik.places.models import Settlement
from otklik.places.words import with_kind
from otklik.routing.models import Rule
from otklik.topics.models import Topic


class CaseCounter(Owned):
    """The last number given in a year; one row per municipality and year."""

    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality", "year"], name="case_counter")]


class Applicant(Owned):
    """Who wrote: a citizen, an organisation, or an author of an open source known only by a link."""

    kind = models.CharField("вид", max_length=12, default="citizen")
    category = models.CharField("категория", max_length=60, blank=True)
    name = models.CharField("имя или название", max_length=300, blank=True)
    phone = models.CharField("телефон", max_length=40, blank=True)
    email = models.EmailField("почта", blank=True)
    address = models.CharField("почтовый адрес", max_length=300, blank=True)
    outer_author = models.CharField("автор в источнике", max_length=300, blank=True)
    is_identified = models.BooleanField("личность подтверждена", default=False)
    fingerprint = models.CharField("отпечаток", max_length=64, blank=True)

    class Meta:
        verbose_name = "заявитель"
        indexes = [models.Index(fields=["municipality", "fingerprint"], name="applicant_fingerprint")]


class Case(Owned):
    """One problem in work. Columns of state repeat the newest added rows so that a list costs one query.

    Links without an index of their own are looked up by the indexes below, which lead with the municipality.
    """

    # An index by municipality alone would be mixed into every plan: each other one leads with it already.
    municipality = models.ForeignKey(
        Municipality,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="муниципалитет",
        db_index=False,
    )
    number = models.CharField("номер", max_length=40)
    order_number = models.GeneratedField(
        expression=Func(
            Func(F("number"), Value(r"^.*\D"), Value(""), function="regexp_replace"),
            Value("0"),
            function="ltrim",
        ),
        output_field=models.TextField(),
        db_persist=True,
        verbose_name="порядковый номер",
    )
    kind = models.CharField("правовой режим", max_length=8, choices=KINDS)
    kind_reason = models.CharField("почему", max_length=300, blank=True)
    text_kind = models.CharField("вид текста", max_length=12, choices=TEXT_KINDS, default="statement")
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="cases", db_index=False)
    raw = models.OneToOneField(RawMessage, null=True, on_delete=models.PROTECT, related_name="case")
    applicant = models.ForeignKey(
        Applicant, null=True, on_delete=models.PROTECT, related_name="cases", db_index=False
    )
    outer_id = models.CharField("внешний номер", max_length=200, blank=True)
    outer_link = models.CharField("ссылка на источник", max_length=500, blank=True)
    outer_status = models.CharField("внешнее состояние", max_length=200, blank=True)
    outer_due_at = models.DateTimeField("срок во внешней системе", null=True)
    reach = models.JSONField(
        "охват", default=dict, blank=True, db_default=models.Value({}, models.JSONField())
    )
    gist = models.CharField("суть", max_length=300)
    masked_text = models.TextField("текст без личных данных")
    came_at = models.DateTimeField("пришло")
    registered_at = models.DateTimeField("зарегистрировано")

    state = models.CharField("состояние", max_length=12, choices=STATES, default="registered")
    needs_triage = models.BooleanField("ждёт разбора", default=False)
    triage_reason = models.CharField("почему в разборе", max_length=300, blank=True)
    urgency = models.CharField("срочность", max_length=6, choices=URGENCIES, default="normal")
    urgency_reason = models.CharField(max_length=200, blank=True)
    fast_track = models.BooleanField("ускоренно", default=False)
    solvable = models.BooleanField("решаемое", default=True)
    is_collective = models.BooleanField("коллективное", default=False)
    was_visited = models.BooleanField("рассмотрено с выездом на место", default=False, db_default=False)
    held_liable = models.PositiveSmallIntegerField(
        "привлечены к ответственности, лиц", default=0, db_default=0
    )
    is_repeat = models.BooleanField("повторное", default=False)

    topic = models.ForeignKey(
        Topic, null=True, on_delete=models.PROTECT, related_name="cases", db_index=False
    )
    topic_sureness = models.FloatField("уверенность в теме", default=0)
    topic_words = ArrayField(models.CharField(max_length=80), default=list)
    topic_options = models.JSONField("другие темы", default=list)
    topic_checked = models.BooleanField("тема проверена", default=False)
    block_key = models.CharField("блок", max_length=60, blank=True)

    settlement = models.ForeignKey(
        Settlement, null=True, on_delete=models.PROTECT, related_name="cases", db_index=False
    )
    street = models.CharField("улица", max_length=160, blank=True)
    street_kind = models.CharField("вид улицы", max_length=20, blank=True, default="", db_default="")
    house = models.CharField("дом", max_length=20, blank=True)
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    # Put by a person: a pin of the author or of an official, never what we took from the gazetteer.
    point_given = models.BooleanField("точку поставил человек", default=False, db_default=False)
    h3 = models.CharField("ячейка", max_length=16, blank=True)
    place_sureness = models.FloatField("уверенность в месте", default=0)
    place_words = ArrayField(models.CharField(max_length=80), default=list)
    place_checked = models.BooleanField("место проверено", default=False)

    body = models.ForeignKey(Body, null=True, on_delete=models.PROTECT, related_name="cases", db_index=False)
    executor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="cases"
    )
    rule = models.ForeignKey(Rule, null=True, on_delete=models.PROTECT, related_name="cases")
    body_reason = models.CharField("почему этот орган", max_length=300, blank=True)
    complained_of = models.ForeignKey(Body, null=True, on_delete=models.PROTECT, related_name="+")

    next_term_key = models.CharField("ближайший срок", max_length=60, blank=True)
    next_control_at = models.DateTimeField("контрольный срок", null=True)
    next_legal_at = models.DateTimeField("срок по закону", null=True)
    answered_at = models.DateTimeField("ответ отправлен", null=True)
    closed_at = models.DateTimeField("закрыто", null=True)
    result = models.CharField("итог", max_length=12, blank=True)
    score = models.PositiveSmallIntegerField("оценка", null=True)
    joined_to = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="joined")
    follow_hash = models.CharField("отпечаток секрета", max_length=64, blank=True)
    text_key = models.CharField("отпечаток текста", max_length=40, blank=True)
    bands = ArrayField(models.IntegerField(), default=list)
    version = models.PositiveIntegerField("версия", default=1)
    changed_at = models.DateTimeField(auto_now=True)
    search = models.GeneratedField(
        expression=SearchVector(
            Func(
                F("masked_text"),
                Value("ёЁ"),
                Value("еЕ"),
                function="translate",
                output_field=models.TextField(),
            ),
            config="russian",
        ),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        verbose_name = "карточка"
        verbose_name_plural = "карточки"
        constraints = [
            models.UniqueConstraint(fields=["municipality", "number"], name="case_number"),
            models.CheckConstraint(
                condition=~Q(state__in=["assigned", "in_work"]) | Q(body__isnull=False),
                name="assigned_has_a_body",
            ),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(answered_at__isnull=False), name="sent_has_an_answer_time"
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(closed_at__isnull=False), name="closed_time"
            ),
            models.CheckConstraint(
                condition=~Q(state="joined") | Q(joined_to__isnull=False), name="joined_to_something"
            ),
            models.CheckConstraint(condition=~Q(joined_to=F("id")), name="not_joined_to_itself"),
        ]
        indexes = [
            models.Index(fields=["municipality", "-came_at", "-id"], name="case_newest"),
            models.Index(fields=["municipality", "state", "-came_at", "-id"], name="case_state"),
            models.Index(fields=["municipality", "topic", "-came_at", "-id"], name="case_topic"),
            models.Index(fields=["municipality", "body", "-came_at", "-id"], name="case_body"),
            models.Index(fields=["municipality", "settlement", "-came_at", "-id"], name="case_settlement"),
            models.Index(fields=["municipality", "channel", "-came_at", "-id"], name="case_channel"),
            models.Index(fields=["applicant", "-came_at"], name="case_applicant"),
            models.Index(fields=["municipality", "outer_id"], name="case_outer", condition=~Q(outer_id="")),
            models.Index(fields=["municipality", "text_key"], name="case_text_key"),
            models.Index(fields=["municipality", "order_number"], name="case_order_number"),
            models.Index(
                fields=["municipality", "next_control_at"],
                name="case_burning",
                condition=Q(next_control_at__isnull=False),
            ),
            models.Index(
                fields=["municipality", "body", "next_control_at"],
                name="case_burning_body",
                condition=Q(next_control_at__isnull=False),
            ),
            models.Index(
                fields=["municipality", "-came_at"], name="case_triage", condition=Q(needs_triage=True)
            ),
            models.Index(
                fields=["municipality", "-came_at", "-id"], name="case_repeat", condition=Q(is_repeat=True)
            ),
            models.Index(
                fields=["municipality", "came_at"],
                name="case_joined",
                condition=Q(joined_to__isnull=False),
                include=["joined_to"],
            ),
            # Houses of a near map are told by the index alone.
            models.Index(
                fields=["municipality", "h3", "came_at"],
                name="case_cell",
                condition=~Q(h3=""),
                include=["lat", "lon"],
            ),
            # Points that people put are gathered by settlement without reading the cases.
            models.Index(
                fields=["municipality", "settlement"],
                name="case_given_point",
                condition=Q(point_given=True),
                include=["lat", "lon"],
            ),
            GinIndex(fields=["municipality", "search"], name="case_search"),
            models.Index(
                fields=["municipality", "-answered_at"],
                name="case_answered",
                condition=Q(answered_at__isnull=False),
            ),
            models.Index(
                fields=["municipality", "-answered_at"],
                name="case_explained",
                condition=Q(solvable=True, result="explained"),
            ),
            # Without a list of pending rows: every look-up of a chunk's bands would read it through.
            GinIndex(fields=["bands"], name="case_bands", fastupdate=False),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def place_line(self) -> str:
        """«г. Боровичи, ул. Ленина, 15»; empty where no place is known."""
        street = with_kind(self.street_kind, self.street)
        return ", ".join(part for part in (str(self.settlement or ""), street, self.house) if part)
