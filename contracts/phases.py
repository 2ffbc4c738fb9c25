"""The life of a contract and of a payment request, whole on one screen."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role, Steps


class ContractPhase(models.TextChoices):
    DRAFT = "draft", _("Draft")
    APPROVED = "approved", _("Approved, to be signed")
    SIGNED = "signed", _("Signed")
    RUNNING = "running", _("Running")
    COMPLETED = "completed", _("Completed")
    TERMINATED = "terminated", _("Ended early")


class PaymentPhase(models.TextChoices):
    REQUESTED = "requested", _("Requested")
    ACCEPTED = "accepted", _("Delivery accepted")
    APPROVED = "approved", _("Approved for payment")
    SENT = "sent", _("Sent to accounting")
    PAID = "paid", _("Paid")
    REFUSED = "refused", _("Refused")


_MANAGE = (Role.CONTRACT_MANAGER, Role.OFFICER)

CONTRACT_STEPS: Steps = {
    (ContractPhase.DRAFT, ContractPhase.APPROVED): (Role.APPROVER, "contracts.approve_contract"),
    (ContractPhase.APPROVED, ContractPhase.SIGNED): ((Role.SUPPLIER, Role.APPROVER), "contracts.sign_contract"),
    (ContractPhase.SIGNED, ContractPhase.RUNNING): (_MANAGE, "contracts.start_contract"),
    (ContractPhase.RUNNING, ContractPhase.COMPLETED): (_MANAGE, "contracts.complete_contract"),
    **{
        (phase, ContractPhase.TERMINATED): (Role.APPROVER, "contracts.terminate_contract")
        for phase in (ContractPhase.DRAFT, ContractPhase.APPROVED, ContractPhase.SIGNED, ContractPhase.RUNNING)
    },
}
CONTRACT_FINAL = {ContractPhase.COMPLETED, ContractPhase.TERMINATED}

PAYMENT_STEPS: Steps = {
    (PaymentPhase.REQUESTED, PaymentPhase.ACCEPTED): (_MANAGE, "contracts.accept_delivery"),
    (PaymentPhase.REQUESTED, PaymentPhase.REFUSED): (_MANAGE, "contracts.refuse_payment"),
    (PaymentPhase.ACCEPTED, PaymentPhase.REFUSED): (Role.APPROVER, "contracts.refuse_payment"),
    (PaymentPhase.ACCEPTED, PaymentPhase.APPROVED): (Role.APPROVER, "contracts.approve_payment"),
    (PaymentPhase.APPROVED, PaymentPhase.SENT): (_MANAGE, "contracts.send_payment"),
    (PaymentPhase.SENT, PaymentPhase.PAID): (_MANAGE, "contracts.register_payment"),
}
PAYMENT_FINAL = {PaymentPhase.PAID, PaymentPhase.REFUSED}
