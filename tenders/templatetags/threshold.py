"""What the threshold check needs to be shown."""

from django import template
from django.utils.translation import gettext as _

from accounts.page_parts import Tag
from tenders.amendment_words import LABELS
from tenders.threshold.demands import HEAVY, SHUTS_OUT
from tenders.threshold.effort import hours_said
from tenders.threshold.rules import title_of

register = template.Library()

register.filter("hours", hours_said)
register.filter("rule_title", title_of)


@register.filter
def weight_tag(weight: str) -> Tag:
    """What a finding does, in two words."""
    if weight == SHUTS_OUT:
        return Tag(_("Shuts out"), "danger")
    return Tag(_("Makes it heavy"), "warning") if weight == HEAVY else Tag(_("Hard to read"), "neutral")


@register.filter
def field_words(name: str) -> str:
    """What a text is called in the announcement."""
    return str(LABELS.get(name) or _("The heading"))
