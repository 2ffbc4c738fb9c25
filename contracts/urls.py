"""Addresses of the contract desk."""

from django.urls import path

from contracts.views import call_offs, cancellation, contract, contracts, payments

app_name = "contracts"
urlpatterns = [
    path("tenders/<str:reference>/contracts/", contracts.contracts, name="contracts"),
    path("tenders/<str:reference>/contracts/draft/", contracts.draft, name="draft"),
    path("tenders/<str:reference>/contracts/<uuid:contract_id>/", contract.contract, name="contract"),
    path("tenders/<str:reference>/contracts/<uuid:contract_id>/agreement.pdf", contract.agreement, name="agreement"),
    path("tenders/<str:reference>/contracts/<uuid:contract_id>/approve/", contract.approve, name="approve"),
    path("tenders/<str:reference>/contracts/<uuid:contract_id>/sign/", contract.sign, name="sign"),
    path("tenders/<str:reference>/contracts/<uuid:contract_id>/milestones/", contracts.plan, name="plan"),
    path("tenders/<str:reference>/contracts/<uuid:contract_id>/start/", contract.start, name="start"),
    path("tenders/<str:reference>/contracts/<uuid:contract_id>/complete/", contract.complete, name="complete"),
    path("tenders/<str:reference>/contracts/<uuid:contract_id>/terminate/", contracts.terminate, name="terminate"),
    path("tenders/<str:reference>/payments/", payments.payments, name="payments"),
    path("tenders/<str:reference>/payments/<uuid:payment_id>/", payments.payment, name="payment"),
    path("tenders/<str:reference>/payments/<uuid:payment_id>/accept/", payments.accept, name="accept"),
    path("tenders/<str:reference>/payments/<uuid:payment_id>/approve/", payments.approve, name="approve_payment"),
    path("tenders/<str:reference>/payments/<uuid:payment_id>/refuse/", payments.refuse, name="refuse"),
    path("tenders/<str:reference>/payments/<uuid:payment_id>/send/", payments.send, name="send"),
    path("tenders/<str:reference>/payments/<uuid:payment_id>/register/", payments.register, name="register"),
    path("tenders/<str:reference>/milestones/<uuid:milestone_id>/payment/", payments.request, name="request_payment"),
    path("tenders/<str:reference>/call-offs/new/", call_offs.start, name="start_call_off"),
    path("tenders/<str:reference>/call-offs/announce/", call_offs.announce, name="announce_call_off"),
    path("tenders/<str:reference>/cancellation/", cancellation.cancellation, name="cancellation"),
    path("tenders/<str:reference>/cancellation/approve/", cancellation.cancel, name="cancel"),
    path("tenders/<str:reference>/cancellation/return/", cancellation.return_cancellation, name="return_cancellation"),
]
