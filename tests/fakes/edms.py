"""A document system on the other side of two folders: puts containers of each family, takes ours and reads them.

Nothing of the product's own code is used to write or read a container, so a mistake cannot agree with itself.
"""

import io
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4
from xml.etree.ElementTree import Element, fromstring

OLDER, NEWER = "http://www.infpres.com/IEDMS", "urn:IEDMS:CONTAINER"
GOVERNMENT = "Правительство области"


@dataclass
class Taken:
    """A container of ours as the other side sees it: names of its files, every text of its XML by its own name."""

    name: str
    kind: str
    files: list[str]
    texts: dict[str, str] = field(default_factory=dict)
    answers: str = ""


class Edms:
    """`root` holds `in` (to the town) and `out` (from the town)."""

    def __init__(self, root: Path) -> None:
        self.inbox, self.outbox = root / "in", root / "out"
        self.inbox.mkdir(parents=True)
        self.outbox.mkdir(parents=True)

    def say(
        self,
        text: str,
        family: str = "newer",
        number: str = "01-15/77",
        person: str = "",
        encoding: str = "utf-8",
        packed: bool = False,
        annotation: str = "О ремонте дороги",
        space: str = "",
        uid: str = "",
        more: dict[str, bytes] | None = None,
    ) -> str:
        """A letter to the town; its number of the container."""
        uid = uid or str(uuid4())
        files = {"text.txt": text.encode("cp1251"), **(more or {})}
        told = {
            "uid": uid,
            "number": number,
            "person": person,
            "annotation": annotation,
            "sender": GOVERNMENT,
        }
        make = _newer if family == "newer" else _older
        content = make(told, list(files), encoding, space)
        self.put(uid, content | files if family == "older" else _enveloped(content, files, uid), packed)
        return uid

    def put(self, name: str, files: dict[str, bytes], packed: bool = False) -> None:
        """Any files under any name."""
        if packed:
            (self.inbox / f"{name}.zip").write_bytes(zipped(files))
            return
        folder = self.inbox / name
        folder.mkdir(exist_ok=True)
        for inner, content in files.items():
            (folder / inner).write_bytes(content)

    def lying(self) -> list[str]:
        """What still lies in the folder itself."""
        return sorted(
            one.name for one in self.inbox.iterdir() if one.name not in ("прочитано", "не прочитано")
        )

    def moved(self, box: str) -> list[str]:
        """What was moved into this box."""
        folder = self.inbox / box
        return sorted(one.name for one in folder.iterdir()) if folder.exists() else []

    def taken(self) -> list[Taken]:
        """Everything the town has left for us, each container whole."""
        found = []
        for folder in sorted(self.outbox.iterdir()):
            assert not folder.name.startswith("."), "a container is left whole or not at all"
            files = {one.name: one.read_bytes() for one in folder.iterdir()}
            for name in [name for name in files if name.endswith(".zip")]:
                with zipfile.ZipFile(io.BytesIO(files[name])) as archive:
                    files |= {inner: archive.read(inner) for inner in archive.namelist()}
            found.append(_read(folder.name, files))
        return found


def zipped(files: dict[str, bytes]) -> bytes:
    """An archive of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def _read(name: str, files: dict[str, bytes]) -> Taken:
    root = fromstring(files["document.xml"])
    header = next(one for one in root if one.tag.endswith("}header"))
    taken = Taken(
        name, next(value for key, value in header.attrib.items() if key.endswith("}type")), sorted(files)
    )
    for page in [root] + ([fromstring(files["passport.xml"])] if "passport.xml" in files else []):
        for one in page.iter():
            _note(taken, one)
    return taken


def _note(taken: Taken, one: Element) -> None:
    own = one.tag.rpartition("}")[2]
    if one.text and one.text.strip():
        taken.texts.setdefault(own, one.text.strip())
    if own in ("link", "notification"):
        taken.answers = next((value for key, value in one.attrib.items() if key.endswith("}uid")), "")
    if own == "notification":
        taken.texts["notice"] = next(value for key, value in one.attrib.items() if key.endswith("}type"))


def _enveloped(passport: dict[str, bytes], files: dict[str, bytes], uid: str) -> dict[str, bytes]:
    envelope = (
        f'<x:communication xmlns:x="{OLDER}" x:version="2.7.1"><x:header x:type="Транспортный контейнер" x:uid="{uid}">'
        f'<x:source x:uid="gov-uid"><x:organization>{GOVERNMENT}</x:organization></x:source></x:header>'
        "<x:container><x:body>document.edc.zip</x:body></x:container></x:communication>"
    )
    return {"document.xml": _page(envelope, "utf-8"), "document.edc.zip": zipped(passport | files)}


def _newer(told: dict[str, str], files: list[str], encoding: str, space: str) -> dict[str, bytes]:
    citizen = (
        f"<c:correspondents><c:correspondent><c:person>{told['person']}</c:person></c:correspondent></c:correspondents>"
        if told["person"]
        else ""
    )
    rest = "".join(f'<c:attachment c:localName="{name}"/>' for name in files[1:])
    page = (
        f'<c:container xmlns:c="{space or NEWER}" c:uid="{told["uid"]}" c:version="1.0"><c:requisites>'
        f"<c:documentKind>Обращение</c:documentKind><c:annotation>{told['annotation']}</c:annotation></c:requisites>"
        f"<c:authors><c:author><c:organization><c:title>{told['sender']}</c:title></c:organization><c:registration>"
        f"<c:number>{told['number']}</c:number><c:date>2026-10-19</c:date></c:registration></c:author></c:authors>"
        "<c:addressees><c:addressee><c:organization><c:title>Администрация</c:title></c:organization></c:addressee>"
        f'</c:addressees>{citizen}<c:document c:localName="{files[0]}"/>'
        f"<c:attachments>{rest}</c:attachments></c:container>"
    )
    return {"passport.xml": _page(page, encoding)}


def _older(told: dict[str, str], files: list[str], encoding: str, space: str) -> dict[str, bytes]:
    citizen = (
        f"<x:correspondents><x:correspondent><x:person>{told['person']}</x:person></x:correspondent></x:correspondents>"
        if told["person"]
        else ""
    )
    rows = "".join(
        f'<x:file x:localName="{name}"><x:group>{"Приложение" if place else "Текст документа"}</x:group></x:file>'
        for place, name in enumerate(files)
    )
    page = (
        f'<x:communication xmlns:x="{space or OLDER}" x:version="2.5"><x:header x:type="Документ" x:uid="{uuid4()}">'
        f'<x:source x:uid="gov-uid"><x:organization>{told["sender"]}</x:organization></x:source></x:header>'
        f'<x:document x:uid="{told["uid"]}"><x:kind>Письмо</x:kind><x:num><x:number>{told["number"]}</x:number>'
        "<x:date>2026-10-19</x:date></x:num><x:addressees><x:addressee><x:organization>Администрация</x:organization>"
        f"</x:addressee></x:addressees>{citizen}<x:annotation>{told['annotation']}</x:annotation></x:document>"
        f"<x:files>{rows}</x:files></x:communication>"
    )
    return {"document.xml": _page(page, encoding)}


def _page(page: str, encoding: str) -> bytes:
    return f'<?xml version="1.0" encoding="{encoding}"?>{page}'.encode(encoding)
