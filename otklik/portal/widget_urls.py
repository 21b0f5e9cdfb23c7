"""What other sites show inside their pages: the form, the block of deeds; apart from /p/: its policy names sites."""

from django.urls import path

from otklik.portal.views import statistics, widget

app_name = "widget"
urlpatterns = [
    path("<slug:key>/", widget.widget, name="form"),
    path("<slug:key>/done/", statistics.done_framed, name="done"),
]
