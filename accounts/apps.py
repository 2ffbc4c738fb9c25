from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from accounts import letter_case, signals  # noqa: F401, PLC0415  # receivers can only be connected when all models are there
