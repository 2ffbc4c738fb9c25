"""One click: how many hours, or no longer any answer."""

from django import forms

from suppliers.hour_bands import BANDS

TAKEN_BACK = "taken-back"


class HoursForm(forms.Form):
    """`hours` is where the band begins; None for an answer that is taken back."""

    hours = forms.TypedChoiceField(
        choices=[(TAKEN_BACK, ""), *((str(band.lowest), "") for band in BANDS)],
        coerce=lambda said: None if said == TAKEN_BACK else int(said),
    )
