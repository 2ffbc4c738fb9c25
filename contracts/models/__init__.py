"""The contract desk: what was agreed, what is delivered, and what is paid."""

from contracts.models.contract import Contract, Milestone
from contracts.models.money import LedgerEntry, PaymentRequest

__all__ = ["Contract", "LedgerEntry", "Milestone", "PaymentRequest"]
