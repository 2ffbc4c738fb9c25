"""One world with everybody in it and a tender in every state, made by the real commands; for tests that ask every page."""

from dataclasses import dataclass, field
from datetime import timedelta

from accounts.commands.grant_role import grant_role
from accounts.commands.make_first_administrator import make_first_administrator
from accounts.models import Organisation, Unit, User
from accounts.roles import Role
from demo.commands.keep_mail import keep_mail
from demo.models import SentMail
from evaluation.commands.compare_opened_content import compare_opened_content
from evaluation.commands.press_opening import press_opening
from letters.commands.claim_letter import claim_letter
from letters.commands.file_letter import file_letter
from letters.commands.release_batch import release_batch
from letters.models import Letter
from suppliers.models import Prequalification, Submission
from tenders.commands.answer_question import answer_question
from tenders.commands.ask_question import ask_question
from tenders.commands.follow_theme import follow_theme
from tenders.models import Question, Stage, Tender, ThemeFollower
from tests.conftest import NOON, make_person
from tests.later_world import PANEL, add_later_tenders, seat_people
from tests.sketches_made import Sketch, hand_in, pdf_with
from tests.suppliers_made import applied, decided, joined, registered
from tests.tenders_made import announced, describe, proposed

LONG_AGO = NOON - timedelta(days=900)
ANON = "ANON"
SUPPLIERS = ("member", "contributor", "other", "newcomer")
STAFF = ("officer", "officer_other", "approver", "reviewer", "auditor", "admin")
PANEL_PERSONAS = tuple(PANEL)
PERSONAS = (ANON, "member", "contributor", "other", *STAFF, *PANEL_PERSONAS, "newcomer")
STATES = ("draft", "awaiting", "open", "closed", "opened")
PASSWORD = "tre-prøveuker-i-juni"


@dataclass
class World:
    """People by persona (None is nobody), tenders by state, and the keys that stand in addresses."""

    people: dict[str, User | None]
    sketch: Sketch
    tenders: dict[str, Tender] = field(default_factory=dict)
    own: dict[str, Submission] = field(default_factory=dict)
    questions: dict[str, Question] = field(default_factory=dict)
    organisation: Organisation = field(init=False)
    application: Prequalification = field(init=False)
    letter: Letter = field(init=False)
    theme: ThemeFollower = field(init=False)
    mail: SentMail = field(init=False)

    def __getattr__(self, name: str) -> User:
        try:
            return self.__dict__["people"][name]
        except KeyError:
            raise AttributeError(name) from None

    def stage(self, state: str) -> Stage:
        return Stage.objects.get(tender=self.tenders[state], no=1)


def everybody() -> dict[str, User | None]:
    """Each persona of the access matrix, with the roles of those at Nav."""
    directorate = Unit.objects.get(kind=Unit.Kind.DIRECTORATE)
    admin = make_person("Admin Berg")
    make_first_administrator(email=admin.email, by=User.clock(), at=LONG_AGO)
    roles = {
        "officer": ("Ingrid Aas", Role.OFFICER),
        "officer_other": ("Oda Vik", Role.OFFICER),
        "approver": ("Arne Lie", Role.APPROVER),
        "reviewer": ("Per Moe", Role.REVIEWER),
        "auditor": ("Ragnhild Dal", Role.AUDITOR),
    }
    people: dict[str, User | None] = {ANON: None, "admin": admin}
    for persona, (name, role) in roles.items():
        people[persona] = make_person(name)
        grant_role(to=people[persona], role=role, unit=directorate, by=admin, at=LONG_AGO)
    for persona, name in {"member": "Sara Nilsen", "contributor": "Siri Foss", "other": "Sindre Haug", "newcomer": "Nora Eng"}.items():
        people[persona] = make_person(name)
    # Known to the demo by this address, so that somebody can become her there
    User.objects.filter(pk=people["officer"].pk).update(email="ingrid@nav.example")
    # Most people log in with a code by mail; Sara has a password too
    people["member"].set_password(PASSWORD)
    people["member"].save()
    return people


