"""For the one who runs Nyvei: is the process alive, and is it ready to serve?"""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from insight import health


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """The process answers. Asks nothing else, so that a slow database doesn't get it restarted."""
    return JsonResponse({"alive": True})


@login_not_required
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when requests should come here, else 503; either way what was looked at and what it says."""
    found = health.checks()
    ready = all(check.ok for check in found if check.required)
    told = {check.name: {"ok": check.ok, "says": check.says, "required": check.required} for check in found}
    response = JsonResponse({"ready": ready, "checks": told}, status=200 if ready else 503)
    response["Cache-Control"] = "no-store"
    return response
