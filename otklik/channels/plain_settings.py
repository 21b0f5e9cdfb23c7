"""Settings of a channel that a person fills in, by its kind: names, Russian titles, the shape of each. Pure data.

What an adapter reads and the screen does not name goes into «прочие настройки» as JSON. A new kind is one line here.
"""

from dataclasses import dataclass
from typing import Literal

Shape = Literal[
    "text", "number", "address", "yes_no", "lines", "pages", "words", "open_pages", "choice", "long"
]


@dataclass(frozen=True)
class Setting:
    """One setting: its key in `Channel.settings`, what a person reads, its shape. `choices` for a choice."""

    key: str
    title: str
    shape: Shape = "text"
    help: str = ""
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Secret:
    """A secret kept under seal: shown to nobody. `each_page`: may be given for one page by «имя-НОМЕР»."""

    name: str
    title: str
    each_page: bool = False


BASE = Setting("base_url", "Адрес системы", "address", "пусто — обычный адрес сети")
EVERY = Setting("every_seconds", "Читать каждые, секунд", "number", "пусто — как принято для этого вида")
COMMENT = Setting("comment_limit", "Самый длинный комментарий, знаков", "number")
MESSAGE = Setting("message_limit", "Самое длинное сообщение, знаков", "number")
PAGES = Setting("pages", "Официальные страницы", "pages", "по одной в строке: номер сообщества и название")
CHATS = Setting("chats", "Группы обсуждений", "lines", "номера чатов, куда бота пригласили; пусто — любые")
KEY_WORDS = Setting(
    "key_words", "Ключевые слова", "words", "о проблемах и местах, по одному в строке; имена людей нельзя"
)
OPEN_WORDS = Setting(
    "words", "Ключевые слова для открытых страниц", "words", "о проблемах и местах; имена людей нельзя"
)
INNER = (
    Setting(
        "inner_chat",
        "Чат коллег для алертов",
        help="номер чата или почтовый адрес; сказанное там не становится карточками",
    ),
    Setting("colleagues", "Кто есть кто в чате коллег", "lines", "в строке: номер или адрес и должность"),
)
TLS = (("tls", "сразу (993)"), ("starttls", "после начала (143)"), ("none", "без защиты, только этот сервер"))
SMTP_TLS = (
    ("tls", "сразу (465)"),
    ("starttls", "после начала (587)"),
    ("none", "без защиты, только этот сервер"),
)
DEPOTS = (("folder", "папка"), ("sftp", "SFTP"), ("webdav", "WebDAV"), ("mail", "вложения писем"))

BOT = (
    Setting("bot_name", "Как бот себя называет", help="пусто — название канала"),
    Setting("username", "Имя бота в сети"),
    Setting("rules", "Правила", help="одним абзацем: появятся в приветствии бота"),
    CHATS,
    KEY_WORDS,
    Setting("poll_seconds", "Сколько секунд сеть держит запрос", "number", "пусто — 10; 0 — не держит"),
    BASE,
    EVERY,
    COMMENT,
    MESSAGE,
    *INNER,
)
TABLES = (
    Setting("depot", "Откуда брать выгрузки", "choice", choices=DEPOTS),
    Setting("folder", "Папка или каталог"),
    Setting("names", "Имена файлов", help="через пробел, со звёздочкой: *.xlsx *.csv"),
    Setting("host", "Сервер"),
    Setting("port", "Порт", "number"),
    Setting("user", "Имя для входа"),
    Setting("host_key", "Ключ сервера SFTP", help="строка «ssh-ed25519 AAAA…» от владельца сервера"),
    Setting("senders", "Чьи письма брать", help="адреса через пробел; только для вложений писем"),
    Setting("base_url", "Адрес WebDAV", "address"),
    EVERY,
)

TABLES_OUT = (
    Setting("depot", "Куда отдавать таблицы", "choice", choices=DEPOTS),
    *TABLES[1:2],
    *TABLES[3:7],
    Setting("base_url", "Адрес WebDAV", "address"),
    Setting("recipient", "Кому слать письмом"),
    Setting("tables", "Какие таблицы", "long", "TOML: таблицы, периоды, столбцы; пусто — принятые"),
    EVERY,
)

