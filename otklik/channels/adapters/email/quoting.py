"""What the person wrote in this letter: quoted letters and machine signatures cut away.

Pure; the forms are those of mail programs people here write from: Gmail, Яндекс, Mail.ru, Outlook, iPhone,
Thunderbird, The Bat. A letter that is nothing but a quote is a forwarded one and stays whole.
"""

import re

MONTH = r"(?:янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек)[а-я]*\.?"
TIME = r"\d{1,2}[:.]\d{2}(?::\d{2})?"
ENDING = r"(?:<[^>]*@[^>]*>|писал\w*(?:\(а\))?|пишет|:)\s*:?\s*$"
FLAGS = re.IGNORECASE

# A line (or two that the program broke) after which the letter answered begins.
HEADS = tuple(
    re.compile(pattern, FLAGS)
    for pattern in (
        r"^[\s>*_-]*-{2,}\s*(?:исходное|пересылаемое|оригинальное|переадресованное|пересланное) сообщение\b",
        r"^[\s>*_-]*-{2,}\s*(?:original|forwarded) message\b",
        r"^\s*(?:начало пересылаемого сообщения|begin forwarded message)\s*:",
        # «пн, 12 окт. 2026 г. в 10:15, Имя <a@b.ru>:», «12 окт. 2026 г., в 10:15, Имя написал(а):»
        rf"^.{{0,40}}\b\d{{1,2}} {MONTH} \d{{4}}\b.{{0,20}}\b{TIME}.{{0,160}}{ENDING}",
        # «12.10.2026, 10:15, "Имя" <a@b.ru>:», «12.10.2026 10:15, Имя пишет:»
        rf"^.{{0,30}}\b\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}},?\s+(?:в\s+)?{TIME}.{{0,160}}(?:@.{{0,80}}|писал\w*(?:\(а\))?|пишет)\s*:\s*$",
        r"^.{0,200}(?:\bна)?писал(?:\(а\)|а)?(?:\s+\(а\))?\s*:\s*$",
        r"^\s*(?:здравствуйте|приветствую|привет).{0,80}\bвы писали\b.{0,60}:?\s*$",
        r"^\s*вы писали\b.{0,60}:\s*$",
        rf"^\s*on\b.{{0,120}}{TIME}.{{0,160}}\bwrote\s*:\s*$",
        r"^\s*-{5,}\s*(?:кому|to)\s*:.*$",
    )
)
# A day and an hour alone announce a letter only where marked lines stand right below.
DATED = re.compile(rf"^.{{0,30}}\b\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}},?\s+(?:в\s+)?{TIME}.{{0,80}}:\s*$")
HEADER_LINE = re.compile(
    r"^[\s>*]*\**(от|отправитель|from|отправлено|дата|date|sent|кому|to|копия|cc|тема|subject)\**\s*:", FLAGS
)
FIRST_HEADERS = frozenset({"от", "отправитель", "from"})
RULE = re.compile(r"^\s*[_=-]{8,}\s*$")
QUOTED = re.compile(r"^\s*(?:>|\|)")
DASHES = re.compile(r"^--\s?$")
MACHINE = re.compile(
    r"^\s*(?:отправлено (?:с|из|через)\b.{0,80}|послано (?:с|из)\b.{0,60}|написано с .{0,40}"
    r"|sent from (?:my|the|mail|outlook)\b.{0,60}|get outlook for .{0,40}|загрузить outlook для .{0,40}"
    r"|без вирусов\..{0,80}|(?:это сообщение )?проверено.{0,60}(?:антивирус|avast|dr\.web|касперск).{0,80})\s*$",
    FLAGS,
)
DISCLAIMER = re.compile(
    r"^\s*(?:настоящее|это|данное) (?:электронное )?(?:сообщение|письмо).{0,160}(?:конфиденциальн|предназначен)",
    FLAGS,
)
MOST_SIGNATURE = 12
LONGEST_HEAD = 240


def own_words(text: str) -> str:
    """The letter without what it answers and without what the program adds; the whole where nothing would be left."""
    lines = [
        line.replace("\u00a0", " ").rstrip()
        for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    ]
    kept = _without_signature(_before_quote(lines))
    kept = [line for line in kept if not QUOTED.match(line) and not MACHINE.match(line)]
    own = _tidy(kept)
    return own if _says(own) else _tidy(lines)


def _before_quote(lines: list[str]) -> list[str]:
    """Lines up to the letter answered. Where that is marked by «>» line by line, people write below it too."""
    kept: list[str] = []
    number = 0
    while number < len(lines):
        line = lines[number]
        height = 0 if QUOTED.match(line) or not line.strip() else _height_of_head(lines, number)
        if height and not QUOTED.match(_next_said(lines, number + height)):
            return _without_rule(kept)
        if height:
            kept = _without_rule(kept)
        else:
            kept.append(line)
        number += height or 1
    return kept


def _next_said(lines: list[str], number: int) -> str:
    return next((line for line in lines[number:] if line.strip()), "")


def _height_of_head(lines: list[str], number: int) -> int:
    """How many lines announce the letter answered, 0 where this one does not. Programs break a long one in two."""
    line = lines[number]
    following = lines[number + 1] if number + 1 < len(lines) else ""
    if any(head.match(line) for head in HEADS) and _quote_follows(lines, number + 1, line):
        return 1
    if DATED.match(line) and QUOTED.match(_next_said(lines, number + 1)):
        return 1
    joined = f"{line.strip()} {following.strip()}"
    is_broken = bool(following.strip()) and len(joined) < LONGEST_HEAD and following.rstrip().endswith(":")
    if is_broken and any(head.match(joined) for head in HEADS) and _quote_follows(lines, number + 2, joined):
        return 2
    return int(_is_header_block(lines, number))


def _quote_follows(lines: list[str], number: int, head: str) -> bool:
    """«Вчера сосед писал:» of a story is no attribution: that one names a time or an address, or a quote follows."""
    if re.search(rf"@|{TIME}|сообщение|message|вы писали|-----", head, FLAGS):
        return True
    following = next((line for line in lines[number : number + 3] if line.strip()), "")
    return bool(QUOTED.match(following))


def _is_header_block(lines: list[str], number: int) -> bool:
    """«От: … Отправлено: … Кому: … Тема: …» as Outlook puts it: the first and at least one more near it."""
    first = HEADER_LINE.match(lines[number])
    if not first or first[1].lower() not in FIRST_HEADERS:
        return False
    near = [line for line in lines[number + 1 : number + 7] if line.strip()][:4]
    return any(HEADER_LINE.match(line) for line in near)


def _without_rule(lines: list[str]) -> list[str]:
    while lines and (not lines[-1].strip() or RULE.match(lines[-1])):
        lines = lines[:-1]
    return lines


def _without_signature(lines: list[str]) -> list[str]:
    for number, line in enumerate(lines):
        is_short = len(lines) - number <= MOST_SIGNATURE
        if (DASHES.match(line) and is_short) or DISCLAIMER.match(line):
            return lines[:number]
    return lines


def _tidy(lines: list[str]) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _says(text: str) -> bool:
    return any(sign.isalpha() for sign in text)