def build_world(*, sketch: Sketch | None = None, handed_in: int = 1, later: bool = False) -> World:
    """A tender in every state up to the opening; with `later` also in those after it.

    `handed_in` of Sara, Sindre and Stine have handed in to the two that are sealed.

    `sketch` is what Sara has handed in there; one sketch of hers, with other words, stands in the opened one.
    """
    world = World(people=everybody(), sketch=sketch or Sketch())
    stine = make_person("Stine Ness")
    # The same numbers in every world, so that two of them can be compared
    world.organisation = registered(world.member, "Morgenkveik AS", "300000010", at=LONG_AGO)
    joined(world.contributor, world.organisation, at=LONG_AGO)
    others = [registered(world.other, "Haugen digital AS", "300000029", at=LONG_AGO)]
    others.append(registered(stine, "Ness og venner", "300000037", at=LONG_AGO))
    world.people |= {"stine": stine}
    seat_people(world)
    follow_theme(group="young", county=None, organisation=world.organisation, by=world.member, at=LONG_AGO)
    world.theme = ThemeFollower.objects.get()
    _prequalify(world, others[0])
    _tenders(world)
    senders = [(world.member, world.organisation), (world.other, others[0]), (stine, others[1])]
    for state in ("open", "closed"):
        for user, organisation in senders[:handed_in]:
            made = hand_in(world.tenders[state], organisation, user, sketch=world.sketch if user == world.member else Sketch())
            if user == world.member:
                world.own[state] = made
    world.own["opened"] = hand_in(world.tenders["opened"], world.organisation, world.member, sketch=Sketch())
    _open(world)
    if later:
        _add_later(world, senders)
    keep_mail(to=[world.member.email], subject="Kvittering", text="Vi har mottatt skissen.", by=User.clock(), at=NOON)
    world.mail = SentMail.objects.get()
    return world


def _prequalify(world: World, other: Organisation) -> None:
    """Morgenkveik is qualified and may renew soon; Haugen digital waits for its answer."""
    day = NOON - timedelta(days=680)
    decided(applied(world.organisation, world.member, at=day - timedelta(days=5)), world.reviewer, at=day)
    world.letter = claim_letter(by=User.clock(), at=day)
    file_letter(letter_id=world.letter.pk, content=pdf_with("Vedtak"), by=User.clock(), at=day)
    release_batch(batch_id=world.letter.batch_id, by=User.clock(), at=day)
    world.application = applied(other, world.other, at=NOON - timedelta(days=5))


def _tenders(world: World) -> None:
    ingrid, arne = world.officer, world.approver
    world.tenders["opened"] = announced(ingrid, arne, NOON - timedelta(days=70), name="Alene hjemme")
    world.tenders["closed"] = announced(ingrid, arne, NOON - timedelta(days=40), name="Første jobb")
    world.tenders["open"] = announced(ingrid, arne, NOON - timedelta(days=10))
    world.tenders["awaiting"] = proposed(ingrid, arne, NOON - timedelta(days=2), name="Tilbake etter sykdom")
    world.tenders["draft"] = describe(ingrid, NOON - timedelta(days=1), name="Norsk på jobben")
    for state in ("open", "closed", "opened"):
        tender = world.tenders[state]
        asked = tender.announced_at + timedelta(days=1)
        world.questions[state] = ask_question(tender_id=tender.pk, text="Kan vi være to om det?", by=world.other, at=asked)
        answered = ask_question(tender_id=tender.pk, text="Hvor lang kan skissen være?", by=world.newcomer, at=asked)
        answer_question(question_id=answered.pk, answer="Det står ved hvert spørsmål.", by=ingrid, at=asked + timedelta(hours=5))


def _add_later(world: World, senders: list[tuple[User, Organisation]]) -> None:
    def all_hand_in(tender: Tender) -> None:
        for user, organisation in senders:
            made = hand_in(tender, organisation, user, sketch=Sketch())
            if user == world.member:
                world.own[next(state for state, row in world.tenders.items() if row.pk == tender.pk)] = made

    add_later_tenders(world, all_hand_in)


def _open(world: World) -> None:
    at = world.stage("opened").closes_at + timedelta(hours=2)
    press_opening(stage_id=world.stage("opened").pk, by=world.officer, at=at)
    press_opening(stage_id=world.stage("opened").pk, by=world.approver, at=at + timedelta(minutes=2))
    compare_opened_content(by=User.clock(), at=at + timedelta(minutes=3))
