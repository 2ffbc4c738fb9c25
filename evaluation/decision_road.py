"""The road of an answer, upright beside it: handed in, judged, answered, complaints over. Looks at no clock."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import wording
from accounts.number_words import number_word
from accounts.page_parts import RoadStep
from evaluation.decision_letter import REJECTED, DecisionLetter


def road_of(letter: DecisionLetter, *, at: datetime) -> list[RoadStep]:
    over = letter.standstill.over(at)
    last, released = wording.short_day(letter.last_day), wording.short_day(letter.standstill.released_at)
    answer = RoadStep(_("Answer"), released, "done" if over else "now")
    steps = [RoadStep(_("Handed in"), wording.short_day(letter.handed_in), "done"), *_judged(letter), answer]
    if letter.facts["standstill_days"]:
        steps.append(
            RoadStep(_("The time for complaints is over"), last, "now")
            if over
            else RoadStep(_("Time for complaints is over"), last, "next")
        )
    return steps


def _judged(letter: DecisionLetter) -> list[RoadStep]:
    if letter.outcome == REJECTED:
        return []
    judges = letter.facts["judges"]
    label = ngettext("Judged by one person", "Judged by %(number)s people", judges) % {"number": number_word(judges)}
    return [RoadStep(label, "", "done")]
