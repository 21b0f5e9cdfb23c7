"""Shapes of the API: what a system sends and what it gets back. Field texts are shown on the API's own page."""

from datetime import datetime
from typing import Annotated

from ninja import Field, Schema
from pydantic import StringConstraints

Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)]
MOST_TEXT = 20_000
MOST_MESSAGES = 500


class MessageIn(Schema):
    """One message of a citizen. Only the text is required."""

    text: str = Field(
        min_length=1, max_length=MOST_TEXT, description="Текст сообщения, как написал заявитель"
    )
    outer_id: Line = Field("", description="Номер в вашей системе; без него нужен заголовок Idempotency-Key")
    subject: Line = Field("", description="Тема, если её указал заявитель")
    received_at: datetime | None = Field(None, description="Когда сообщение пришло в вашу систему, ISO 8601")
    author: Line = Field("", description="Имя заявителя или название организации")
    phone: Line = ""
    email: Line = ""
    address: Line = Field("", description="Почтовый адрес для ответа")
    settlement: Line = ""
    street: Line = ""
    house: Line = ""
    lat: float | None = Field(None, ge=-90, le=90)
    lon: float | None = Field(None, ge=-180, le=180)
    link: Line = Field("", description="Ссылка на сообщение в вашей системе")
    is_identified: bool = Field(False, description="Личность подтверждена (ЕСИА)")
    wants_appeal: bool | None = Field(
        None, description="Заявитель выбрал порядок 59-ФЗ; пусто, если не спрашивали"
    )


class Accepted(Schema):
    """The message is kept; the number of its case appears in its state within seconds."""

    id: int
    outer_id: str
    status: str
    number: str | None = None


class Batch(Schema):
    """What became of a batch, message by message in the order sent."""

    accepted: int
    repeated: int
    messages: list[Accepted]


class State(Schema):
    """How far the message has gone. The answer is the signed one; there is no personal data here."""

    outer_id: str
    status: str
    number: str | None
    state: str
    registered_at: datetime | None
    due: datetime | None
    answered_at: datetime | None
    answer: str | None


class Problem(Schema):
    """One sentence: what is wrong and what to do."""

    error: str
