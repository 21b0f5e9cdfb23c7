"""Questions about errands: whose they are, what waits for whom, how the date is kept.

An errand is seen by who answers for it, helps, controls or gave it, by people of its body, and by holders of
`office.errands` or `office.organise`, who keep the control of all.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet

from otklik.accounts.models import User
from otklik.accounts.selectors import Rights, held_posts
from otklik.common.models import Municipality
from otklik.office.errands.models import Errand
from otklik.office.errands.rules import Party

SEES_ALL = frozenset({"office.errands", "office.organise"})


def errands_for(user: User, municipality: Municipality, rights: Rights) -> QuerySet[Errand]:
    """Errands the person may see."""
    rows = Errand.objects.filter(municipality=municipality).select_related("post", "body", "controller")
    if rights.permissions & SEES_ALL:
        return rows
    return rows.filter(
        mine(municipality, rights)
        | Q(given_by=user)
        | Q(controller_id__in=rights.post_ids)
        | Q(pk__in=Errand.objects.filter(helpers__post_id__in=rights.post_ids).values("pk"))
    )


def mine(municipality: Municipality, rights: Rights) -> Q:
    """Errands the person answers for: by the post held, or by the body where nobody holds the post."""
    held = Exists(held_posts(municipality).filter(post=OuterRef("post")))
    return Q(post_id__in=rights.post_ids) | Q(~held, body_id__in=rights.body_ids)


def parties_of(errand: Errand, user: User, rights: Rights) -> set[Party]:
    """Which sides of the errand the person stands on."""
    found: set[Party] = set()
    if errand.post_id in rights.post_ids or (errand.body_id in rights.body_ids and not _is_held(errand)):
        found.add("responsible")
    if errand.controller_id is None and errand.given_by_id == user.pk:
        found.add("controller")
    if errand.controller_id in rights.post_ids:
        found.add("controller")
    if errand.given_by_id == user.pk:
        found.add("giver")
    if any(one.post_id in rights.post_ids for one in errand.helpers.all()):
        found.add("helper")
    return found


def _is_held(errand: Errand) -> bool:
    return held_posts(errand.municipality).filter(post=errand.post).exists()
