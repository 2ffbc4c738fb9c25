"""What Nav writes to an applicant: the decision as a letter, questions and answers as short notices."""

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts import wording
from accounts.models import Organisation, Unit
from accounts.organisation_number import in_threes
from letters.drafts import NewLetter
from suppliers.models import PrequalificationDecision, ReviewQuestion


def decision_letter(decision: PrequalificationDecision) -> NewLetter:
    """The decision with its grounds, how long a yes holds, and how to complain; in the organisation's language."""
    organisation = decision.prequalification.organisation
    with translation.override(organisation.language):
        title = _("You are prequalified") if decision.qualified else _("You are not prequalified")
        sender = Unit.objects.get(kind=Unit.Kind.DIRECTORATE).name
        facts = {
            "language": organisation.language,
            "title": title,
            "sender": [sender],
            "recipient": [organisation.name, *organisation.address.splitlines(), in_threes(organisation.number)],
            "place_and_date": wording.day(decision.decided_at),
            "decision": decision,
            "organisation": organisation,
        }
        body = render_to_string("pdf/prequalification_decision.html", facts)
    return NewLetter(title=title, body=body, language=organisation.language, organisation=organisation)


def question_notice(organisation: Organisation) -> NewLetter:
    """Says that there is a question, not what it is: mail goes where it goes."""
    with translation.override(organisation.language):
        title = _("Nav has a question about your application for prequalification")
        body = _("Log in and answer it. Nav cannot decide before you have answered.")
    path = reverse("suppliers:prequalification", args=[organisation.number])
    return NewLetter(title=title, body=body, language=organisation.language, organisation=organisation, path=path)


def answer_notice(question: ReviewQuestion) -> NewLetter:
    """To the one who asked."""
    to = question.asked_by
    with translation.override(to.language):
        title = _("Your question about a prequalification has been answered")
        body = _("%(name)s has answered. The application waits for your decision.") % {"name": question.prequalification.organisation.name}
    path = reverse("suppliers:review", args=[question.prequalification_id])
    return NewLetter(title=title, body=body, language=to.language, user=to, path=path)
