"""Words of the outward half: networks, owners, kinds of publications, media, ways of contact."""

NETWORKS = {
    "vk": "ВКонтакте",
    "ok": "Одноклассники",
    "telegram": "Телеграм",
    "max": "MAX",
    "site": "сайт",
}
OBLIGED = ("vk", "ok")
"""Networks where the law has bodies and institutions keep pages (8-ФЗ; распоряжение 2523-р of 02.09.2022)."""
OWNERS = {"administration": "администрация", "body": "орган или подразделение", "institution": "учреждение"}

PUBLICATIONS = {
    "regional_media": "региональное СМИ",
    "federal_media": "федеральное СМИ",
    "local_media": "местное СМИ",
    "official_page": "официальная страница",
    "site": "официальный сайт",
    "bulletin": "информационный бюллетень",
}

OUTLETS = {
    "federal_media": "федеральное СМИ",
    "regional_media": "региональное СМИ",
    "local_media": "местное СМИ",
    "electronic": "электронное медиа",
    "opinion_leader": "лидер общественного мнения",
}
WAYS = {
    "call": "звонок",
    "letter": "письмо",
    "meeting": "встреча",
    "event": "мероприятие",
    "message": "сообщение",
}
SIDES = {"ours": "обратились мы", "theirs": "обратились к нам"}
RELEASES = {
    "draft": "черновик",
    "approval": "на согласовании",
    "approved": "согласован",
    "sent": "разослан",
    "withdrawn": "отозван",
}
