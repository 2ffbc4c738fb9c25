"""Addresses of the panel's desk."""

from django.urls import path

from evaluation.views import opening, submissions

app_name = "evaluation"
urlpatterns = [
    path("tenders/<str:reference>/opening/", opening.opening, name="opening"),
    path("tenders/<str:reference>/opening/press/", opening.press, name="press"),
    path("tenders/<str:reference>/opening/protocol.pdf", opening.protocol, name="protocol"),
    path("tenders/<str:reference>/submissions/", submissions.submissions, name="submissions"),
    path("tenders/<str:reference>/submissions/<uuid:submission_id>/", submissions.submission, name="submission"),
    path("tenders/<str:reference>/submissions/<uuid:submission_id>/files/<uuid:attachment_id>/", submissions.file, name="file"),
]
