"""A letter written as a page, read as text: paragraphs and lists stay lines, quoted blocks get «> ». Pure."""

import re
from html.parser import HTMLParser

BLOCKS = frozenset(
    {"p", "div", "br", "tr", "li", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "pre", "blockquote"}
)  # fmt: skip
SILENT = frozenset({"style", "script", "head", "title", "template"})
VOID = frozenset({"br", "hr", "img", "meta", "link", "input", "col", "wbr", "area", "base"})
QUOTES = re.compile(r"gmail_quote|yahoo_quoted|moz-cite-prefix|divRplyFwdMsg|appendonsend", re.IGNORECASE)
DEEPEST = 400


def text_of_page(page: str) -> str:
    """The words of an HTML letter; scripts and styles say nothing."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader.text()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.line = ""
        self.open: list[tuple[str, bool]] = []
        self.silent = 0
        self.quoted = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS:
            self._end_line()
        if tag in VOID or len(self.open) > DEEPEST:
            return
        told = dict(attrs)
        is_quote = tag == "blockquote" or bool(QUOTES.search(f"{told.get('class')} {told.get('id')}"))
        self.open.append((tag, is_quote))
        self.quoted += is_quote
        self.silent += tag in SILENT

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS:
            self._end_line()

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self._end_line()
        if not any(name == tag for name, _ in self.open):
            return
        # What was left open inside ends together with it.
        while self.open:
            name, is_quote = self.open.pop()
            self.quoted -= is_quote
            self.silent -= name in SILENT
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.line += re.sub(r"\s+", " ", data)

    def _end_line(self) -> None:
        line = self.line.replace("\u00a0", " ").strip()
        self.line = ""
        if line:
            self.lines.append(f"> {line}" if self.quoted else line)

    def text(self) -> str:
        """Everything read so far."""
        self._end_line()
        return "\n".join(self.lines)
