"""Addresses of the desk's pages that are about one stage."""

from django.urls import reverse

from tenders.models import Stage


def stage_address(name: str, stage: Stage, *keys: object) -> str:
    """The page of that name for this stage, also when another stage is opened later."""
    return f"{reverse(f'evaluation:{name}', args=[stage.tender.reference, *keys])}?stage={stage.no}"
