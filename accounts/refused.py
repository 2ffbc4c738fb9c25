"""The expected «no»."""

from typing import TYPE_CHECKING

from django.utils import translation

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise


class Refused(Exception):
    """A step that is not allowed now or for this person, with the reason worded for the person who asks.

    Everything else that goes wrong is a fault and crashes loudly.
    """

    def __init__(self, reason: "_StrOrPromise") -> None:
        super().__init__(reason)
        self.reason = reason
        self.command = ""

    def __str__(self) -> str:
        return str(self.reason)

    @property
    def for_the_record(self) -> str:
        """The reason in the language of the source, so that the journal reads the same for everybody."""
        with translation.override(None):
            return str(self.reason)
