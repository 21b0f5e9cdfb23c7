"""Open addresses of citizens: towns, one town's form, following by number and code, rating by a secret link."""

from django.urls import path

from otklik.portal.views import (
    app,
    discussion,
    enter,
    follow,
    open_data,
    pages,
    polls,
    rate,
    statistics,
    submit,
)

app_name = "portal"
urlpatterns = [
    path("", pages.towns, name="towns"),
    path("rate/<str:token>/", rate.rate, name="rate"),
    path("<slug:key>/", submit.submit, name="submit"),
    path("<slug:key>/place/", submit.place, name="place"),
    path("<slug:key>/map/", submit.map_data, name="map"),
    path("<slug:key>/paper/", submit.paper, name="paper"),
    path("<slug:key>/consent/", pages.consent, name="consent"),
    path("<slug:key>/machine/", pages.machine, name="machine"),
    path("<slug:key>/done/", statistics.done, name="done"),
    path("<slug:key>/pages/", pages.official, name="pages"),
    path("<slug:key>/statistics/", statistics.statistics, name="statistics"),
    path("<slug:key>/data/", open_data.sets, name="data"),
    path("<slug:key>/data/list.csv", open_data.register, name="data_register"),
    path("<slug:key>/data/<slug:dataset>/", open_data.one, name="dataset"),
    path("<slug:key>/data/<slug:dataset>/meta.csv", open_data.meta, name="data_meta"),
    path("<slug:key>/data/<slug:dataset>/structure.csv", open_data.structure, name="data_structure"),
    path(
        "<slug:key>/data/<slug:dataset>/<int:number>.<str:form>",
        open_data.table,
        name="data_table",
    ),
    path("<slug:key>/enter/", enter.enter, name="enter"),
    path("<slug:key>/quit/", enter.leave, name="quit"),
    path("<slug:key>/app.webmanifest", app.manifest, name="manifest"),
    path("<slug:key>/sw.js", app.service_worker, name="service_worker"),
    path("<slug:key>/polls/", polls.polls, name="polls"),
    path("<slug:key>/polls/<int:number>/", polls.poll, name="poll"),
    path("<slug:key>/polls/<int:number>/code/", discussion.code, name="poll_code"),
    path("<slug:key>/polls/<int:number>/receipt/", polls.receipt, name="receipt"),
    path("<slug:key>/polls/<int:number>/receipts.txt", polls.receipts, name="receipts"),
    path("<slug:key>/polls/<int:number>/propose/", discussion.propose, name="propose"),
    path("<slug:key>/polls/<int:number>/mine/", discussion.mine, name="proposal"),
    path("<slug:key>/polls/<int:number>/support/<int:proposal>/", discussion.support, name="support"),
    path("<slug:key>/find/", follow.find, name="find"),
    path("<slug:key>/wait/", follow.wait, name="wait"),
    path("<slug:key>/c/<str:number>/", follow.case, name="case"),
    path("<slug:key>/c/<str:number>/photo/<int:file_id>/", follow.photo, name="photo"),
]
