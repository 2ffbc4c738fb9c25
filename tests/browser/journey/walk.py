"""Who takes part in the journey, each in a browser of their own; where they are, and when it is."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.core.management import call_command
from playwright.sync_api import Page

from accounts.models import User
from evaluation.queries import opened_submissions
from suppliers.models import Submission
from tenders.models import Stage, Tender
from tests.browser.supplying import ORGANISATION

DEADLINE = datetime(2026, 10, 13, 10, 0, tzinfo=UTC)  # tirsdag 13. oktober 2026 kl. 12.00
SCORING = DEADLINE + timedelta(days=1)
LETTERS = DEADLINE + timedelta(days=2)
SIGNING = datetime(2026, 10, 27, 9, 0, tzinfo=UTC)  # the standstill ran to 26 October
SECOND_DEADLINE = datetime(2027, 1, 5, 11, 0, tzinfo=UTC)  # tirsdag 5. januar 2027 kl. 12.00
SECOND_LETTERS = SECOND_DEADLINE + timedelta(days=1)
SECOND_SIGNING = datetime(2027, 1, 19, 9, 0, tzinfo=UTC)  # the standstill ran to 18 January
DELIVERED = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)

NESS, RUD, LID, TANGEN = "Ness og venner", "Rudgruppen AS", "Lid og Lid AS", "Tangen AS"
FINALISTS = (ORGANISATION, RUD, NESS)
# What everybody of the panel gives on every criterion; Tangen's is rejected before anybody gives points
POINTS = {ORGANISATION: 9, RUD: 8, NESS: 7, LID: 6}
SCORERS = ("cecilie", "emre", "eva")
TIE = {RUD: "Søsteren min er daglig leder der."}


@dataclass
class Walk:
    """`number` is that of Sara's organisation; `sketch` the page of her idea sketch."""

    visit: Callable[..., Page]
    clock_at: Callable[[datetime], None]
    people: dict[str, User]
    number: str
    reference: str = ""
    sketch: str = ""
    pages: dict[str, Page] = field(default_factory=dict)

    def page(self, who: str) -> Page:
        """The browser of this person; «anybody» is not logged in, and Sara signs up by herself."""
        if who not in self.pages:
            self.pages[who] = self.visit(self.people.get(who))
        return self.pages[who]

    def moves_to(self, moment: datetime) -> None:
        """The clock goes on, and the sweeps do what time has brought."""
        self.clock_at(moment)
        call_command("sweep")

    def at(self, part: str) -> str:
        """The address of a page of the tender."""
        return f"/tenders/{self.reference}/{part}"

    @property
    def tender(self) -> Tender:
        return Tender.objects.get(reference=self.reference)

    def stage(self, no: int) -> Stage:
        return Stage.objects.select_related("tender__unit").get(tender=self.tender, no=no)

    def opened(self, no: int) -> list[Submission]:
        return list(opened_submissions(self.stage(no)).select_related("organisation"))

    def code_names(self, no: int) -> dict[str, str]:
        """Organisation -> the code name of what it handed in to the stage."""
        return {row.organisation.name: row.code_name for row in self.opened(no)}
