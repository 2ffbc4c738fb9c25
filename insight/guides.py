"""Plain guides for those who suggest solutions and those who buy: which there are, and what each is called.

The texts are files, one per language: `templates/guides/<slug>/<language>.html`. See docs/decisions/0018.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise


@dataclass(frozen=True)
class Guide:
    """One guide: the last part of its address, and its heading."""

    slug: str
    title: "_StrOrPromise"

    def text(self, language: str) -> str:
        """The file with the text in that language."""
        return f"guides/{self.slug}/{language}.html"


FOR_SUPPLIERS = (
    Guide("worth-it", _("Is it worth it?")),
    Guide("market-dialogue", _("Talk with Nav before the tender is announced")),
    Guide("idea-sketch", _("Write a good idea sketch in an evening")),
    Guide("price", _("Offer a price when price counts")),
    Guide("sealed", _("What is sealed, and who sees what when")),
    Guide("after-the-deadline", _("What happens after the deadline")),
    Guide("agreement", _("Agreement, milestones and getting paid")),
    Guide("prequalification", _("Prequalification: when you need it, and how")),
)
FOR_BUYERS = (
    Guide("need", _("Describe a need, not a solution")),
    Guide("value", _("What the purchase is worth, and which rules follow")),
    Guide("threshold", _("Let new suppliers over the threshold")),
    Guide("criteria", _("Criteria and weights that let new ones through")),
    Guide("market", _("Talk to the market and answer questions")),
    Guide("panel", _("Panel, ties and blind scoring")),
    Guide("letters", _("Grounds and letters")),
    Guide("contracts", _("Contract, and paying on time")),
    Guide("call-offs", _("Framework agreements and call-offs")),
)
GUIDES = {guide.slug: guide for guide in (*FOR_SUPPLIERS, *FOR_BUYERS)}
