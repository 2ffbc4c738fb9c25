from django.urls import path, register_converter

from suppliers.views import handing_in, hours, prequalification, receipt, registration, review, submission

STAGE = "tenders/<str:reference>/stages/<int:no>/"


class OrganisationNumber:
    """Nine digits in an address; anything else is not found."""

    regex = "[0-9]{9}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(OrganisationNumber, "number")

app_name = "suppliers"
urlpatterns = [
    path("suppliers/", registration.directory, name="directory"),
    path("suppliers/register/", registration.register, name="register"),
    path("suppliers/prequalifications/", review.prequalifications, name="prequalifications"),
    path("suppliers/prequalifications/<uuid:key>/", review.review, name="review"),
    path("suppliers/prequalifications/<uuid:key>/question/", review.ask, name="ask_applicant"),
    path("suppliers/<number:number>/", registration.organisation, name="organisation"),
    path("suppliers/<number:number>/description/", registration.describe, name="describe"),
    path("suppliers/<number:number>/prequalification/", prequalification.prequalification, name="prequalification"),
    path("suppliers/<number:number>/prequalification/start/", prequalification.start, name="start_prequalification"),
    path("suppliers/<number:number>/prequalification/declaration/", prequalification.declaration, name="declaration"),
    path("suppliers/<number:number>/prequalification/declaration/save/", prequalification.save, name="save_declaration"),
    path(f"{STAGE}submission/", submission.submission, name="submission"),
    path(f"{STAGE}submission/start/", submission.start, name="start_submission"),
    path(f"{STAGE}submission/save/", submission.save, name="save_draft"),
    path(f"{STAGE}submission/missing/", submission.missing, name="missing"),
    path(f"{STAGE}submission/attachments/<uuid:key>/", submission.attachment, name="attachment"),
    path(f"{STAGE}submission/review/", handing_in.review, name="review_submission"),
    path(f"{STAGE}submission/submit/", handing_in.submit, name="submit"),
    path(f"{STAGE}submission/take-back/", handing_in.take_back, name="take_back"),
    path(f"{STAGE}submission/confirm/", handing_in.confirm, name="confirm_submission"),
    path(f"{STAGE}submission/withdraw/", handing_in.withdraw, name="withdraw"),
    path(f"{STAGE}hours/", hours.hours_spent, name="hours_spent"),
    path(f"{STAGE}receipt/", receipt.receipt, name="receipt"),
    path(f"{STAGE}receipt.pdf", receipt.receipt_pdf, name="receipt_pdf"),
    path(f"{STAGE}receipt.json", receipt.receipt_json, name="receipt_json"),
    path("receipts/verify/", receipt.verify_receipt, name="verify_receipt"),
]
