"""The life of a prequalification and of a submission, whole on one screen."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role, Steps


class PrequalificationPhase(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    QUESTION = "question", _("Question to the applicant")
    QUALIFIED = "qualified", _("Qualified")
    REFUSED = "refused", _("Not qualified")


class SubmissionPhase(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Handed in")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    OPENED = "opened", _("Opened")


PREQUALIFICATION_STEPS: Steps = {
    (PrequalificationPhase.DRAFT, PrequalificationPhase.SUBMITTED): (Role.SUPPLIER, "suppliers.apply_for_prequalification"),
    (PrequalificationPhase.SUBMITTED, PrequalificationPhase.QUESTION): (Role.REVIEWER, "suppliers.ask_applicant"),
    (PrequalificationPhase.QUESTION, PrequalificationPhase.SUBMITTED): (Role.SUPPLIER, "suppliers.answer_reviewer"),
    (PrequalificationPhase.SUBMITTED, PrequalificationPhase.QUALIFIED): (Role.REVIEWER, "suppliers.decide_prequalification"),
    (PrequalificationPhase.SUBMITTED, PrequalificationPhase.REFUSED): (Role.REVIEWER, "suppliers.decide_prequalification"),
}
PREQUALIFICATION_FINAL = {PrequalificationPhase.QUALIFIED, PrequalificationPhase.REFUSED}

SUBMISSION_STEPS: Steps = {
    (SubmissionPhase.DRAFT, SubmissionPhase.SUBMITTED): (Role.SUPPLIER, "suppliers.submit_submission"),
    (SubmissionPhase.SUBMITTED, SubmissionPhase.DRAFT): (Role.SUPPLIER, "suppliers.take_back_submission"),
    (SubmissionPhase.SUBMITTED, SubmissionPhase.WITHDRAWN): (Role.SUPPLIER, "suppliers.withdraw_submission"),
    (SubmissionPhase.SUBMITTED, SubmissionPhase.OPENED): ((Role.OFFICER, Role.APPROVER), "evaluation.open_stage"),
}
SUBMISSION_FINAL = {SubmissionPhase.WITHDRAWN, SubmissionPhase.OPENED}
