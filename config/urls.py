"""Addresses. They read as the path a procurement goes; see docs/decisions for what may be public."""

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path("", include("insight.urls")),
    path("", include("accounts.urls")),
    path("accounts/", include("allauth.account.urls")),
    path("", include("contracts.urls")),
    path("", include("evaluation.urls")),
    path("", include("suppliers.urls")),
    path("", include("tenders.urls")),
    path("", include("letters.urls")),
]
handler400 = "accounts.views.bad_request"
if settings.DEMO:
    urlpatterns.append(path("demo/", include("demo.urls")))
