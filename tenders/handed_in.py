"""What is handed in: a sketch in an idea competition, an offer elsewhere. Whole sentences, so that each is right in each language."""

from typing import TYPE_CHECKING

from tenders.models import Tender

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise


def worded(tender: Tender, of_sketch: "_StrOrPromise", of_offer: "_StrOrPromise") -> str:
    """The one of two sentences that fits the tender: «Withdraw the sketch», «Withdraw the offer»."""
    return str(of_offer if tender.takes_offers else of_sketch)
