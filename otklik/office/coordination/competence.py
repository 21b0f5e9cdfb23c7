"""The map of competence: which body, block and post answers for a topic, who decides what, and where nobody does.

Made of the charter (bodies by groups of topics, blocks, roles), of the auto-rules in force and of appointments;
nothing is kept, so the map is always that of today.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from otklik.accounts.models import Body, Holding, Post
from otklik.charter.schema import Charter
from otklik.charter.selectors import charter_of
from otklik.common.models import Municipality
from otklik.routing.rules import Conditions
from otklik.routing.selectors import current_rules
from otklik.topics.groups import GROUP_TITLES
from otklik.topics.models import Block, Topic

DECISIONS = {
    "cases.assign": "кто исполняет обращение",
    "cases.extend_term": "продлить срок рассмотрения",
    "cases.forward": "переадресовать по компетенции",
    "cases.approve_answer": "согласовать ответ",
    "cases.sign_answer": "подписать ответ",
    "quality.check": "хорош ли ответ",
    "routing.edit": "правила распределения",
    "topics.manage": "перечень тем и блоков",
    "accounts.manage": "состав и роли",
    "charter.confirm": "параметры положения",
    "analytics.targets": "целевые показатели",
    "problems.manage": "проблемы, причины, дорожные карты",
    "risks.close": "закрыть информационный риск",
    "office.chair": "план работы, повестка и протокол заседания",
    "office.errands": "поручения, запросы, решения по предложениям",
    "reports.verify": "проверить и отправить отчёт",
    "outreach.publish": "опубликовать на официальной странице",
    "outreach.polls": "провести опрос или голосование",
}
"""What is decided, by the permission that lets it."""


@dataclass(frozen=True)
class Answerer:
    """A body that answers for a topic, where that is written, and the posts that hold a role in it."""

    body: Body
    why: str
    posts: tuple[str, ...]


@dataclass(frozen=True)
class TopicLine:
    """A topic with its block and bodies. `gaps` say in words what is missing."""

    topic: Topic
    block: str
    head: str
    bodies: tuple[Answerer, ...]
    gaps: tuple[str, ...]


@dataclass(frozen=True)
class DecisionLine:
    """A decision with the roles that may take it and the posts that hold them today."""

    title: str
    roles: tuple[str, ...]
    posts: tuple[str, ...]


@dataclass(frozen=True)
class CompetenceMap:
    """The whole map: topics by groups, decisions, bodies that stand in no topic and have nobody."""

    groups: list[tuple[str, list[TopicLine]]]
    decisions: list[DecisionLine]
    empty_bodies: list[Body] = field(default_factory=list)

    @property
    def lines(self) -> list[TopicLine]:
        return [line for _, lines in self.groups for line in lines]

    @property
    def gaps(self) -> list[TopicLine]:
        return [line for line in self.lines if line.gaps]

    @property
    def undecided(self) -> list[DecisionLine]:
        return [line for line in self.decisions if not line.posts]


def competence_of(town: Municipality, day: date) -> CompetenceMap:
    """The map as it stands on the day."""
    charter = charter_of(town, day)
    bodies = {body.key: body for body in Body.objects.filter(municipality=town, is_open=True)}
    held = _holdings(town, day)
    posts = {body.pk: _posts(one for one in held if one.body_id == body.pk) for body in bodies.values()}
    rules = _by_rules(town)
    blocks = _blocks(town, charter)
    groups: dict[str, list[TopicLine]] = {}
    for topic in Topic.objects.filter(is_open=True).order_by("position"):
        found = _answerers(topic, charter, bodies, posts, rules)
        block, head = blocks.get(topic.pk, ("", ""))
        line = TopicLine(topic, block, head, found, _gaps(found, block, head))
        groups.setdefault(GROUP_TITLES.get(topic.group, topic.group), []).append(line)
    empty = [body for body in bodies.values() if not body.is_external and not posts[body.pk]]
    decisions = [_decision(key, title, held) for key, title in DECISIONS.items()]
    return CompetenceMap(list(groups.items()), decisions, sorted(empty, key=lambda one: one.short_name))


def narrowed(found: CompetenceMap, words: str) -> CompetenceMap:
    """Only lines that hold every word of the search, in the topic, block, body or post."""
    asked = words.casefold().split()
    if not asked:
        return found
    groups = [
        (title, kept)
        for title, lines in found.groups
        if (kept := [one for one in lines if _holds(one, title, asked)])
    ]
    decisions = [
        one
        for one in found.decisions
        if all(word in " ".join((one.title, *one.roles, *one.posts)).casefold() for word in asked)
    ]
    return CompetenceMap(groups, decisions, found.empty_bodies)


def gathered(lines: Iterable[TopicLine]) -> list[tuple[list[Topic], TopicLine]]:
    """Topics that one block and the same bodies answer for, together: a group is mostly one line."""
    found: dict[tuple[object, ...], tuple[list[Topic], TopicLine]] = {}
    for line in lines:
        same = line.block, line.head, line.bodies, line.gaps
        found.setdefault(same, ([], line))[0].append(line.topic)
    return list(found.values())


def _holds(line: TopicLine, group: str, asked: list[str]) -> bool:
    said = [line.topic.title, group, line.block, line.head]
    for one in line.bodies:
        said += [one.body.name, one.body.short_name, *one.posts]
    whole = " ".join(said).casefold()
    return all(word in whole for word in asked)


def _answerers(
    topic: Topic,
    charter: Charter,
    bodies: dict[str, Body],
    posts: dict[int, tuple[str, ...]],
    rules: list[tuple[str, Conditions, Body]],
) -> tuple[Answerer, ...]:
    """Bodies of the charter for the topic's group, then those auto-rules send it to."""
    found: dict[int, Answerer] = {}
    for key, part in charter.bodies.items():
        if topic.group in part.groups and key in bodies:
            body = bodies[key]
            found[body.pk] = Answerer(body, "положение", posts[body.pk])
    for title, conditions, body in rules:
        if topic.key in conditions.topics or topic.group in conditions.groups:
            found.setdefault(body.pk, Answerer(body, title, posts.get(body.pk, ())))
    return tuple(found.values())


