from django.apps import AppConfig

from accounts import clock
from demo.clock_shift import current_shift


class DemoConfig(AppConfig):
    name = "demo"

    def ready(self) -> None:
        clock.shift_with(current_shift)
