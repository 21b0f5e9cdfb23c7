"""Votes of many people at once by the real web server: each opens the ballot, votes, some vote again or send twice.

Nothing goes past the page: the device mark, the form's own key and the limits of one address are those of residents;
everybody has an address of his own, as behind a proxy. What was accepted is told by its receipt and looked for in the
opened box.
"""

import http.client
import random
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlencode

from django.utils import timezone

from bench.pool import main_town
from bench.web import insist_on_disk, web_server
from otklik.accounts.models import Role, User
from otklik.accounts.services import Appointment, give_role
from otklik.common.models import Municipality
from otklik.common.scope import within
from otklik.common.today import today_in
from otklik.outreach.polls import services
from otklik.outreach.polls.models import Ballot, Poll, Question
from otklik.outreach.polls.services import PollText, QuestionText
from otklik.portal.codes import hash_of

VOTERS = 16
AGAIN_EACH = 10
"""Every tenth person votes again for something else, every tenth sends the same vote twice at once."""
STIR_SECONDS = 5.0
RECEIPT = re.compile(r'class="code">([0-9A-Z-]{14})<')
HIDDEN = re.compile(r'name="(csrfmiddlewaretoken|once)" value="([^"]+)"')


@dataclass(frozen=True)
class Measured:
    """`lost`: accepted votes that are not in the opened box; `doubled`: ballots above one for a person."""

    cast: int
    counted: int
    lost: int
    doubled: int
    per_second: float


@dataclass
class Said:
    """Receipts the server gave, by person."""

    receipts: dict[int, set[str]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def keep(self, person: int, receipt: str) -> None:
        with self.lock:
            self.receipts.setdefault(person, set()).add(receipt)


def measure(cases: int) -> Measured:
    """So many people vote; the box is mixed while they do, as the timer mixes it."""
    insist_on_disk()
    town = main_town()
    with within(town.pk):
        poll = _opened(town)
        question = Question.objects.get(poll=poll)
        options = list(question.options.values_list("pk", flat=True))
    said, path = Said(), f"/p/{town.key}/polls/{poll.number}/"
    with (
        web_server(BEHIND_PROXY="1") as (port, _),
        _stirring(town, poll),
        ThreadPoolExecutor(VOTERS) as crowd,
    ):
        began = time.perf_counter()
        shares = [range(first, cases, VOTERS) for first in range(VOTERS)]
        list(crowd.map(lambda share: _vote_all(port, path, share, question.pk, options, said), shares))
        taken = time.perf_counter() - began
    return _measured(town, poll, said, taken)


def _measured(town: Municipality, poll: Poll, said: Said, taken: float) -> Measured:
    with within(town.pk):
        services.close(poll, None, timezone.now(), "измерение окончено")
        kept = Counter(Ballot.objects.filter(poll=poll).values_list("receipt_hash", flat=True))
    accepted = {person: {hash_of(one) for one in given} for person, given in said.receipts.items()}
    lost = sum(not any(one in kept for one in given) for given in accepted.values())
    counted = kept.total()
    return Measured(
        len(accepted), counted, lost, counted + lost - len(accepted), round(len(accepted) / taken, 1)
    )


def _opened(town: Municipality) -> Poll:
    now, today = timezone.now(), today_in(town)
    author, head = (_official(town, name, permissions) for name, permissions in OFFICIALS.items())
    text = PollText(
        "vote",
        "Что обновить первым",
        *("Измерение.", "Один голос с устройства.", "Район", "Жители"),
        opens_on=today,
        closes_on=today + timedelta(days=1),
        questions=[QuestionText("Что обновить первым", "single", ("Сквер", "Набережную", "Парк"))],
    )
    drafted = services.submit(services.draft(town, text, author, now), author, now)
    return services.open_poll(services.approve(drafted, head, now), None, now)


OFFICIALS = {"author": ["outreach.polls"], "head": ["outreach.polls", "outreach.approve_polls"]}


def _official(town: Municipality, name: str, permissions: list[str]) -> User:
    user = User.objects.create_user(f"bench-{name}")
    role = Role.objects.create(municipality=town, key=f"bench-{name}", title=name, permissions=permissions)
    give_role(user, Appointment(role, today_in(town)), None)
    return user


def _vote_all(
    port: int, path: str, people: Sequence[int], question: int, options: Sequence[int], said: Said
) -> None:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for person in people:
        _vote(line, port, path, person, question, options, said)


def _vote(
    line: http.client.HTTPConnection,
    port: int,
    path: str,
    person: int,
    question: int,
    options: Sequence[int],
    said: Said,
) -> None:
    """Open the ballot, vote; some press twice, some come again with another choice."""
    chance = random.Random(person)
    headers = {"X-Forwarded-For": _address(person), "X-Forwarded-Proto": "http"}
    status, page, cookies = _ask(line, "GET", path, headers)
    if status != 200:
        raise RuntimeError(f"{status}: {page[:200]}")
    headers |= {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
    form = {**dict(HIDDEN.findall(page)), f"q{question}": str(chance.choice(options))}
    if person % AGAIN_EACH == 1:
        other = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        twice = threading.Thread(target=_send, args=(other, path, headers, form, person, said))
        twice.start()
        _send(line, path, headers, form, person, said)
        twice.join()
    else:
        _send(line, path, headers, form, person, said)
    if person % AGAIN_EACH == 2:
        again = {**form, "once": f"again-{person}", f"q{question}": str(chance.choice(options))}
        # Were it taken, the box would hold one ballot more than there are people.
        _ask(line, "POST", path, headers, urlencode(again))


def _send(
    line: http.client.HTTPConnection,
    path: str,
    headers: dict[str, str],
    form: dict[str, str],
    person: int,
    said: Said,
) -> None:
    status, page, _ = _ask(line, "POST", path, headers, urlencode(form))
    found = RECEIPT.search(page)
    if status != 200 or not found:
        raise RuntimeError(f"{status}: {page[:200]}")
    said.keep(person, found[1])


def _ask(
    line: http.client.HTTPConnection, method: str, path: str, headers: dict[str, str], body: str = ""
) -> tuple[int, str, str]:
    line.request(method, path, body.encode() or None, headers)
    answer = line.getresponse()
    page = answer.read().decode()
    given = [value.partition(";")[0] for name, value in answer.getheaders() if name.lower() == "set-cookie"]
    return answer.status, page, "; ".join(given)


def _address(person: int) -> str:
    return f"10.{person >> 16 & 255}.{person >> 8 & 255}.{person & 255}"


@contextmanager
def _stirring(town: Municipality, poll: Poll) -> Iterator[None]:
    """Mix the box all the time, far oftener than the timer does."""
    over = threading.Event()

    def stir() -> None:
        while not over.wait(STIR_SECONDS):
            with within(town.pk):
                services.mix(poll)

    mixer = threading.Thread(target=stir)
    mixer.start()
    try:
        yield
    finally:
        over.set()
        mixer.join()