def _by_rules(town: Municipality) -> list[tuple[str, Conditions, Body]]:
    rules = [rule for rule in current_rules(town) if rule.is_on]
    return [
        (f"автоправило {rule.number}", Conditions.from_json(rule.conditions), rule.body) for rule in rules
    ]


def _blocks(town: Municipality, charter: Charter) -> dict[int, tuple[str, str]]:
    """Topic -> title of its block and the post that heads it; the first block of a topic counts."""
    posts = dict(Post.objects.filter(municipality=town).values_list("key", "title"))
    found: dict[int, tuple[str, str]] = {}
    for block in Block.objects.filter(municipality=town).prefetch_related("topics"):
        part = charter.blocks.get(block.key)
        head = posts.get(part.head or "", "") if part else ""
        for topic in block.topics.all():
            found.setdefault(topic.pk, (block.title, head))
    return found


def _gaps(bodies: tuple[Answerer, ...], block: str, head: str) -> tuple[str, ...]:
    gaps = []
    if not bodies:
        gaps.append("нет органа")
    gaps += [
        f"нет сотрудников: {one.body.short_name}"
        for one in bodies
        if not one.posts and not one.body.is_external
    ]
    if not block:
        gaps.append("нет блока")
    elif not head:
        gaps.append("у блока нет руководителя")
    return tuple(gaps)


def _decision(key: str, title: str, held: list[Holding]) -> DecisionLine:
    able = [one for one in held if key in one.role.permissions]
    return DecisionLine(title, tuple(dict.fromkeys(one.role.title for one in able)), _posts(able))


def _holdings(town: Municipality, day: date) -> list[Holding]:
    rows = Holding.objects.filter(municipality=town, since__lte=day, user__is_active=True).exclude(
        until__lt=day
    )
    return list(rows.select_related("role", "post", "body").order_by("role__position", "pk"))


def _posts(held: Iterable[Holding]) -> tuple[str, ...]:
    """Posts once each; a holding without a post is named by its role."""
    return tuple(dict.fromkeys(one.post.title if one.post else one.role.title.lower() for one in held))