SETTINGS: dict[str, tuple[Setting, ...]] = {
    "vk": (
        PAGES,
        Setting(
            "open_pages",
            "Открытые страницы",
            "open_pages",
            "короткие имена или номера сообществ, по одному в строке",
        ),
        OPEN_WORDS,
        COMMENT,
        MESSAGE,
        BASE,
        EVERY,
    ),
    "ok": (
        Setting("groups", "Официальные группы", "pages", "по одной в строке: номер группы и название"),
        Setting("open_pages", "Открытые группы", "open_pages", "номера или адреса групп, по одному в строке"),
        OPEN_WORDS,
        Setting("application_key", "Открытый ключ приложения"),
        COMMENT,
        MESSAGE,
        BASE,
        EVERY,
    ),
    "telegram": BOT,
    "max": BOT,
    "email": (
        Setting("host", "Сервер IMAP"),
        Setting("port", "Порт", "number"),
        Setting("tls", "Защита соединения", "choice", choices=TLS),
        Setting("user", "Имя ящика"),
        Setting("folder", "Папка", help="пусто — входящие"),
        Setting("address", "Адрес, с которого отвечаем"),
        Setting("smtp_host", "Сервер SMTP", help="пусто — письма шлёт сервер установки"),
        Setting("smtp_port", "Порт отправки", "number"),
        Setting("smtp_tls", "Защита отправки", "choice", choices=SMTP_TLS),
        Setting("days_back", "За сколько дней взять письма при включении", "number", "пусто — за 3 дня"),
        Setting("most_an_hour", "Больше писем в час с одного адреса — петля", "number", "пусто — 12"),
        EVERY,
        *INNER,
    ),
    "edms": (
        Setting("folder_in", "Папка входящих контейнеров"),
        Setting("folder_out", "Папка исходящих контейнеров"),
        Setting("organization", "Название организации в МЭДО"),
        Setting("organization_uid", "Код организации в МЭДО"),
        EVERY,
    ),
    "api": (Setting("open311", "Открыть Open311 для приложений", "yes_no"),),
    "pos": TABLES,
    "incident": TABLES,
    "file": TABLES,
    "heat_map": TABLES_OUT,
    "ecpur": (
        Setting("mapping", "Разметка системы", "long", "TOML: адрес, поля, ответы"),
        Setting("mapping_file", "Файл разметки", help="вместо неё; лежит в месте обмена"),
        EVERY,
    ),
}
SECRETS: dict[str, tuple[Secret, ...]] = {
    "vk": (
        Secret("token", "Ключ доступа сообщества", True),
        Secret("service_token", "Сервисный ключ приложения"),
        Secret("editor_token", "Ключ администратора страницы, для снимков в записях", True),
        Secret("secret", "Секрет Callback API", True),
        Secret("confirmation", "Строка подтверждения Callback API", True),
    ),
    "ok": (
        Secret("access_token", "Вечный ключ доступа"),
        Secret("session_secret_key", "Секретный ключ сессии"),
        Secret("application_secret_key", "Секретный ключ приложения"),
        Secret("group_token", "Ключ бота группы", True),
        Secret("secret", "Секрет вызовов", True),
    ),
    "telegram": (Secret("token", "Ключ бота"), Secret("secret", "Секрет вызовов")),
    "max": (Secret("token", "Ключ бота"), Secret("secret", "Секрет вызовов")),
    "email": (Secret("password", "Пароль ящика"),),
    "phone": (Secret("hmac", "Секрет подписи вызовов"),),
    "pos": (Secret("password", "Пароль"), Secret("key", "Закрытый ключ SFTP")),
    "incident": (Secret("password", "Пароль"), Secret("key", "Закрытый ключ SFTP")),
    "file": (Secret("password", "Пароль"), Secret("key", "Закрытый ключ SFTP")),
    "heat_map": (Secret("password", "Пароль"), Secret("key", "Закрытый ключ SFTP")),
    "ecpur": (Secret("token", "Ключ системы"),),
}
OFFICIAL = ("pages", "groups")
"""Settings whose titles are official pages: a list of words may name them."""


def settings_of(kind: str) -> tuple[Setting, ...]:
    """What a person fills in for this kind; empty where there is nothing of its own."""
    return SETTINGS.get(kind, ())


def secrets_of(kind: str) -> tuple[Secret, ...]:
    """Secrets this kind asks for."""
    return SECRETS.get(kind, ())
