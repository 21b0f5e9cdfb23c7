"""An eye on a browser page: what the console says, what the policy forbids, where requests go, how a screen stands."""

import os
import re
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, Request

SHOTS = os.environ.get("OTKLIK_SHOTS", "")
Theme = Literal["dark", "light"]
PHONE: tuple[Theme, int] = ("dark", 390)
DESK: tuple[Theme, int] = ("light", 1366)
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
TELL_POLICY = """
addEventListener("securitypolicyviolation", (event) => {
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`);
});
"""


class Watch:
    """Collects the faults of one page; `faults` is empty when all is well."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address, self.faults = page, address, list[str]()
        self.host = urlsplit(address).netloc
        page.set_default_timeout(30_000)
        page.set_default_navigation_timeout(30_000)
        page.add_init_script(TELL_POLICY)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self._fault(f"script: {error}"))
        page.on("request", self._request)

    def _fault(self, words: str) -> None:
        self.faults.append(f"{urlsplit(self.page.url).path}: {words}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._fault(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != self.host:
            self._fault(f"foreign request: {request.url}")

    def open(self, path: str, name: str = "") -> None:
        """Go to the page and look at it twice: light on a desk, dark on a phone."""
        answer = self.page.goto(self.address + path)
        if answer is None or answer.status != 200:
            self._fault(f"{path} answers {answer.status if answer else 'nothing'}")
        self._look(name or re.sub(r"\W+", "-", path).strip("-") or "home", (PHONE, DESK))

    def look(self, name: str) -> None:
        """The page as it stands, in the middle of a story; its size is a desk's again afterwards."""
        self._look(name, (DESK,))

    def _look(self, name: str, axed: tuple[tuple[Theme, int], ...]) -> None:
        """One heading of the first level, nothing wider than the screen, nothing to say for axe."""
        headings = self.page.locator("h1").count()
        if headings != 1:
            self._fault(f"{headings} h1")
        for theme, width in (PHONE, DESK):
            self.page.set_viewport_size({"width": width, "height": 900})
            wider = self.page.evaluate(WIDER)
            if wider > 0:
                self._fault(f"{wider} px wider than {width}")
            if (theme, width) in axed:
                self.page.emulate_media(color_scheme=theme)
                for one in Axe().run(self.page, options=RULES).response["violations"]:
                    self._fault(f"axe, {theme}: {one['id']}: {one['nodes'][0]['html'][:160]}")
            self._shoot(f"{name}-{width}")

    def _shoot(self, name: str) -> None:
        if SHOTS:
            Path(SHOTS).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)

    def sign_in(self, username: str, password: str) -> None:
        """Leave as whoever is signed in, enter as another."""
        self.page.context.clear_cookies()
        self.page.goto(f"{self.address}/accounts/login/")
        self.page.fill("#id_login", username)
        self.page.fill("#id_password", password)
        self.page.get_by_role("button", name="Войти").click()
        self.page.wait_for_url(f"{self.address}/")

    def report(self) -> str:
        """All faults, each once."""
        return "\n".join(dict.fromkeys(self.faults))
