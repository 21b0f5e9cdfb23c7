"""Addresses of polls: the list and the maker, the queue of questions, results, proposals of discussions."""

from django.urls import path

from otklik.desk.views import poll_card, poll_deeds, poll_proposals, poll_queue, poll_results, polls

urlpatterns = [
    path("polls/", polls.polls, name="polls"),
    path("polls/new/", polls.new, name="poll_new"),
    path("polls/queue/", poll_queue.queue, name="poll_queue"),
    path("polls/queue/again/", poll_queue.again, name="poll_queue_again"),
    path("polls/queue/<int:key>/do/<slug:name>/", poll_queue.question, name="poll_queue_deed"),
    path("polls/signs/<int:key>/", poll_deeds.sign, name="poll_sign"),
    path("polls/steps/<int:key>/do/<slug:name>/", poll_deeds.step, name="poll_step"),
    path("polls/proposals/<int:key>/do/<slug:name>/", poll_proposals.proposal, name="poll_proposal"),
    path("polls/<int:key>/", poll_card.poll, name="poll"),
    path("polls/<int:key>/edit/", polls.edit, name="poll_edit"),
    path("polls/<int:key>/questions/<int:place>/", polls.question, name="poll_question"),
    path(
        "polls/<int:key>/questions/<int:place>/do/<slug:name>/",
        polls.question_deed,
        name="poll_question_deed",
    ),
    path("polls/<int:key>/preview/", polls.preview, name="poll_preview"),
    path("polls/<int:key>/response/", poll_card.response, name="poll_response"),
    path("polls/<int:key>/results/", poll_results.results, name="poll_results"),
    path("polls/<int:key>/proposals/", poll_proposals.proposals, name="poll_proposals"),
    path("polls/<int:key>/protocol.<str:form>", poll_results.protocol, name="poll_protocol"),
    path("polls/<int:key>/do/<slug:name>/", poll_deeds.deed, name="poll_deed"),
]
