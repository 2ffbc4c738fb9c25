"""The selection in words: heading, lead, and what the decision rests on. Looks at no clock, asks no database."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import wording
from accounts.number_words import number_word
from accounts.page_parts import Check, Fact
from evaluation.models import PriceScore, Selection
from evaluation.queries.opening import Opening
from evaluation.queries.selection_basis import Numbers
from evaluation.ranking import Ranked
from evaluation.standstill import Standstill
from tenders.models import Budget, Stage
from tenders.phases import StagePhase


def heading(stage: Stage, *, proposed: int, selected: int, freed: bool) -> str:
    """The answer the page gives. `freed`: somebody was selected, and has given the place up."""
    if stage.phase == StagePhase.SCORED:
        return _("A place is free") if selected or freed else _("The panel is done. Who is selected?")
    if stage.phase == StagePhase.PROPOSED and not proposed:
        return _("It is proposed to leave a place empty")
    if stage.phase == StagePhase.PROPOSED:
        return _counted(ngettext("One is proposed", "%(number)s are proposed", proposed), proposed)
    if stage.phase == StagePhase.UNSELECTED:
        return _("The stage was closed without selection")
    return _counted(ngettext("One is selected", "%(number)s are selected", selected), selected) if selected else _("Nobody is selected now")


def hidden_heading() -> str:
    return _("A proposal waits for approval")


def hidden_lead() -> str:
    return _("You have a tie to one of those who took part, so you see who is selected when the letters are out.")


def points(row: Ranked | None) -> str:
    return wording.number(row.total, 2) if row else ""


def price(score: PriceScore | None) -> str:
    """«420 000 kr»; «» where price does not count."""
    return wording.money(score.price) if score else ""


def _counted(text: str, number: int) -> str:
    said = text % {"number": number_word(number)}
    return said[0].upper() + said[1:]


def lead(stage: Stage, *, judged: int, standstill: Standstill | None, over: bool, blind: bool) -> str:
    """`over`: the standstill is."""
    if stage.phase == StagePhase.SCORED:
        return _("The chair proposes, and somebody else approves. Until then nobody outside the panel's desk knows anything.")
    if stage.phase == StagePhase.PROPOSED:
        text = ngettext("The panel ranked one.", "The panel ranked %(number)d.", judged) % {"number": judged}
        hidden = _("The names are hidden until the selection is approved.")
        return f"{text} {hidden}" if blind else text
    if stage.phase == StagePhase.APPROVED and standstill is None:
        return _("The letters are being made. When all are ready they are released at the same moment.")
    if stage.phase == StagePhase.APPROVED and over:
        return _("Everybody has their answer, and the time for complaints is over.")
    if stage.phase == StagePhase.APPROVED and standstill is not None:
        return _("Everybody has their answer. Nothing can be signed before %(day)s.") % {"day": wording.day(standstill.first_signing_day)}
    return ""


def may(*, approve: bool, back: bool, own: bool) -> str:
    """The most that this person can do about a proposal that waits."""
    if approve:
        return _("Approve the selection")
    if not back:
        return _("Follow it here")
    return _("Take the proposal back") if own else _("Send the proposal back")


def now(selection: Selection, *, approvers: str, may: str, letters: int) -> list[Fact]:
    """While it waits: who can approve, what this person can do, and what comes next."""
    who = _("%(names)s can approve") % {"names": approvers} if approvers else _("Nobody can approve")
    when = _("%(name)s proposed it %(when)s.") % {"name": selection.proposed_by.name, "when": wording.moment(selection.proposed_at)}
    text = ngettext("One letter is released", "%(number)d letters are released together", letters) % {"number": letters}
    promised = selection.stage.answer_by
    by = _("by %(day)s, as we have promised") % {"day": wording.day(promised)} if promised else ""
    return [Fact(_("Now"), who, when), Fact(_("You can"), may), Fact(_("Next"), text, by)]


def basis(
    stage: Stage, opening: Opening, budget: Budget, numbers: Numbers, *, proposed: int, binds: Decimal, hrefs: dict[str, str]
) -> list[Check]:
    """Everything that must be in place before anybody can approve. `binds`: kroner that the proposed would get."""
    return [
        Check(_("The rules of the tender"), note=_("Criteria and weights are as they were announced"), href=hrefs["rules"]),
        Check(_("The protocol of the opening"), note=_opened(opening), href=hrefs["opening"]),
        _declared(numbers, hrefs["declarations"]),
        _rejected(numbers, hrefs["submissions"]),
        Check(
            ngettext("One locked score sheet", "%(number)d locked score sheets", numbers.sheets) % {"number": numbers.sheets},
            note=_("Every total is the sum of points times weights"),
            href=hrefs["ranking"],
        ),
        Check(_("The budget"), note=_money(stage, budget, proposed, binds)),
        _letters(numbers, hrefs["letters"]),
    ]


def _opened(opening: Opening) -> str:
    text = ngettext("One was opened %(when)s", "%(number)d were opened %(when)s", opening.count)
    return text % {"number": opening.count, "when": wording.moment(opening.at)}


def _declared(numbers: Numbers, href: str) -> Check:
    label = ngettext("One declaration of impartiality", "%(number)d declarations of impartiality", numbers.declarations)
    ties = numbers.people_with_ties
    note = ngettext(
        "One person has a tie, and has not seen what it concerns", "%(number)d people have ties, and have not seen what they concern", ties
    )
    none = _("Nobody has a tie to any of those who took part")
    return Check(label % {"number": numbers.declarations}, note=note % {"number": ties} if ties else none, href=href)


def _rejected(numbers: Numbers, href: str) -> Check:
    if not numbers.rejected:
        return Check(_("Nothing is rejected"), note=_("Everything that was opened has been judged"), href=href)
    label = ngettext("One is rejected", "%(number)d are rejected", numbers.rejected) % {"number": numbers.rejected}
    return Check(label, note=_("The ground stands in the letter"), href=href)


def _money(stage: Stage, budget: Budget, proposed: int, binds: Decimal) -> str:
    if not stage.pays_each:
        return _("Nobody is paid for being in the framework agreement")
    vat = stage.tender.get_vat_basis_display()
    if binds != stage.pays_each * proposed:
        text = _("%(sum)s as offered, of %(planned)s %(vat)s")
        return text % {"sum": wording.money(binds), "planned": wording.money(budget.planned), "vat": vat}
    return _("%(number)d × %(each)s = %(sum)s of %(planned)s %(vat)s") % {
        "number": proposed,
        "each": wording.money(stage.pays_each),
        "sum": wording.money(stage.pays_each * Decimal(proposed)),
        "planned": wording.money(budget.planned),
        "vat": vat,
    }


def _letters(numbers: Numbers, href: str) -> Check:
    if not numbers.letters:
        return Check(_("No letters"), note=_("Nobody gets a new answer"), href=href)
    if numbers.without_grounds:
        label = ngettext("One letter lacks its grounds", "%(number)d letters lack their grounds", numbers.without_grounds)
        return Check(label % {"number": numbers.without_grounds}, state="warn", note=_("The officer writes them"), href=href)
    label = ngettext("One letter is ready", "%(number)d letters are ready", numbers.letters) % {"number": numbers.letters}
    if not numbers.gathered:
        return Check(label, note=_("All have their grounds, and those that were judged have every criterion"), href=href)
    note = ngettext(
        "In one of them the grounds are as the panel wrote them on the sheets, not gone through by the officer",
        "In %(number)d of them the grounds are as the panel wrote them on the sheets, not gone through by the officer",
        numbers.gathered,
    )
    return Check(label, note=note % {"number": numbers.gathered}, href=href)


def standstill_facts(standstill: Standstill) -> list[Fact]:
    return [
        Fact(_("The letters were released"), wording.moment(standstill.released_at)),
        Fact(_("Complaints by"), wording.day(standstill.last_day)),
        Fact(_("Signing from"), wording.day(standstill.first_signing_day)),
    ]
