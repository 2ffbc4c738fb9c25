"""What the approver of a call-off sees of who is invited."""

from django import template

from accounts import clock
from accounts.local_time import oslo_day
from accounts.models import Organisation
from contracts.queries.frameworks import suppliers_in
from tenders.models import Tender

register = template.Library()


@register.simple_tag
def invited_to(call_off: Tender) -> list[Organisation]:
    """Everybody in the framework agreement today. `{% invited_to tender as invited %}`"""
    return suppliers_in(call_off.framework, on=oslo_day(clock.now())) if call_off.framework else []
