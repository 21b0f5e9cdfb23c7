"""Addresses of the room «Положение»: clauses, parameters, topics, days, places, people, the journal."""

from django.urls import path

from otklik.desk.views import (
    calendar,
    charter,
    charter_versions,
    charter_wizard,
    competence,
    execution,
    journal,
    people,
    person,
    places,
    topics,
)

urlpatterns = [
    path("charter/", execution.duties, name="charter"),
    path("charter/clauses/<str:clause_id>/", execution.duty, name="clause"),
    path("charter/cadence/", execution.cadence, name="cadence"),
    path("charter/compare/", charter_versions.compare, name="charter_compare"),
    path("charter/new/", charter_wizard.new, name="charter_new"),
    path("charter/new/zip/", charter_wizard.archive, name="charter_new_zip"),
    path("charter/parameters/", charter.parameters, name="parameters"),
    path("charter/parameters/<str:key>/", charter.parameter, name="parameter"),
    path("charter/parameters/<str:key>/confirm/", charter.confirm, name="parameter_confirm"),
    path("charter/parameters/<str:key>/change/", charter.change, name="parameter_change"),
    path("topics/", topics.topics, name="topics"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/confirm/", calendar.confirm, name="calendar_confirm"),
    path("calendar/day/", calendar.change_day, name="calendar_day"),
    path("places/", places.places, name="places"),
    path("places/load/", places.load, name="places_load"),
    path("people/", people.people, name="people"),
    path("people/history/", competence.history, name="people_history"),
    path("people/history/act/", competence.act_new, name="people_act"),
    path("people/persons/", people.add_person, name="add_person"),
    path("people/persons/<int:key>/", person.account, name="person"),
    path("people/persons/<int:key>/close/", person.close, name="person_close"),
    path("people/persons/<int:key>/reopen/", person.reopen, name="person_reopen"),
    path("people/roles/", people.add_role, name="add_role"),
    path("people/roles/<int:key>/end/", people.drop_role, name="drop_role"),
    path("people/absences/", people.add_absence, name="add_absence"),
    path("people/specialists/", people.add_specialist, name="add_specialist"),
    path("journal/", journal.journal, name="journal"),
    path("journal/verify/", journal.verify, name="journal_verify"),
]
