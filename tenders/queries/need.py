"""Whom a need is about, as sentences."""

from tenders.models import TargetGroup, Tender


def groups_of(tender: Tender) -> list[str]:
    """The target groups by their codes, in the order of the list."""
    told = set(tender.groups.values_list("group", flat=True))
    return [group.value for group in TargetGroup if group in told]
