"""Addresses of information risks in the room «Слово»: the list, the card and its deeds, the daily watch, the chat."""

from django.urls import path

from otklik.desk.views import risk_chat, risk_figures, risk_list, risk_watch, risks

urlpatterns = [
    path("risks/", risk_list.risks, name="risks"),
    path("risks/new/", risks.new, name="risk_new"),
    path("risks/watch/", risk_watch.watch, name="risk_watch"),
    path("risks/watch/nothing/", risk_watch.nothing, name="risk_nothing"),
    path("risks/watch/pages/", risk_watch.add_page, name="risk_page_new"),
    path("risks/watch/pages/<int:key>/look/", risk_watch.look, name="risk_look"),
    path("risks/watch/pages/<int:key>/leave/", risk_watch.leave_page, name="risk_page_leave"),
    path("risks/watch/sightings/<int:key>/dismiss/", risk_watch.dismiss, name="risk_dismiss"),
    path("risks/prone/", risk_watch.prone, name="risk_prone"),
    path("risks/prone/new/", risk_watch.add_prone, name="risk_prone_new"),
    path("risks/prone/<int:key>/strike/", risk_watch.strike_prone, name="risk_prone_strike"),
    path("risks/chat/", risk_chat.chat, name="risk_chat"),
    path("risks/chat/<int:key>/tie/", risk_chat.tie, name="risk_tie"),
    path("risks/chat/<int:key>/sent/", risk_chat.sent, name="risk_sent"),
    path("risks/figures/", risk_figures.figures, name="risk_figures"),
    path("risks/<int:key>/", risks.risk, name="risk"),
    path("risks/<int:key>/edit/", risks.edit, name="risk_edit"),
    path("risks/<int:key>/errand/", risks.errand, name="risk_errand"),
    path("risks/<int:key>/files/<slug:kind>/", risks.file, name="risk_file"),
    path("risks/<int:key>/do/<slug:name>/", risks.deed, name="risk_deed"),
]
