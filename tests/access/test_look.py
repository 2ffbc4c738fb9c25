import pytest, time
from collections import defaultdict
from django.db import transaction
from tests.access.addresses import all_addresses, path_of
from tests.access.asking import Crowd, DERIVED, in_state
from tests.world import PERSONAS, STATES, build_world
@pytest.mark.django_db
def test_look():
    w = build_world(); c = Crowd(w)
    t=time.time(); n=0
    out = open("/tmp/look.csv","w")
    errs = open("/tmp/look_err.txt","w")
    import os
    for name, [a,*_] in all_addresses().items():
        if not name.startswith(tuple(os.environ["LOOK"].split(","))): continue
        bound = a.of_tender
        states = [*STATES, "writing", "pressed"] if bound else ["-"]
        if "prequal" in name or "declar" in name or name in ("suppliers:review","suppliers:ask_applicant"): states = ["-","applying","asked"]
        for method in ("GET","POST"):
            rows = defaultdict(list)
            for st in states:
                with in_state(w, st) as base:
                    path = path_of(w, name, base)
                    signs = []
                    for p in PERSONAS:
                        ans = c.ask(p,"GET",path) if method=="GET" else c.fill_in(p,name,base,path)
                        n+=1
                        signs.append(ans.sign)
                        if ans.sign.startswith("!"):
                            errs.write(f"{method} {path} {p} {st} {ans} {getattr(ans.response,'exc_info',None)}\n")
                rows[tuple(signs)].append(st)
            for signs, sts in rows.items():
                out.write(f"{name},{method},{' '.join(sts)},{','.join(signs)}\n")
    print(n, time.time()-t)
