"""Draws in a process beside: python-docx and typst would leave forty megabytes in a web process for good."""

import base64
import json
import subprocess
import sys

from otklik.reports.parts import Document
from otklik.reports.render import RENDERERS

WORDS = (sys.executable, "-m", "otklik.reports.render")
HEAVY = frozenset({"docx", "pdf"})
PATIENCE_SECONDS = 60


def draw(document: Document, form: str, template: bytes = b"") -> bytes:
    """The file of the document; a light form is drawn here. Raises CalledProcessError when it cannot be drawn."""
    if form not in HEAVY:
        return RENDERERS[form](document)
    return _asked({"form": form, "document": document.to_data()}, template)


def fault_of(template: bytes) -> str:
    """What is wrong with a DOCX template, one Russian sentence; empty when it can be filled."""
    return _asked({"form": "check"}, template).decode()


def _asked(order: dict[str, object], template: bytes) -> bytes:
    line = json.dumps({**order, "template": base64.b64encode(template).decode()}).encode()
    done = subprocess.run(  # noqa: S603 - our own words
        WORDS, input=line, stdout=subprocess.PIPE, timeout=PATIENCE_SECONDS, check=True
    )
    return done.stdout
