from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("language/", views.set_language, name="set_language"),
    path("roles/", views.roles, name="roles"),
    path("roles/<uuid:key>/end/", views.end, name="end_role"),
]
