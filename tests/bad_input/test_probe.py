import logging, time
import pytest
from django.db import transaction
from django.test import Client
from accounts import clock
from tests.access.addresses import all_addresses, path_of
from tests.access.asking import taken_back
from tests.conftest import NOON
from tests.world import build_world, PERSONAS
from django.urls import reverse
pytestmark = pytest.mark.django_db

@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr(clock, "now", lambda: NOON)
        patch.setattr(logging.getLogger("django.request"), "disabled", True)
        t=time.time()
        w = build_world()
        print("BUILD", time.time()-t)
        yield w
        transaction.set_rollback(True)

ODD = ["\x00", "'\"<>", "9"*400, "\u202e", "-1", "1e9", "NaN", "9"*30]
def test_gets(world):
    for persona in (None, "member", "officer", "auditor", "admin", "reviewer"):
        c = Client(raise_request_exception=False)
        if persona: c.force_login(getattr(world, persona))
        for name, [first, *_] in all_addresses().items():
            for state in (("open","opened") if first.of_tender else ("open",)):
                path = path_of(world, name, state)
                for odd in ODD[:1]+ODD[2:3]+ODD[7:8]:
                    with taken_back():
                        r = c.get(path, {k: odd for k in ("q","page","organisation","number","event","day","check","next","to","person","search","language","recipient")})
                    if r.status_code >= 500: print("GET", persona, path, repr(odd[:5]), r.status_code, r.exc_info[1] if r.exc_info else "")
                for odd in ODD[:1]+ODD[6:8]:
                    for k in first.kwargs:
                        p = path
                        try:
                            from tests.access.addresses import _value
                            kw = {x: _value(world, name, x, state) for x in first.kwargs}
                            real = str(kw[k]); p = path.replace(f"/{real}/", f"/{odd}/") if k != "no" else path.replace("/stages/1/", f"/stages/{odd}/")
                        except KeyError: continue
                        from urllib.parse import quote
                        if persona in (None,"member","officer"):
                            with taken_back():
                                r = c.get(quote(p))
                            if r.status_code >= 500: print("PATH", persona, repr(p)[:80], r.status_code, r.exc_info[1] if r.exc_info else "")

def test_cookie(world):
    c = Client(raise_request_exception=False)
    with taken_back():
        r = c.get("/my/", headers={"cookie": 'sessionid="aaaaaaaaaaaa\\000"'})
    print("COOKIE", r.status_code, r.exc_info[1] if r.exc_info else "")
    with taken_back():
        r = c.get("/tenders/", headers={"cookie": 'sessionid="aaaaaaaaaaaa\\000"; django_language="\\000"'})
    print("COOKIE", r.status_code, r.exc_info[1] if r.exc_info else "")
    c.force_login(world.member)
    place = [world.tenders["open"].reference, 1]
    body = b'--X\r\nContent-Disposition: form-data; name="text"\r\n\r\nhei \\ud800 du\r\n--X--\r\n'
    with taken_back():
        r = c.generic("POST", reverse("tenders:questions", args=place[:1]), body, content_type="multipart/form-data; boundary=X; charset=unicode_escape")
    print("SURR", r.status_code, r.exc_info[1] if r.exc_info else "")
    with taken_back():
        r = c.post(reverse("suppliers:register")+"?next=/"+"x"*900, {"number":"1"})
    print("NEXT", r.status_code)
