"""The region's two digits of ОКТМО by its name, for a municipality whose own code is not known yet. Pure."""

import re

NOWHERE = "00"
"""The folder of a region whose name says nothing."""

CODES = dict(
    line.rsplit(" ", 1)
    for line in """алтайск 01
краснодарск 03
красноярск 04
приморск 05
ставропольск 07
хабаровск 08
амурск 10
архангельск 11
ямало 71
ханты 71
ненецк 11
астраханск 12
белгородск 14
брянск 15
владимирск 17
волгоградск 18
вологодск 19
воронежск 20
нижегородск 22
ивановск 24
иркутск 25
ингушетия 26
калининградск 27
тверск 28
калужск 29
камчатск 30
кемеровск 32
кировск 33
костромск 34
крым 35
самарск 36
курганск 37
курск 38
санкт 40
ленинградск 41
липецк 42
магаданск 44
москва 45
московск 46
мурманск 47
новгородск 49
новосибирск 50
омск 52
оренбургск 53
орловск 54
пензенск 56
пермск 57
псковск 58
ростовск 60
рязанск 61
саратовск 63
сахалинск 64
свердловск 65
смоленск 66
севастополь 67
тамбовск 68
томск 69
тульск 70
тюменск 71
ульяновск 73
челябинск 75
забайкальск 76
чукотск 77
ярославск 78
адыгея 79
башкортостан 80
бурятия 81
дагестан 82
кабардино 83
алтай 84
калмыкия 85
карелия 86
коми 87
марий 88
мордовия 89
осетия 90
карачаево 91
татарстан 92
тыва 93
удмуртск 94
хакасия 95
чеченск 96
чувашск 97
саха 98
еврейск 99""".splitlines()
)
"""Beginnings of the words that tell regions apart; where one begins another, the longer stands first."""


def region_of(oktmo: str, name: str) -> str:
    """The first two digits of the code, else those of the region of this name, else NOWHERE."""
    if oktmo:
        return oktmo[:2]
    words = re.findall(r"[а-яё]+", name.lower())
    found = (code for stem, code in CODES.items() if any(word.startswith(stem) for word in words))
    return next(found, NOWHERE)
