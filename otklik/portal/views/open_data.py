"""Open data of a town: sets with their passports, issues as CSV and JSON, the register."""

import csv
from collections.abc import Sequence

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from otklik.common.models import Municipality
from otklik.common.today import today_in
from otklik.outreach.models import DatasetIssue, OpenDataset
from otklik.outreach.selectors import datasets_of, newest_issues, smallest_of
from otklik.portal.towns import in_town
from otklik.reports.open_data.passport import (
    TERMS,
    Links,
    as_json,
    as_list,
    as_meta,
    as_structure,
    passport_of,
)
from otklik.reports.open_data.services import next_day

VERSIONS = 24
PREVIEW = 12
CSV, JSON = "text/csv; charset=utf-8", "application/json; charset=utf-8"


@require_safe
@in_town
def sets(request: HttpRequest, town: Municipality) -> HttpResponse:
    """Every set with its newest issue, and on what terms data are used."""
    found = list(datasets_of(town))
    newest = newest_issues(found)
    rows = [(one, newest[one.pk]) for one in found if one.pk in newest]
    context = {"town": town, "tab": "data", "rows": rows, "terms": TERMS}
    return render(request, "portal/data/sets.html", context)


@require_safe
@in_town
def one(request: HttpRequest, town: Municipality, dataset: str) -> HttpResponse:
    """The passport of a set, its versions and the first rows of the newest."""
    found = _dataset(town, dataset)
    issues = _issues(found)
    newest = issues[0]
    rows = list(csv.reader(newest.csv.splitlines()[1 : PREVIEW + 1]))
    context = {
        "town": town,
        "tab": "data",
        "dataset": found,
        "issues": issues,
        "newest": newest,
        "fields": passport_of(found, issues, _links(town, found, issues)),
        "columns": newest.columns,
        "head": [title for _, title, _ in newest.columns],
        "rows": rows,
        "terms": TERMS,
        "least": smallest_of(town, today_in(town)),
        "next": next_day(newest.until),
    }
    return render(request, "portal/data/one.html", context)


@require_safe
@in_town
def table(request: HttpRequest, town: Municipality, dataset: str, number: int, form: str) -> HttpResponse:
    """An issue as it was published, in CSV or in JSON with its passport."""
    found = _dataset(town, dataset)
    issue = _kept(found).filter(number=number).first()
    if issue is None or form not in ("csv", "json"):
        raise Http404
    name = f"data-{timezone.localtime(issue.at):%Y%m%d}-structure-{issue.structure_on:%Y%m%d}.{form}"
    if form == "csv":
        return _file(issue.csv, CSV, name)
    fields = passport_of(found, [issue], _links(town, found, [issue]))
    return _file(as_json(fields, issue), JSON, name)


@require_safe
@in_town
def structure(request: HttpRequest, town: Municipality, dataset: str) -> HttpResponse:
    """What the columns of the newest issue mean."""
    found = _dataset(town, dataset)
    newest = _issues(found)[0]
    return _file(as_structure(newest, found.key), CSV, f"structure-{newest.structure_on:%Y%m%d}.csv")


@require_safe
@in_town
def meta(request: HttpRequest, town: Municipality, dataset: str) -> HttpResponse:
    """The passport as a table."""
    found = _dataset(town, dataset)
    issues = _issues(found)
    return _file(as_meta(passport_of(found, issues, _links(town, found, issues))), CSV, "meta.csv")


@require_safe
@in_town
def register(request: HttpRequest, town: Municipality) -> HttpResponse:
    """The register of sets as a table."""
    found = list(datasets_of(town))
    newest = newest_issues(found)
    rows = [(one, _whole("portal:data_meta", town, one.key)) for one in found if one.pk in newest]
    return _file(as_list(rows), CSV, "list.csv")


def _dataset(town: Municipality, key: str) -> OpenDataset:
    """A set that has been published at least once; a stopped one keeps its page."""
    found = datasets_of(town).filter(key=key).select_related("municipality").first()
    if found is None or found.first_issued_on is None:
        raise Http404
    return found


def _kept(dataset: OpenDataset) -> QuerySet[DatasetIssue]:
    return DatasetIssue.objects.filter(dataset=dataset).select_related("municipality")


def _issues(dataset: OpenDataset) -> list[DatasetIssue]:
    return list(_kept(dataset)[:VERSIONS])


def _links(town: Municipality, dataset: OpenDataset, issues: Sequence[DatasetIssue]) -> list[Links]:
    return [
        Links(
            csv=_whole("portal:data_table", town, dataset.key, issue.number, "csv"),
            structure=_whole("portal:data_structure", town, dataset.key),
        )
        for issue in issues
    ]


def _whole(name: str, town: Municipality, *args: object) -> str:
    return settings.PUBLIC_URL.rstrip("/") + reverse(name, args=[town.key, *args])


def _file(content: str, kind: str, name: str) -> HttpResponse:
    """A file for programs: other sites may read it."""
    return HttpResponse(
        content.encode(),
        content_type=kind,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Access-Control-Allow-Origin": "*",
        },
    )
