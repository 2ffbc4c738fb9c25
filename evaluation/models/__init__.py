"""The panel's desk: opening, formal check, panel and impartiality, scores, and the selection."""

from evaluation.models.opening import OpeningPress
from evaluation.models.panel import Conflict, FormalCheck, ImpartialityDeclaration, PanelSeat
from evaluation.models.price import PriceScore
from evaluation.models.scores import Score, ScoreSheet, SheetUnlock
from evaluation.models.selection import Selection, SelectionItem, SelectionPlace

__all__ = [
    "Conflict",
    "FormalCheck",
    "ImpartialityDeclaration",
    "OpeningPress",
    "PanelSeat",
    "PriceScore",
    "Score",
    "ScoreSheet",
    "Selection",
    "SelectionItem",
    "SelectionPlace",
    "SheetUnlock",
]
