"""That a sketch was handed in before an amendment, in words. Pure."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from suppliers.queries.confirmations import Mark

Marks = Mapping[UUID, Sequence[Mark]]


def before_amendments(marks: Sequence[Mark]) -> str:
    """«Levert før endring 1, bekreftet. Levert før endring 2, ikke bekreftet.»; «» when nothing came after it."""
    said = {
        True: _("Handed in before amendment %(no)d, confirmed."),
        False: _("Handed in before amendment %(no)d, not confirmed."),
    }
    return " ".join(said[mark.confirmed] % {"no": mark.no} for mark in marks)
