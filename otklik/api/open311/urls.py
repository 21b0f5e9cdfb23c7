"""/api/open311/…: the format stands at the end of each address, as the standard wants it."""

from django.urls import path

from otklik.api.open311 import views

app_name = "open311"
urlpatterns = [
    path("discovery.<slug:form>", views.discovery, name="discovery"),
    path("v2/services.<slug:form>", views.services, name="services"),
    path("v2/services/<slug:code>.<slug:form>", views.service_definition, name="service"),
    path("v2/requests.<slug:form>", views.requests, name="requests"),
    path("v2/requests/<str:number>.<slug:form>", views.one_request, name="request"),
    path("v2/tokens/<slug:token>.<slug:form>", views.token, name="token"),
]
