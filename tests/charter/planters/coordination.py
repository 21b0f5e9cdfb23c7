"""Plans, requests, affairs with others, method notes, visas, participation."""

from datetime import timedelta

from otklik.office.coordination.rules import plan_period
from otklik.office.coordination.services.affairs import AffairText, hold_affair, note_affair
from otklik.office.coordination.services.inquiries import Asked, ask
from otklik.office.coordination.services.papers import MethodWords, issue_method, put_visa, send_round
from otklik.office.coordination.services.plans import ItemText, add_item, approve_plan, draft_plan
from otklik.office.coordination.services.proposals import ProposalText, propose
from tests.charter.planters.ground import Ground, plants
from tests.town import SINCE


@plants("office.plan")
def an_approved_plan(ground: Ground) -> None:
    plan = draft_plan(ground.whose, plan_period(ground.today), ground.by, ground.now)
    plan.items.filter(post=None).update(post=ground.posts[0])
    add_item(plan, ItemText("Сверить телефоны", plan.until, ground.posts[0]), ground.by, ground.now)
    approve_plan(plan, ground.by, ground.now)


def _of_affair(key: str, kind: str) -> None:
    @plants(key)
    def affair(ground: Ground) -> None:
        said = AffairText(
            kind,
            "Сверка сроков",
            ground.today,
            ground.body,
            "Общий отдел",
            means="equipment",
            programme="программа на час",
            ground="план центра",
            posts=ground.posts[:1],
        )
        made = note_affair(ground.whose, said, ground.by, ground.now)
        hold_affair(made, "Договорились о сроках.", ground.today, ground.posts[:1], [], ground.by, ground.now)

    affair.__name__ = f"affair_{kind}"


_of_affair("office.outer_meetings", "outer_meeting")
_of_affair("office.training", "training")
_of_affair("office.cooperation", "cooperation")
_of_affair("office.support", "support")
_of_affair("quality.process_change", "process")


@plants("office.requests_out")
def a_request(ground: Ground) -> None:
    due = ground.today + timedelta(days=5)
    asked = Asked("statistics", "Дороги", "Сколько заявок принято?", due, [ground.body])
    ask(ground.whose, asked, ground.by, ground.now)


@plants("office.methods")
def a_method_note(ground: Ground) -> None:
    words = MethodWords("Как отвечать", "answers", "Отвечайте на вопрос.")
    issue_method(ground.whose, words, [], ground.by, ground.now)


@plants("office.visas")
def a_visa(ground: Ground) -> None:
    block, due = ground.block.key, ground.today + timedelta(days=5)
    sheet = send_round(ground.whose, "Порядок обмена", "Текст порядка.", due, [block], ground.by, ground.now)
    head = ground.town.user_with("heads-block", ["accounts.name_specialists"])
    head.holdings.update(block_key=block, since=SINCE)
    put_visa(sheet.visas.get(), "agreed", "", head, ground.now)


@plants("problems.participation")
def a_proposal_to_take_part(ground: Ground) -> None:
    said = ProposalText("participation", "Ямы", "Сверить гарантию.", "41 жалоба", body=ground.body)
    propose(ground.whose, said, ground.by, ground.now)
