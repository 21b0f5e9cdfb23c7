"""The drawing process: one order on its input, the file (or the fault of a template) on its output. See `beside`."""

import base64
import json
import sys
from io import BytesIO

from otklik.reports.parts import document_from
from otklik.reports.render import RENDERERS, to_docx


def main() -> None:
    """Knows no database and no settings: everything comes in the order."""
    order = json.loads(sys.stdin.buffer.read())
    template = base64.b64decode(order["template"])
    if order["form"] == "check":
        from otklik.reports.render.docx import fault_of

        made = fault_of(template).encode()
    elif template:
        made = to_docx(document_from(order["document"]), BytesIO(template))
    else:
        made = RENDERERS[order["form"]](document_from(order["document"]))
    sys.stdout.buffer.write(made)


main()
