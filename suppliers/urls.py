from django.urls import path

from suppliers.views import prequalification, registration, review

app_name = "suppliers"
urlpatterns = [
    path("suppliers/", registration.directory, name="directory"),
    path("suppliers/register/", registration.register, name="register"),
    path("suppliers/prequalifications/", review.prequalifications, name="prequalifications"),
    path("suppliers/prequalifications/<uuid:key>/", review.review, name="review"),
    path("suppliers/prequalifications/<uuid:key>/question/", review.ask, name="ask_applicant"),
    path("suppliers/<str:number>/", registration.organisation, name="organisation"),
    path("suppliers/<str:number>/description/", registration.describe, name="describe"),
    path("suppliers/<str:number>/prequalification/", prequalification.prequalification, name="prequalification"),
    path("suppliers/<str:number>/prequalification/start/", prequalification.start, name="start_prequalification"),
    path("suppliers/<str:number>/prequalification/declaration/", prequalification.declaration, name="declaration"),
    path("suppliers/<str:number>/prequalification/declaration/save/", prequalification.save, name="save_declaration"),
]
