from django.apps import AppConfig


class ContractsConfig(AppConfig):
    name = "contracts"

    def ready(self) -> None:
        from contracts.policies.contracts import bound_by_agreement  # noqa: PLC0415  # models must be there first
        from evaluation.policies.selection import bind_places_with  # noqa: PLC0415

        bind_places_with(bound_by_agreement)
