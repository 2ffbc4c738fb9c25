"""Words for what the walk along the chains found."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.journal import Broken

register = template.Library()

_FOUND = (
    gettext_noop("is missing"),
    gettext_noop("doesn't follow the line before it"),
    gettext_noop("was changed"),
    gettext_noop("is not the line that the head of the chain names"),
    gettext_noop("belongs to no chain"),
)


@register.filter
def broken_words(line: Broken) -> str:
    """What is wrong with the line, in the reader's language."""
    return _(line.what) if line.what in _FOUND else line.what


@register.filter
def chain_name(stream: str, called: dict[str, tuple[str, str]]) -> str:
    """The chain's name when it may be shown."""
    return called[stream][0] if stream in called else _("a chain that is not shown here")
