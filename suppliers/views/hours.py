"""How many hours it took: answered, changed or taken back in one click."""

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import clock
from accounts.http import SignedIn, once, wished_path
from suppliers.commands.tell_hours_spent import tell_hours_spent
from suppliers.forms.hours import HoursForm
from suppliers.views.submission_desk import desk_of

NO_ANSWER = -1


@require_POST
def hours_spent(request: SignedIn, reference: str, no: int) -> HttpResponse:
    """Keep the answer, and go back to the page that asked."""
    desk, form = desk_of(request, reference, no), HoursForm(request.POST)
    lowest = form.cleaned_data["hours"] if form.is_valid() else NO_ANSWER

    def act() -> str:
        tell_hours_spent(submission_id=desk.own.pk, lowest=lowest, by=request.user, at=clock.now())
        messages.success(request, _("Your answer is taken back.") if lowest is None else _("Thank you. Your answer is kept."))
        return wished_path(request) or desk.to.receipt

    return once(request, act)
