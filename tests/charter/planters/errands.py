"""Errands: given by hand, to a block, directed by the centre's head."""

from datetime import timedelta

from otklik.office.errands import services
from otklik.office.errands.services import Order
from tests.charter.planters.ground import Ground, plants


@plants("office.errands", "office.block_tasks")
def an_errand_of_a_block(ground: Ground) -> None:
    due = ground.today + timedelta(days=9)
    order = Order("убрать снег у школы", ground.posts[0], due, block_key=ground.block.key)
    services.give(ground.whose, order, ground.by, ground.now)


@plants("office.operations")
def an_errand_of_the_head(ground: Ground) -> None:
    head = ground.town.user_with("head", [], role_key="head")
    order = Order("убрать снег у школы", ground.posts[0], ground.today + timedelta(days=9))
    services.give(ground.whose, order, head, ground.now)
