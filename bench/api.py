"""Messages of an outer system through the real web server: accepted when they are on the disk."""

import http.client
import json
import time
from concurrent.futures import ThreadPoolExecutor

from django.test import Client

from bench.filling import fill
from bench.measuring import Measured, count_sql, family_mb, spread
from bench.pool import main_town, sentences
from bench.web import insist_on_disk, web_server
from otklik.channels.models import Channel
from otklik.channels.services import make_key
from otklik.common.scope import within

MESSAGES = 2000
SYSTEMS = 2
PATH = "/api/v1/messages"


def measure(cases: int) -> Measured:
    """Two systems post at once, each waits for its answer before the next message."""
    insist_on_disk()
    fill(cases)
    town = main_town()
    with within(town.pk):
        key = make_key(Channel.objects.get(municipality=town, kind="api"), "Измерение")[1]
    texts = sentences()
    queries = count_sql(lambda: _in_process(key, texts[0]))
    count = min(cases, MESSAGES)
    with web_server() as (port, pid), ThreadPoolExecutor(SYSTEMS) as systems:
        _post(port, key, "first", texts, 50)
        began = time.perf_counter()
        share = -(-count // SYSTEMS)
        shares = list(
            systems.map(lambda name: _post(port, key, name, texts, share), map(str, range(SYSTEMS)))
        )
        taken = time.perf_counter() - began
        memory = family_mb(pid)
    p50, p95 = spread([one for share_taken in shares for one in share_taken])
    return Measured("api", cases, p50, p95, round(share * SYSTEMS / taken, 1), queries, memory)


def _body(number: str, texts: list[str]) -> str:
    text = texts[hash(number) % len(texts)]
    return json.dumps({"text": text, "outer_id": number, "author": "Заявитель", "phone": "89000000001"})


def _in_process(key: str, text: str) -> None:
    answer = Client().post(
        PATH, _body("counted", [text]), content_type="application/json", headers={"X-API-Key": key}
    )
    if answer.status_code != 201:
        raise RuntimeError(f"{answer.status_code}: {answer.content[:200]!r}")


def _post(port: int, key: str, name: str, texts: list[str], count: int) -> list[float]:
    """Seconds of each answer, by one connection kept open."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"X-API-Key": key, "Content-Type": "application/json"}
    taken = []
    for number in range(count):
        body = _body(f"bench-{name}-{number}", texts)
        began = time.perf_counter()
        line.request("POST", PATH, body.encode(), headers)
        answer = line.getresponse()
        said = answer.read()
        taken.append(time.perf_counter() - began)
        if answer.status != 201:
            raise RuntimeError(f"{answer.status}: {said[:200]!r}")
    return taken
