"""Stages with sketches in them, reached by the real commands."""

from datetime import datetime, timedelta

from accounts.models import Organisation, User
from evaluation.commands.press_opening import press_opening
from suppliers.models import Submission
from tenders.models import Stage, Tender
from tests.conftest import make_person
from tests.sketches_made import Sketch, hand_in, write
from tests.suppliers_made import registered

MARKER = "Zylofonisk kvalmesmurt prøveplass"
WRITERS = ("Sara Nilsen", "Sindre Haug", "Stine Ness", "Solveig Rud", "Svein Lid", "Siv Tangen")
FIRMS = ("Morgenkveik AS", "Haugen digital AS", "Ness og venner", "Rudgruppen AS", "Lid og Lid AS", "Tangen AS")


def stage_of(tender: Tender) -> Stage:
    return Stage.objects.select_related("tender").get(tender=tender, no=1)


def firm(no: int) -> tuple[User, Organisation]:
    """The supplier with this number and their firm, made the first time."""
    user = User.objects.filter(name=WRITERS[no]).first() or make_person(WRITERS[no])
    organisation = Organisation.objects.filter(name=FIRMS[no]).first() or registered(user, FIRMS[no])
    return user, organisation


def handed_in(tender: Tender, count: int) -> list[Submission]:
    """So many sketches with a file each, from as many firms, every one with the marker in text, title and file name."""
    sketch = Sketch(title=f"{MARKER} i tre uker", answer=f"{MARKER} og en jevnaldrende", file_name="Zylofonisk.pdf")
    made = []
    for no in range(count):
        user, organisation = firm(no)
        made.append(hand_in(tender, organisation, user, sketch=sketch))
    return made


def drafted(tender: Tender, no: int) -> Submission:
    """A sketch that is written and not handed in."""
    user, organisation = firm(no)
    return write(tender, organisation, user, sketch=Sketch(), at=tender.announced_at + timedelta(days=4))


def from_when(tender: Tender) -> datetime:
    """The first moment at which the stage may be opened."""
    return stage_of(tender).closes_at + timedelta(seconds=60)


def open_together(tender: Tender, first: User, second: User, at: datetime | None = None) -> Stage:
    """Pressed by the first at `at` (the first moment there is), and by the second twenty seconds later."""
    stage, at = stage_of(tender), at or from_when(tender)
    assert press_opening(stage_id=stage.pk, by=first, at=at) is False
    assert press_opening(stage_id=stage.pk, by=second, at=at + timedelta(seconds=20)) is True
    return stage_of(tender)
