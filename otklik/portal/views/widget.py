"""The form inside another site: no cookies, no session, no script needed; only the named sites may show it."""

import uuid
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from otklik.channels.widget import origins_of
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.portal import flood
from otklik.portal.forms import PHOTOS, TEXT_LIMIT, MessageForm
from otklik.portal.selectors import ways_of
from otklik.portal.services import send_message
from otklik.portal.towns import in_town

STRANGE = "Форму отправили не с её страницы. Откройте её заново и отправьте ещё раз."


# There is no session to ride on: a forged sending gains nothing over an honest one, and both are counted.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@in_town
def widget(request: HttpRequest, town: Municipality) -> HttpResponse:
    """Show the form; keep what was sent and show its code at once."""
    if request.method != "POST":
        return framed(_page(request, town, MessageForm(initial={"way": "message"})), town)
    form = MessageForm({**request.POST.dict(), "way": "message", "joins": ""}, request.FILES)
    if not form.is_valid():
        return framed(_page(request, town, form, 422), town)
    now = timezone.now()
    try:
        _check_origin(request)
        flood.check(request, flood.SEND)
        code = send_message(town, form.cleaned_data, ways_of(town, now), now)
    except Refused as refusal:
        form.add_error("photos", str(refusal))
        return framed(_page(request, town, form, 422), town)
    link = f"{reverse('portal:wait', args=[town.key])}?s={code}"
    return framed(
        render(request, "portal/widget_sent.html", {"town": town, "code": code, "link": link}), town
    )


def _page(request: HttpRequest, town: Municipality, form: MessageForm, status: int = 200) -> HttpResponse:
    context = {
        "town": town,
        "form": form,
        "once": form.data.get("once") or uuid.uuid4(),
        "ways": ways_of(town, timezone.now()),
        "photos": PHOTOS,
        "text_limit": TEXT_LIMIT,
    }
    return render(request, "portal/widget.html", context, status=status)


def framed(response: HttpResponse, town: Municipality) -> HttpResponse:
    """Let the named sites show the page; without any it opens only by itself."""
    ancestors = origins_of(town) or ["'none'"]
    setattr(response, "_csp_replace", {"frame-ancestors": ancestors})  # noqa: B010  the attribute is django-csp's own
    setattr(response, "xframe_options_exempt", True)  # noqa: B010  and this one is Django's
    return response


def _check_origin(request: HttpRequest) -> None:
    """A browser names the page a form stood on: it must be this very one. Raises Refused."""
    origin = request.headers.get("Origin", "")
    if origin and urlsplit(origin).netloc != request.get_host():
        raise Refused(STRANGE)
