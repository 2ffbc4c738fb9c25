"""Who at Nav answers for what: each task with a name and how to reach them."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from accounts.words_field import LineField
from tenders.forms.group import Group
from tenders.forms.section import SectionForm
from tenders.models import TeamMember, Tender

_EXPLAINED = {
    TeamMember.Task.NEED_OWNER: _("Knows the need best, and says what a good solution must change."),
    TeamMember.Task.PROJECT_LEAD: _("Leads the work. Everybody sees this name and address on the page of the tender."),
    TeamMember.Task.CONTRACT: _("Answers for the agreement and for the rules."),
    TeamMember.Task.GUIDE: _("Guides those who are chosen through the development, and Nav through the StartOff process."),
}
_SPELT = {"invalid": _("Write the address like this: name@nav.no."), "max_length": _("Write an address of at most 254 signs.")}
_DIGITS = RegexValidator(r"^\+?[0-9][0-9 ]{4,18}$", _("Write the number with digits, for example 55 55 33 33."))


class TeamForm(SectionForm):
    """For each task `<task>_name`, `<task>_email` and `<task>_phone`."""

    def __init__(self, data: Any, *, tender: Tender) -> None:
        # A start-up guide is part of StartOff
        startoff = tender.procedure == Tender.Procedure.IDEA_COMPETITION
        self.tasks = [task for task in TeamMember.Task if task != TeamMember.Task.GUIDE or startoff]
        super().__init__(data, tender=tender)
        for task in self.tasks:
            self.fields[f"{task.value}_name"] = LineField(label=_("Name"), max_length=80, sometimes=True, required=False)
            self.fields[f"{task.value}_email"] = EmailField()
            self.fields[f"{task.value}_phone"] = LineField(label=_("Phone"), max_length=20, required=False, validators=[_DIGITS])

    def stored(self) -> dict[str, Any]:
        team = {member.task: member for member in self.tender.team.all()}
        names = ("name", "email", "phone")
        return {f"{task}_{name}": getattr(member, name) for task, member in team.items() for name in names}

    def clean(self) -> dict[str, Any]:
        """A name without an address cannot be reached, and an address without a name is nobody."""
        cleaned = super().clean() or {}
        for task in (one.value for one in self.tasks):
            name, email = cleaned.get(f"{task}_name"), cleaned.get(f"{task}_email")
            if email and name == "":
                self.add_error(f"{task}_name", _("Write whose address this is."))
            if (name or cleaned.get(f"{task}_phone")) and email == "":
                self.add_error(f"{task}_email", _("Write the e-mail address too."))
        return cleaned

    def groups(self) -> list[Group]:
        parts = ("name", "email", "phone")
        return [Group(str(task.label), [self[f"{task.value}_{part}"] for part in parts], text=_EXPLAINED[task]) for task in self.tasks]


class EmailField(forms.EmailField):
    """The address of somebody who has no account; needed when there is a name."""

    sometimes = True

    def __init__(self) -> None:
        widget = forms.EmailInput(attrs={"autocomplete": "off"})
        super().__init__(label=_("E-mail address"), max_length=254, required=False, widget=widget, error_messages=_SPELT)
