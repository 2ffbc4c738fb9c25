"""Addresses of the buyer's desk. `<reference>` alone is the cover page, which the window owns."""

from django.urls import path

from tenders.views import dialogue

app_name = "tenders"
urlpatterns = [
    path("tenders/", dialogue.tender_list, name="list"),
    path("tenders/<str:reference>/questions/", dialogue.questions, name="questions"),
    path("tenders/<str:reference>/questions/<uuid:question_id>/", dialogue.answer, name="answer"),
    path("tenders/<str:reference>/follow/", dialogue.follow, name="follow"),
]
