"""The form that other sites show inside their pages; apart from /p/, for its policy alone names other sites."""

from django.urls import path

from otklik.portal.views import widget

app_name = "widget"
urlpatterns = [path("<slug:key>/", widget.widget, name="form")]
