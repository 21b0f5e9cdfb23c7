"""Open addresses of citizens: towns, one town's form, following by number and code, rating by a secret link."""

from django.urls import path

from otklik.portal.views import app, enter, follow, pages, rate, submit

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
    path("<slug:key>/enter/", enter.enter, name="enter"),
    path("<slug:key>/quit/", enter.leave, name="quit"),
    path("<slug:key>/app.webmanifest", app.manifest, name="manifest"),
    path("<slug:key>/sw.js", app.service_worker, name="service_worker"),
    path("<slug:key>/find/", follow.find, name="find"),
    path("<slug:key>/wait/", follow.wait, name="wait"),
    path("<slug:key>/c/<str:number>/", follow.case, name="case"),
    path("<slug:key>/c/<str:number>/photo/<int:file_id>/", follow.photo, name="photo"),
]
