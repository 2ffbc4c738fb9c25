from django.urls import path

from letters import views

app_name = "letters"
urlpatterns = [
    path("letters/", views.letters, name="letters"),
    path("letters/<uuid:letter_id>/", views.letter, name="letter"),
    path("letters/<uuid:letter_id>/letter.pdf", views.letter_pdf, name="pdf"),
    path("letters/<uuid:letter_id>/page/", views.letter_page, name="page"),
]
