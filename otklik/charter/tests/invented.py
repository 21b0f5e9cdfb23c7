"""A sixth, invented municipality as files: what a newcomer writes, and a base for spoiling in tests."""

from pathlib import Path

CHARTER = """\
[identity]
name = "Зареченский муниципальный округ"
short_name = "Заречье"
region = "Приозёрная область"
level = "municipal_okrug"
time_zone = "Asia/Omsk"
centre_title = "Центр управления Зареченского округа"
leader = "okrug_head"
regional_centre = "Центр управления регионом"

[acts.creation]
kind = "постановление"
title = "О создании центра"
number = "7"
date = 2026-02-03
approves = ["centre", "charter", "composition"]

[versions]
charter = "creation"
composition = "creation"

[form]
kinds = ["working_group"]

[planning]
levels = ["municipality"]

[bodies.administration]
name = "Администрация округа"
short_name = "Администрация"
kind = "administration"

[posts.okrug_head]
title = "Глава округа"
body = "administration"

[posts.secretary]
title = "секретарь"
body = "administration"

[roles.head]
title = "Начальник центра"
holders = [{ post = "secretary", acting = true }]

[applicants]
categories = ["citizen"]

[regime]
definition = "none"
message_forms = ["electronic"]
rules = [{ channels = ["paper"], gives = "appeal", ground = "письмо идёт по 59-ФЗ" }]

[channels.paper]
kind = "paper"
title = "Письмо"
direction = "both"
level = "municipal"
form = "written"

[channels.pigeons]
kind = "other"
title = "Голубиная почта"
direction = "in"
level = "open"

[topics]
shape = "none"

[blocks.everything]
title = "Все темы"
catch_all = true

[rating]
on = false

[fast_track]
on = false

[reports.letter]
title = "Письмо главе"
addressee = "Глава округа"
cadence = "weekly"

[meetings]
mode = "off"

[risks]
mode = "off"

[polls]
forms = []
placed_in = "none"

[goal]
kind = "not_stated"

[problems]
sources = ["cases"]

[[answers]]
approves = ["head"]
four_eyes = true
signature = "mark"
ground = "решил округ"

[[escalation]]
days = 1
to = "head"
words = "срок прошёл"

[parameters."pos.days_fast"]
title = "Ускоренный ответ, дней"
value = 5
source = "решение округа"
mark = "found"
"""

CLAUSES = """\
id,title,capability,cadence,evidence
ZAR-1,Центр создан,RBAC,,charter.acts
ZAR-2,Письмо главе каждую неделю,REPORT,еженедельно,reports.note
"""


def write_preset(root: Path, charter: str = CHARTER, clauses: str = CLAUSES, key: str = "zarechye") -> Path:
    """Put the two files into `root/key` and give the folder."""
    folder = root / key
    folder.mkdir(exist_ok=True)
    (folder / "charter.toml").write_text(charter, encoding="utf-8")
    (folder / "clauses.csv").write_text(clauses, encoding="utf-8")
    return folder
