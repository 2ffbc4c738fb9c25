"""How price counts in a stage: not at all, or by a formula and with a weight. The fields of it in the section of the criteria."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tenders.forms.fields import WeightField
from tenders.models import Stage
from tenders.price_formula import PriceFormula

NO = "no"


def price_fields(stage: Stage) -> dict[str, forms.Field]:
    """`price_1` and `price_weight_1` for stage 1. The weight is needed when a formula is chosen, which the form sees to."""
    standing = stage.price_criterion
    formula = forms.ChoiceField(
        label=_("Does price count?"),
        help_text=_("The panel gives points before it sees any price. The formula and an example are announced."),
        choices=[(NO, _("No, those who are chosen are paid what is announced")), *PriceFormula.choices],
        widget=forms.RadioSelect,
        initial=standing.formula if standing else NO,
        error_messages={"required": _("Choose whether price counts.")},
    )
    weight = WeightField(
        label=_("Weight of the price in per cent"),
        help_text=_("Only when price counts. It is part of the 100 per cent."),
        required=False,
        initial=standing.weight if standing else None,
    )
    weight.widget.attrs |= {"data-sum": f"weights-{stage.no}", "data-sum-if": f"price_{stage.no}", "data-sum-not": NO}
    return {f"price_{stage.no}": formula, f"price_weight_{stage.no}": weight}
