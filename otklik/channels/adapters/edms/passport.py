"""The passport of a container as facts, whatever the version of the scheme: elements are known by their own names.

Two families are read: the older one (`communication`: header, document, files) and the newer (`container`: requisites,
authors, addressees, document, attachments). Element names are taken from public programs that exchange such
containers and from DOMAIN 5 (приказ 667/233); a field that is absent is empty, an unknown one is left out. Pure.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import PurePosixPath
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from otklik.channels.adapters.source import Unread
from otklik.channels.charsets import decoded

MOST_XML = 5 * 1024 * 1024
DECLARED = re.compile(rb"^\s*<\?xml[^>]*?encoding\s*=\s*[\"']([\w.-]+)[\"'][^>]*\?>", re.IGNORECASE)
BROKEN = "Паспорт контейнера не читается: {}. Запросите контейнер у отправителя снова."


@dataclass(frozen=True)
class Shape:
    """How a passport is written, so that the answer is written the same way."""

    family: str
    space: str
    version: str
    encoding: str


@dataclass(frozen=True)
class Citizen:
    """Whose letter the container carries, where it tells."""

    name: str = ""
    address: str = ""
    email: str = ""


@dataclass(frozen=True)
class Passport:
    """What the sender says of the document."""

    uid: str
    shape: Shape
    kind: str = ""
    type: str = ""
    number: str = ""
    date: str = ""
    annotation: str = ""
    sender: str = ""
    sender_uid: str = ""
    signer: str = ""
    addressee: str = ""
    citizen: Citizen = Citizen()
    document: str = ""
    attachments: tuple[str, ...] = ()
    notice: Mapping[str, str] = field(default_factory=dict)

    @property
    def dated(self) -> datetime | None:
        """The day of the outer number at midnight UTC; None for a date that is none."""
        for form in ("%Y-%m-%d", "%d.%m.%Y"):
            try:
                return datetime.strptime(self.date[:10], form).replace(tzinfo=UTC)
            except ValueError:
                continue
        return None


def passport_of(files: dict[str, bytes]) -> Passport:
    """The passport among the files; of two families in one container the newer speaks. Raises Unread."""
    found: list[Passport] = []
    fault: Unread | None = None
    for name, content in files.items():
        if not name.casefold().endswith(".xml"):
            continue
        try:
            told = read_passport(content)
        except Unread as unread:
            fault = unread
            continue
        if told:
            found.append(told)
    if not found:
        raise fault or Unread(
            BROKEN.format("файла passport.xml или document.xml в нём нет"), sorted(files)[:50]
        )
    found.sort(key=lambda told: told.shape.family == "container")
    newest = found[-1]
    outer = found[0]
    if newest is outer or newest.sender_uid:
        return newest
    # The envelope of the newer shape names the sender's address, its passport does not.
    return replace(newest, sender_uid=outer.sender_uid, sender=newest.sender or outer.sender)


def read_passport(content: bytes) -> Passport | None:
    """Facts of one XML; None for one of another purpose. Raises Unread for a broken one."""
    root, encoding = _root(content)
    family = _name(root)
    if family not in ("container", "communication"):
        return None
    space = root.tag[1:].partition("}")[0] if root.tag.startswith("{") else ""
    shape = Shape(family, space, _attr(root, "version"), encoding)
    return _newer(root, shape) if family == "container" else _older(root, shape)


def _newer(root: Element, shape: Shape) -> Passport:
    author = _first(root, "authors/author")
    uid = _attr(root, "uid") or _text(root, "uid")
    return Passport(
        uid=_need(uid),
        shape=shape,
        kind=_text(root, "requisites/documentKind"),
        number=_text(author, "registration/number"),
        date=_text(author, "registration/date"),
        annotation=_text(root, "requisites/annotation"),
        sender=_text(author, "organization/title"),
        signer=_person(_first(author, "sign/person")),
        addressee=_text(root, "addressees/addressee/organization/title")
        or _person(_first(root, "addressees/addressee/person")),
        citizen=_citizen(_either(root, "correspondents/correspondent", "requisites/correspondent")),
        document=_file(_first(root, "document")),
        attachments=tuple(filter(None, map(_file, _all(root, "attachments/attachment")))),
    )


def _older(root: Element, shape: Shape) -> Passport:
    header, document = _first(root, "header"), _first(root, "document")
    uid = _attr(document, "uid") or _attr(header, "uid")
    files = [(_file(one), _text(one, "group").casefold()) for one in _all(root, "files/file")]
    main = next((name for name, group in files if "текст" in group), files[0][0] if files else "")
    return Passport(
        uid=_need(uid),
        shape=shape,
        type=_attr(header, "type"),
        kind=_text(document, "kind"),
        number=_text(document, "num/number"),
        date=_text(document, "num/date"),
        annotation=_text(document, "annotation"),
        sender=_text(header, "source/organization"),
        sender_uid=_attr(_first(header, "source"), "uid"),
        signer=_text(document, "signatories/signatory/person"),
        addressee=_text(document, "addressees/addressee/organization")
        or _text(document, "addressees/addressee/person"),
        citizen=_citizen(_first(document, "correspondents/correspondent")),
        document=main,
        attachments=tuple(name for name, _ in files if name and name != main),
        notice=_notice(_either(root, "notification", "acknowledgment")),
    )


def _notice(told: Element | None) -> dict[str, str]:
    """A notification about a document of ours: what happened, under which numbers, why refused."""
    if told is None:
        return {}
    what = next(iter(told), None)
    return {
        "type": _attr(told, "type") or (_name(what) if what is not None else ""),
        "uid": _attr(told, "uid"),
        "ours": _text(what, "foundation/num/number"),
        "theirs": _text(what, "num/number"),
        "reason": _text(what, "reason") or _text(told, "comment"),
    }


def _citizen(told: Element | None) -> Citizen:
    if told is None:
        return Citizen()
    person = _first(told, "person")
    contact = _text(told, "contactInfo")
    email = re.search(r"[\w.+-]+@[\w.-]+\.\w+", f"{_text(told, 'email')} {contact}")
    return Citizen(
        name=_person(person) if person is not None and len(person) else _text(told, "person"),
        address=_text(told, "address") or _text(told, "postalAddress") or ("" if email else contact),
        email=email[0] if email else "",
    )


def _file(told: Element | None) -> str:
    """The file an element names, without folders: files of a container are known so."""
    return PurePosixPath(_attr(told, "localName").replace("\\", "/")).name


def _person(told: Element | None) -> str:
    if told is None:
        return ""
    names = [_text(told, name) for name in ("name", "lastName", "firstName", "middleName")]
    return " ".join(filter(None, names)) or " ".join((told.text or "").split())


def _root(content: bytes) -> tuple[Element, str]:
    if len(content) > MOST_XML:
        raise Unread(BROKEN.format("он больше 5 МБ"), "")
    declared = DECLARED.match(content.removeprefix(b"\xef\xbb\xbf"))
    encoding = declared[1].decode().casefold() if declared else "utf-8"
    try:
        return fromstring(content), encoding
    except DefusedXmlException as error:
        raise Unread(BROKEN.format("в нём запрещённые объявления"), "") from error
    except (ParseError, ValueError, LookupError):
        # Declared UTF-8 and written in Windows-1251, or the other way round.
        text = decoded(content, encoding)
        bare = re.sub(r"^\ufeff?\s*<\?xml[^>]*\?>", "", text)
    try:
        return fromstring(bare), encoding
    except (ParseError, ValueError, DefusedXmlException) as error:
        raise Unread(BROKEN.format("это не XML"), text[:100_000]) from error


def _need(uid: str) -> str:
    if not uid:
        raise Unread(BROKEN.format("в нём нет номера контейнера (uid)"), "")
    return uid.strip("{} ")[:100]


def _name(told: Element) -> str:
    return told.tag.rpartition("}")[2] if isinstance(told.tag, str) else ""


def _all(told: Element | None, path: str) -> list[Element]:
    """Elements down the path by their own names, whatever space they belong to."""
    found = [told] if told is not None else []
    for step in path.split("/"):
        found = [one for above in found for one in above if _name(one) == step]
    return found


def _first(told: Element | None, path: str) -> Element | None:
    return next(iter(_all(told, path)), None)


def _either(told: Element, *paths: str) -> Element | None:
    """The first that is there; an element without children is there too, though Python calls it false."""
    return next((found for found in (_first(told, path) for path in paths) if found is not None), None)


def _text(told: Element | None, path: str) -> str:
    found = _first(told, path)
    return " ".join("".join(found.itertext()).split()) if found is not None else ""


def _attr(told: Element | None, name: str) -> str:
    if told is None:
        return ""
    return next((value.strip() for key, value in told.attrib.items() if key.rpartition("}")[2] == name), "")
