"""Forms of the market dialogue. They check text and never save."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import DayField, LocalMomentField, field_of
from accounts.models import Organisation, User
from accounts.refused import Refused
from accounts.words_field import TextField, WordsField
from tenders.commands.log_contact import Contact
from tenders.forms.dialogue import MYSELF
from tenders.forms.fields import LineField
from tenders.meeting_plan import MeetingPlan
from tenders.models import MarketContact, MarketDialogue, Meeting, SignUp
from tenders.published_need import Invitation
from tenders.readiness import NotReady


def say_at_fields(form: forms.Form, refused: Refused) -> None:
    """The reason at the field it is about, else above the form."""
    if not isinstance(refused, NotReady):
        form.add_error(None, str(refused))
        return
    for missing in refused.missing:
        form.add_error(missing.field if missing.field in form.fields else None, str(missing.text))


class InvitationForm(forms.Form):
    """What the market is asked, by whom, and until when."""

    purpose = TextField(
        label=_("What do you wonder about?"),
        help_text=_("Write questions that somebody who might solve the need can answer. Everybody reads them."),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    input_until = LocalMomentField(
        label=_("Say what you think by"), help_text=_("Give the market time: two weeks or more. You can move it later.")
    )
    contact_name = LineField(label=_("Who can the market contact?"), help_text=_("A person in the unit, by name."), max_length=80)
    contact_email = forms.EmailField(label=_("E-mail of the contact"), max_length=254)
    contact_phone = LineField(label=_("Phone of the contact"), max_length=20, required=False)

    def __init__(self, data: Any, *, dialogue: MarketDialogue | None, by: User) -> None:
        shown = {name: getattr(dialogue, name) for name in self.base_fields} if dialogue else {}
        super().__init__(data, initial=shown or {"contact_name": by.name, "contact_email": by.email})

    @property
    def invitation(self) -> Invitation:
        return Invitation(**self.cleaned_data)


class EndDialogueForm(forms.Form):
    reason = WordsField(
        label=_("Why does it end without a tender?"),
        help_text=_("Everybody reads it on the page of the need, and all who follow are told."),
        max_words=200,
    )


class MeetingForm(forms.Form):
    kind = forms.ChoiceField(label=_("What kind of meeting?"), choices=Meeting.Kind.choices, widget=forms.RadioSelect)
    starts_at = LocalMomentField(label=_("Starts"))
    ends_at = LocalMomentField(label=_("Ends"))
    place = LineField(label=_("Where?"), help_text=_("A room, or the address of a video meeting. Everybody reads it."), max_length=200)
    places = forms.IntegerField(
        label=_("How many places?"),
        help_text=_("One for each organisation, however many of its people come. 1 when you meet one organisation at a time."),
        min_value=1,
        max_value=500,
    )
    sign_up_until = LocalMomentField(label=_("Sign up until"))
    agenda = TextField(
        label=_("What is the meeting about?"),
        help_text=_("Say also that what is told to all is published afterwards."),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, data: Any, *, meeting: Meeting | None = None) -> None:
        stands = {name: getattr(meeting, name) for name in self.base_fields} if meeting else {"kind": Meeting.Kind.OPEN}
        super().__init__(data, initial=stands)

    @property
    def plan(self) -> MeetingPlan:
        return MeetingPlan(**self.cleaned_data)


class CancelMeetingForm(forms.Form):
    reason = WordsField(
        label=_("Why is it cancelled?"), help_text=_("Everybody reads it, and those who have signed up are told."), max_words=100
    )


class JoinForm(forms.Form):
    """Who comes: an organisation one acts for, or oneself."""

    who = forms.ChoiceField(label=_("Who comes?"), widget=forms.RadioSelect)
    persons = forms.TypedChoiceField(
        label=_("How many of you?"), choices=[(no, no) for no in range(1, SignUp.MOST_PERSONS + 1)], coerce=int, initial=1
    )

    def __init__(self, data: Any, *, organisations: Sequence[Organisation], name: str) -> None:
        super().__init__(data, initial={"who": organisations[0].number if organisations else MYSELF})
        myself = (MYSELF, _("%(name)s, for nobody else") % {"name": name})
        field_of(self, "who", forms.ChoiceField).choices = [*((row.number, row.name) for row in organisations), myself]


class SharedForm(forms.Form):
    """What all are told of a contact."""

    shared = TextField(
        label=_("What are all told?"),
        help_text=_("What you said and showed, and material you got to share, word for word. No names."),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 7}),
    )


class ContactForm(forms.Form):
    kind = forms.ChoiceField(label=_("What kind of contact?"), choices=MarketContact.Kind.choices, widget=forms.RadioSelect)
    on = DayField(label=_("When?"))
    who = LineField(
        label=_("Who took part?"), help_text=_("People and organisations, from both sides. Only the staff sees it."), max_length=200
    )
    said = TextField(
        label=_("What was said?"), help_text=_("Only the staff sees it."), max_length=8000, widget=forms.Textarea(attrs={"rows": 6})
    )
    shared = TextField(
        label=_("What are all told?"),
        help_text=_("What you said and showed, and material you got to share, word for word. No names. You publish it afterwards."),
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    adviser = LineField(label=_("Which organisation has given advice?"), max_length=120, required=False)
    may_compete = forms.BooleanField(label=_("It may compete later"), required=False)
    remedy = TextField(
        label=_("How is it evened out?"),
        help_text=_(
            "For example: all are told the same, the deadline is longer, the scoring is blind."
            " Everybody reads it, with the name, when the tender is announced."
        ),
        max_length=2000,
        sometimes=True,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    @property
    def contact(self) -> Contact:
        return Contact(**self.cleaned_data)
