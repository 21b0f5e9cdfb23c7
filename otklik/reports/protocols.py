"""The protocol of a meeting and its extracts as papers: the same parts in DOCX, PDF and HTML, equal in content.

A municipality may give the DOCX a look of its own under the form «protocol», as any report.
"""

from otklik.accounts.models import Post
from otklik.common.words import tie
from otklik.office.models import Meeting
from otklik.office.protocol import Protocol, Question, protocol_of
from otklik.office.rules import NO_QUORUM
from otklik.reports.forms import PROTOCOL
from otklik.reports.parts import Document, Heading, Paragraph, Part
from otklik.reports.render.beside import draw
from otklik.reports.templating import template_of


def file_of(meeting: Meeting, form: str, post: Post | None = None) -> tuple[str, bytes]:
    """Name and content of the protocol, or of the extract for a post. Raises KeyError for an unknown form."""
    paper = protocol_of(meeting)
    shown = document_of(paper.for_post(post.pk) if post else paper, is_extract=post is not None)
    look = template_of(meeting.municipality, PROTOCOL.key) if form == "docx" else b""
    name = f"{'vypiska' if post else 'protokol'}-{meeting.number}-{meeting.year}.{form}"
    return name, draw(shown, form, look) if look else draw(shown, form)


def document_of(paper: Protocol, is_extract: bool = False) -> Document:
    """The paper's parts in order: who led, who came, then every question by the wording of protocols."""
    parts: list[Part] = [Paragraph(tie(line)) for line in _opening(paper)] if not is_extract else []
    if not is_extract:
        parts.append(Heading("Повестка", 2))
        parts += [Paragraph(tie(f"{one.number}. {one.title}")) for one in paper.questions]
    for question in paper.questions:
        parts += _question(question, is_extract)
    return Document(
        heading="Выписка из протокола" if is_extract else "Протокол",
        subject="заседания муниципального центра управления",
        period=f"форма {paper.form}",
        centre=paper.centre,
        addressee=paper.place,
        signer="Председательствующий",
        parts=tuple(parts),
        number=str(paper.number) if paper.signature else "",
        day=paper.day if paper.signature else "",
        signature=paper.signature,
        foot=""
        if paper.signature
        else tie(f"Проект протокола № {paper.number} от {paper.day}: не подписан."),
    )


def _opening(paper: Protocol) -> list[str]:
    led = f"Председательствовал: {paper.chair}" + (f" ({paper.chair_for})" if paper.chair_for else "")
    lines = [f"{led}."] if paper.chair else []
    lines.append(f"{paper.attended}: {'; '.join(paper.present)}." if paper.present else f"{paper.attended}.")
    if paper.absent:
        lines.append(f"Не участвовали: {'; '.join(paper.absent)}.")
    if paper.invited:
        lines.append(f"Приглашены: {'; '.join(paper.invited)}.")
    if paper.keeper:
        lines.append(f"Протокол вёл: {paper.keeper}.")
    return lines if paper.quorum == NO_QUORUM else [*lines, paper.quorum]


def _question(question: Question, is_extract: bool) -> list[Part]:
    parts: list[Part] = [Heading(tie(f"{question.number}. {question.title}"))]
    if not is_extract:
        said = (("СЛУШАЛИ", question.heard), ("ВЫСТУПИЛИ", question.spoke))
        parts += [Paragraph(tie(f"{word}: {text}")) for word, text in said if text]
        parts += [Paragraph(tie(f"МНЕНИЕ: {one}")) for one in question.opinions]
        if question.votes:
            parts.append(Paragraph(tie(f"ГОЛОСОВАЛИ: {question.votes}.")))
    parts.append(Paragraph("РЕШИЛИ:"))
    parts += [Paragraph(tie(f"{line.number}. {line.text}")) for line in question.lines]
    return parts
