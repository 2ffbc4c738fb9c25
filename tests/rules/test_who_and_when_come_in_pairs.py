"""`_at` and `_by` are set together or not at all, and the database says so."""

import pytest
from django.apps import apps

from tests.rules.tree import APPS

MODELS = [model for model in apps.get_models() if model._meta.app_label in APPS]


def pairs(model):
    names = {field.name for field in model._meta.fields}
    return [name.removesuffix("_at") for name in sorted(names) if name.endswith("_at") and f"{name.removesuffix('_at')}_by" in names]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_who_and_when_come_together(model):
    for stem in pairs(model):
        at, by = model._meta.get_field(f"{stem}_at"), model._meta.get_field(f"{stem}_by")
        assert at.null == by.null
        if at.null:
            names = [constraint.name for constraint in model._meta.constraints]
            assert any(name.endswith(f"{stem}_at_and_by_together") for name in names), stem


def test_there_are_pairs_to_find():
    assert sum(len(pairs(model)) for model in MODELS) >= 8
