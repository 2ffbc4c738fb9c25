from importlib import import_module

from django.apps import AppConfig

# Their receivers can only be connected when all models are there
RECEIVERS = ("accounts.letter_case", "accounts.signals")


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        for name in RECEIVERS:
            import_module(name)
