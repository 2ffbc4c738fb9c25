"""Addresses of the rehearsal, under /demo/."""

from django.urls import path

from demo import views

app_name = "demo"
urlpatterns = [
    path("", views.choose, name="choose"),
    path("become/", views.become, name="become"),
    path("time/", views.move, name="move"),
    path("mail/", views.mail_list, name="mail_list"),
    path("mail/<uuid:mail_id>/", views.mail, name="mail"),
]
