"""Agreement of materials: the route, the last yes, a return with a reason; the queue of what waits for a word."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from otklik.accounts.models import Post as Position
from otklik.analytics.targets.selectors import posts_of as positions_of
from otklik.common.errors import Refused
from otklik.desk.content_doors import around, find_material, moment_in
from otklik.desk.content_look import look_of
from otklik.desk.page import done, may, needs, page_or_part
from otklik.desk.request import DeskRequest
from otklik.desk.views.content_material import address
from otklik.outreach.content import services
from otklik.outreach.content.doors import APPROVE, PUBLISH, waiting_for
from otklik.outreach.content.models import Material, Post
from otklik.outreach.content.selectors import pages_to_post, waiting_for_approval
from otklik.outreach.models import OfficialPage

MOST = 50
SAID = {
    "page": "Страница добавлена",
    "submit": "Отправлено на согласование",
    "agree": "Согласовано. Дальше по маршруту",
    "approve": "Согласовано: записи выйдут в своё время",
    "return": "Возвращено с замечанием",
    "withdraw": "Материал снят",
}


@require_POST
@needs()
def deed(request: DeskRequest, number: int, name: str) -> HttpResponse:
    """One deed of the material; who may is asked here, when is asked by the rules."""
    if name not in SAID:
        raise Http404
    found, by, now = find_material(request, number), request.user, timezone.now()
    why = request.POST.get("why", "")
    if name not in ("agree", "return") and not may(request, APPROVE if name == "approve" else PUBLISH):
        raise Http404
    match name:
        case "page":
            at = moment_in(request.municipality, request.POST.get("at", ""))
            services.add_page(found, _page(request), at, by, now)
        case "submit":
            services.submit(found, by, now, _route(request))
        case "agree":
            services.agree(found, by, now)
        case "approve":
            services.approve(found, by, now)
        case "return":
            _may_return(request, found)
            services.send_back(found, why, by, now)
        case "withdraw":
            services.withdraw(found, why, by, now)
    seen = may(request, PUBLISH, APPROVE) or found.steps.filter(post_id__in=request.rights.post_ids).exists()
    return done(request, SAID[name], address(found) if seen else reverse("desk:content_approval"))


def _may_return(request: DeskRequest, found: Material) -> None:
    """Who is asked now, who approves, and who keeps pages may send a material back."""
    asked = found.steps.filter(agreed_at=None, post_id__in=request.rights.post_ids)
    if not may(request, PUBLISH, APPROVE) and not asked.exists():
        raise Http404


def _page(request: DeskRequest) -> OfficialPage:
    key = request.POST.get("page", "")
    pages = pages_to_post(request.municipality)
    found = pages.filter(pk=int(key)).first() if key.isdecimal() else None
    if found is None:
        raise Refused("Выберите страницу.")
    return found


def _route(request: DeskRequest) -> list[Position]:
    """Posts of the route in the order of the list they were chosen from."""
    asked = [int(one) for one in request.POST.getlist("route") if one.isdecimal()]
    return list(positions_of(request.municipality).filter(pk__in=asked))


@require_safe
@needs()
def approval(request: DeskRequest) -> HttpResponse:
    """What waits for the viewer's word with its texts, and what waits for others."""
    mine = list(
        waiting_for(request.municipality, request.rights)
        .select_related("rubric", "audience")
        .order_by("number")[:MOST]
    )
    posts: dict[int, list[Post]] = {}
    rows = Post.objects.filter(material__in=[one.pk for one in mine]).exclude(state="withdrawn")
    for post in rows.select_related("page", "picture").order_by("pk"):
        posts.setdefault(post.material_id, []).append(post)
    others = (
        waiting_for_approval(request.municipality).exclude(pk__in=[one.pk for one in mine])[:MOST]
        if may(request, PUBLISH, APPROVE)
        else Material.objects.none()
    )
    context = {
        **around(request, "approval"),
        "rows": [
            (one, [(post, look_of(post.page, post.text, post.picture)) for post in posts.get(one.pk, [])])
            for one in mine
        ],
        "others": others,
    }
    return page_or_part(request, "content/approval", context)
