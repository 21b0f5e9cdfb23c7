"""Containers of ours: the answer as a document, and notifications of registration, refusal and execution. Pure.

They take the shape the other side wrote in: its family, name space and encoding. Words of the kinds of notifications
are those of the exchange itself: «Зарегистрирован», «Отказано в регистрации», «Доклад направлен».
"""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID, uuid5
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

OLDER = "http://www.infpres.com/IEDMS"
NEWER = "urn:IEDMS:CONTAINER"
HOUSE = UUID("6f0e1d0a-6c1f-5f0b-9a53-0b3a6f2d7c11")
ACCEPTED, REFUSED, REPORTED = "documentAccepted", "documentRefused", "reportSent"
TITLES = {ACCEPTED: "Зарегистрирован", REFUSED: "Отказано в регистрации", REPORTED: "Доклад направлен"}
ZIP_DAY = (2020, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Side:
    """An organisation of the exchange."""

    title: str
    uid: str = ""


@dataclass(frozen=True)
class Answered:
    """The document answered: its numbers and the shape it came in."""

    uid: str
    number: str = ""
    date: str = ""
    family: str = "container"
    space: str = ""
    version: str = ""
    encoding: str = "utf-8"


@dataclass(frozen=True)
class Reply:
    """Our document. `key` makes every number of ours: a repeat is the same container."""

    key: str
    number: str
    on: date
    subject: str
    ours: Side
    theirs: Side
    answered: Answered
    text: str = ""
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)

    @property
    def uid(self) -> str:
        return str(uuid5(HOUSE, self.key))


def document_container(reply: Reply) -> dict[str, bytes]:
    """The answer with its files: `document.xml` and either the files beside it or an archive with a passport."""
    if reply.answered.family == "communication":
        root = _communication(reply, "Документ")
        _older_document(root, reply)
        return {"document.xml": _xml(root, reply), **reply.files}
    root = _communication(reply, "Транспортный контейнер")
    container = SubElement(root, _q(OLDER, "container"))
    SubElement(container, _q(OLDER, "body")).text = "document.edc.zip"
    packed = {"passport.xml": _xml(_passport(reply), reply), **reply.files}
    return {"document.xml": _xml(root, reply), "document.edc.zip": _packed(packed)}


def notification(reply: Reply, kind: str, now: datetime, reason: str = "") -> dict[str, bytes]:
    """What became of their document: registered under our number, refused with the reason, answered."""
    root = _communication(reply, "Уведомление")
    space = _space_of_envelope(reply)
    told = SubElement(
        root,
        _q(space, "notification"),
        {_q(space, "type"): TITLES[kind], _q(space, "uid"): reply.answered.uid},
    )
    what = SubElement(told, _q(space, kind))
    SubElement(what, _q(space, "time")).text = now.strftime("%Y-%m-%dT%H:%M:%S")
    foundation = SubElement(what, _q(space, "foundation"))
    _put(foundation, space, "organization", reply.theirs.title)
    _number(foundation, space, reply.answered.number, reply.answered.date)
    if kind == REFUSED:
        _put(what, space, "reason", reason or "Не подлежит регистрации")
    else:
        _number(what, space, reply.number, reply.on.isoformat())
    return {"document.xml": _xml(root, reply)}


def _communication(reply: Reply, kind: str) -> Element:
    space = _space_of_envelope(reply)
    version = reply.answered.version if reply.answered.family == "communication" else "2.7.1"
    root = Element(_q(space, "communication"), {_q(space, "version"): version or "2.5"})
    told = {_q(space, "type"): kind, _q(space, "uid"): str(uuid5(HOUSE, f"{reply.key}:{kind}"))}
    header = SubElement(root, _q(space, "header"), told)
    source = SubElement(
        header, _q(space, "source"), {_q(space, "uid"): reply.ours.uid} if reply.ours.uid else {}
    )
    _put(source, space, "organization", reply.ours.title)
    return root


def _older_document(root: Element, reply: Reply) -> None:
    space = _space_of_envelope(reply)
    document = SubElement(root, _q(space, "document"), {_q(space, "uid"): reply.uid})
    _put(document, space, "kind", "Письмо")
    _number(document, space, reply.number, reply.on.isoformat())
    addressee = SubElement(SubElement(document, _q(space, "addressees")), _q(space, "addressee"))
    _put(addressee, space, "organization", reply.theirs.title)
    _put(document, space, "annotation", reply.subject)
    link = SubElement(SubElement(document, _q(space, "links")), _q(space, "link"))
    link.set(_q(space, "linkType"), "В ответ на")
    link.set(_q(space, "uid"), reply.answered.uid)
    _number(link, space, reply.answered.number, reply.answered.date)
    files = SubElement(root, _q(space, "files"))
    for position, name in enumerate(reply.files):
        file = SubElement(files, _q(space, "file"), {_q(space, "localName"): name})
        _put(file, space, "group", "Текст документа" if not position else "Приложение")


def _passport(reply: Reply) -> Element:
    space = reply.answered.space or NEWER
    root = Element(_q(space, "container"), {_q(space, "uid"): reply.uid})
    if reply.answered.version:
        root.set(_q(space, "version"), reply.answered.version)
    requisites = SubElement(root, _q(space, "requisites"))
    _put(requisites, space, "documentKind", "Письмо")
    _put(requisites, space, "annotation", reply.subject)
    link = SubElement(SubElement(requisites, _q(space, "links")), _q(space, "link"))
    link.set(_q(space, "uid"), reply.answered.uid)
    _put(link, space, "linkType", "В ответ на")
    _number(link, space, reply.answered.number, reply.answered.date)
    author = SubElement(SubElement(root, _q(space, "authors")), _q(space, "author"))
    _put(SubElement(author, _q(space, "organization")), space, "title", reply.ours.title)
    registration = SubElement(author, _q(space, "registration"))
    _put(registration, space, "number", reply.number)
    _put(registration, space, "date", reply.on.isoformat())
    addressee = SubElement(SubElement(root, _q(space, "addressees")), _q(space, "addressee"))
    _put(SubElement(addressee, _q(space, "organization")), space, "title", reply.theirs.title)
    attachments: Element | None = None
    for position, name in enumerate(reply.files):
        if not position:
            SubElement(root, _q(space, "document"), {_q(space, "localName"): name})
            continue
        if attachments is None:
            attachments = SubElement(root, _q(space, "attachments"))
        SubElement(attachments, _q(space, "attachment"), {_q(space, "localName"): name})
    return root


def _space_of_envelope(reply: Reply) -> str:
    return (reply.answered.space if reply.answered.family == "communication" else "") or OLDER


def _number(above: Element, space: str, number: str, on: str) -> None:
    told = SubElement(above, _q(space, "num"))
    _put(told, space, "number", number)
    _put(told, space, "date", on)


def _put(above: Element, space: str, name: str, text: str) -> None:
    """Empty elements are not allowed in the exchange: what has no value is left out."""
    if text:
        SubElement(above, _q(space, name)).text = text


def _q(space: str, name: str) -> str:
    return f"{{{space}}}{name}"


def _xml(root: Element, reply: Reply) -> bytes:
    encoding = "windows-1251" if reply.answered.encoding in ("windows-1251", "cp1251") else "utf-8"
    register_namespace("xdms", OLDER)
    register_namespace("c", NEWER)
    content: bytes = tostring(root, encoding=encoding, xml_declaration=True)
    return content


def _packed(files: Mapping[str, bytes]) -> bytes:
    """An archive that is the same for the same files, whenever it is made."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, ZIP_DAY), content)
    return out.getvalue()
