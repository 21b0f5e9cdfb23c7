"""What the town's own data tells; read through the models, so Django must be ready before this is imported."""

from collections.abc import Iterator

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from otklik.accounts.selectors import people_with
from otklik.channels.models import Channel
from otklik.channels.states import state_of, way_out_of
from otklik.common.models import Municipality
from otklik.common.scope import within_all
from otklik.config.doctor.finding import Finding, bad, ok, warn
from otklik.deadlines.plans import alarm_for
from otklik.deadlines.selectors import year_plans


def examine() -> Iterator[Finding]:
    """Municipalities, next year's calendar, and what production needs of the settings."""
    try:
        yield _municipalities()
        yield _keepers()
        yield _calendar()
        yield from _channels()
    except DatabaseError:
        return  # the set-up finding has already said that tables are missing
    yield from _settings()


def _municipalities() -> Finding:
    names = list(Municipality.objects.values_list("short_name", flat=True))
    if not names:
        return bad("муниципалитеты", "нет ни одного", "выполните otklik setup")
    return ok("муниципалитеты", ", ".join(names))


def _keepers() -> Finding:
    """A system nobody can sign in to is of no use, and only a command makes the first account."""
    with within_all():
        towns = [one for one in Municipality.objects.all() if people_with("accounts.manage", one).exists()]
    if not towns:
        return warn(
            "кто ведёт состав",
            "никто: войти и завести сотрудников некому",
            "выполните otklik person --municipality КЛЮЧ --login ИМЯ",
        )
    return ok("кто ведёт состав", f"есть: {', '.join(one.short_name for one in towns)}")


def _calendar() -> Finding:
    alarm = alarm_for(year_plans(), timezone.localdate())
    if alarm:
        return warn("производственный календарь", "следующий год не готов", alarm)
    return ok("производственный календарь", "следующий год подтверждён")


def _channels() -> Iterator[Finding]:
    """Only what asks for a person is told one by one."""
    now, well = timezone.now(), 0
    with within_all():
        on = Channel.objects.filter(feed__is_on=True).select_related("municipality", "feed__municipality")
        for channel in on.order_by("municipality", "position"):
            states = [state_of(channel, now), way_out_of(channel, now)]
            wrong = [state for state in states if state and state.health in ("bad", "waiting")]
            well += not wrong
            for state in wrong:
                what = f"канал «{channel.title}», {channel.municipality.short_name}"
                yield (bad if state.health == "bad" else warn)(what, state.words, state.mend)
    if well:
        yield ok("каналы", f"в порядке {well}")


def _settings() -> Iterator[Finding]:
    if settings.DEBUG:
        yield bad("режим", "отладочный", "уберите DEBUG: он показывает устройство системы посторонним")
    else:
        yield ok("режим", "рабочий")
    public = settings.PUBLIC_URL
    if public.startswith("https://") or "127.0.0.1" in public or "localhost" in public:
        yield ok("адрес", public)
    else:
        yield bad(
            "адрес", f"{public} без шифрования", "поставьте перед Откликом nginx с TLS и назначьте PUBLIC_URL"
        )
