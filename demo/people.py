"""The people one can become with a click. Only those who have something to do today; others come with their step."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.roles import Role

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise


@dataclass(frozen=True)
class Person:
    """`role` is None for somebody who acts for an organisation; `unit` is then the organisation's name."""

    key: str
    name: str
    email: str
    role_text: "_StrOrPromise"
    role: Role | None
    unit: str


DIRECTORATE = "Arbeids- og velferdsdirektoratet"

PEOPLE = (
    Person("ingrid", "Ingrid Aas", "ingrid@nav.example", _("Procurement officer at the directorate"), Role.OFFICER, DIRECTORATE),
    Person("arne", "Arne Lie", "arne@nav.example", _("Approver at the directorate"), Role.APPROVER, DIRECTORATE),
    Person("cecilie", "Cecilie Dahl", "cecilie@nav.example", _("Chair of the panel"), Role.CHAIR, DIRECTORATE),
    Person("emre", "Emre Yildiz", "emre@nav.example", _("Evaluator in the panel"), Role.EVALUATOR, DIRECTORATE),
    Person("eva", "Eva Moen", "eva@nav.example", _("Evaluator in the panel"), Role.EVALUATOR, DIRECTORATE),
    Person("erik", "Erik Solheim", "erik@nav.example", _("Evaluator in the panel"), Role.EVALUATOR, DIRECTORATE),
    Person("esther", "Esther Haile", "esther@nav.example", _("Evaluator in the panel"), Role.EVALUATOR, DIRECTORATE),
    Person("camilla", "Camilla Bakke", "camilla@nav.example", _("Contract manager at the directorate"), Role.CONTRACT_MANAGER, DIRECTORATE),
    Person("per", "Per Moe", "per@nav.example", _("Prequalification reviewer at the directorate"), Role.REVIEWER, DIRECTORATE),
    Person("ragnhild", "Ragnhild Vik", "ragnhild@nav.example", _("Auditor at the directorate"), Role.AUDITOR, DIRECTORATE),
    Person("admin", "Admin Berg", "admin@nav.example", _("Administrator at the directorate"), Role.ADMINISTRATOR, DIRECTORATE),
    Person("sara", "Sara Nilsen", "sara@morgenkveik.example", _("Social enterprise: Morgenkveik AS"), None, "Morgenkveik AS"),
    Person("sindre", "Sindre Tveitan", "sindre@kvistkode.example", _("Start-up: Kvistkode AS"), None, "Kvistkode AS"),
    Person("stine", "Stine Grøndalen", "stine@halvkollen.example", _("Established company: Halvkollen ASA"), None, "Halvkollen ASA"),
)
