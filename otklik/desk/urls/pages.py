"""Addresses of the room «Слово», official pages: the register, publications, dialogue, media, releases, open data."""

from django.urls import path

from otklik.desk.views import media, open_sets, pages, publications, releases

urlpatterns = [
    path("pages/", pages.pages, name="pages"),
    path("pages/new/", pages.edit, name="page_new"),
    path("pages/audit.<str:form>", pages.audit, name="pages_audit"),
    path("pages/<int:key>/", pages.page, name="page"),
    path("pages/<int:key>/edit/", pages.edit, name="page_edit"),
    path("pages/<int:key>/check/", pages.check, name="page_check"),
    path("pages/<int:key>/close/", pages.close, name="page_close"),
    path("pages/<int:key>/law/", pages.law, name="page_law"),
    path("pages/publications/", publications.publications, name="publications"),
    path("pages/publications/new/", publications.publication_new, name="publication_new"),
    path("pages/publications/<int:key>/strike/", publications.publication_strike, name="publication_strike"),
    path("pages/publications/<int:key>/copy/", publications.publication_copy, name="publication_copy"),
    path("pages/dialogue/", publications.dialogue, name="dialogue"),
    path("pages/media/", media.media, name="media"),
    path("pages/media/new/", media.outlet_edit, name="outlet_new"),
    path("pages/media/<int:key>/", media.outlet, name="outlet"),
    path("pages/media/<int:key>/edit/", media.outlet_edit, name="outlet_edit"),
    path("pages/media/<int:key>/close/", media.outlet_close, name="outlet_close"),
    path("pages/media/<int:key>/contact/", media.contact_new, name="contact_new"),
    path("pages/media/<int:key>/talk/", media.talk_new, name="talk_new"),
    path("pages/media/contacts/<int:key>/withdraw/", media.contact_withdraw, name="contact_withdraw"),
    path("pages/media/talks/<int:key>/answer/", media.talk_answer, name="talk_answer"),
    path("pages/releases/", releases.releases, name="releases"),
    path("pages/releases/new/", releases.release_edit, name="release_new"),
    path("pages/releases/<int:number>/", releases.release, name="release"),
    path("pages/releases/<int:number>/edit/", releases.release_edit, name="release_edit"),
    path("pages/releases/<int:number>/ask/", releases.ask, name="release_ask"),
    path("pages/releases/<int:number>/approve/", releases.approve, name="release_approve"),
    path("pages/releases/<int:number>/return/", releases.send_back, name="release_return"),
    path("pages/releases/<int:number>/send/", releases.send, name="release_send"),
    path("pages/releases/<int:number>/withdraw/", releases.withdraw, name="release_withdraw"),
    path("pages/releases/<int:number>/release.<str:form>", releases.paper, name="release_paper"),
    path("pages/data/", open_sets.open_data, name="open_data"),
    path("pages/data/<slug:key>/", open_sets.passport, name="open_passport"),
    path("pages/data/<slug:key>/issue/", open_sets.issue_now, name="open_issue"),
    path("pages/data/<slug:key>/switch/", open_sets.switch, name="open_switch"),
]
