"""`{% worded tender _("Withdraw the sketch") _("Withdraw the offer") %}` says the sentence that fits the tender."""

from django import template

from tenders.handed_in import worded

register = template.Library()

register.simple_tag(worded)
