"""Addresses of the window. A reference is recognised by its shape, so that /tenders/new/ stays the buyer's desk's."""

from django.urls import path, re_path

from insight.views import case, front, guides, health, journal, work

app_name = "insight"
urlpatterns = [
    path("", front.front, name="front"),
    path("my/", work.my, name="my_work"),
    re_path(r"^tenders/(?P<reference>[0-9]{4}-[0-9]{3,5})/$", case.tender, name="tender"),
    path("tenders/<str:reference>/preview/", case.preview, name="preview"),
    path("tenders/<str:reference>/journal/", journal.case_journal, name="case_journal"),
    path("journal/", journal.journal, name="journal"),
    path("guides/", guides.guides, name="guides"),
    path("guides/<slug:slug>/", guides.guide, name="guide"),
    *(path(f"about/{page}/", guides.about, {"page": page}, name=f"about_{page}") for page in guides.ABOUT),
    path(".well-known/security.txt", guides.security_txt, name="security_txt"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
