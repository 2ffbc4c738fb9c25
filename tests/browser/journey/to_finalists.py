"""The second part of the journey: from opened sketches to letters with answers, three of which select a finalist."""

from datetime import datetime, timedelta

from evaluation.code_names import number_of
from evaluation.models import ScoreSheet
from tests.browser import answering, judging
from tests.browser.hands import (
    cannot_press_yet,
    follow,
    goes_to,
    is_not_there,
    mails_to,
    main,
    nothing_waits_for,
    press,
    reads_heading,
    sees,
    sees_nothing_of,
    takes_up,
)
from tests.browser.journey.to_opened_sketches import OTHERS, SECRETS
from tests.browser.journey.walk import FINALISTS, LETTERS, LID, NESS, POINTS, RUD, SCORERS, SCORING, TANGEN, TIE, Walk
from tests.browser.supplying import ANSWERS, ORGANISATION, SARA, TITLE
from tests.scores_made import locked

REJECTED = "Det som er levert, er en annonse og ingen idé."
GROUNDS = "Panelet likte ideen. Planen sier lite om hva dere gjør når en arbeidsgiver trekker seg."
NAMES = [ORGANISATION, NESS, RUD, LID, TANGEN]


def everybody_declares_before_anything_is_shown(walk: Walk) -> None:
    """Eva has a tie to one of them. Who has not declared sees no sketch and no code name."""
    code_names = tuple(walk.code_names(1).values())
    ingrid = walk.page("ingrid")
    goes_to(ingrid, walk.at("submissions/"), "Si først om du er habil")
    sees_nothing_of(ingrid, *SECRETS, *code_names)
    follow(ingrid, "Gå til erklæringen")
    judging.declares(ingrid, NAMES)
    emre = walk.page("emre")
    goes_to(emre, walk.at("scores/"), "Si først om du er habil")
    sees_nothing_of(emre, *SECRETS, *code_names)
    for who in ("arne", *SCORERS):
        takes_up(walk.page(who), "Si fra om du har en tilknytning til noen")
        sees_nothing_of(walk.page(who), *code_names, TITLE)
        judging.declares(walk.page(who), NAMES, TIE if who == "eva" else None)
    sees(walk.page("eva"), "Du har meldt fra om en tilknytning.")
    for who in SCORERS:
        nothing_waits_for(walk.page(who))


def ingrid_reads_the_sketches_and_rejects_one(walk: Walk) -> None:
    """What Sara changed or withdrew is not there, nor Sindre's draft."""
    page = walk.page("ingrid")
    takes_up(page, "Gjør den formelle kontrollen")
    reads_heading(page, "Fem skisser, etter kodenavn")
    sees(page, *NAMES, "4. september 2026 kl. 12.00.00")
    sees_nothing_of(page, "Haugen digital")
    main(page).get_by_role("row").filter(has_text=ORGANISATION).get_by_role("link").click()
    reads_heading(page, TITLE)
    sees(page, *ANSWERS.values(), ORGANISATION, "nytt jobbkart.pdf", "Det er notert at du har sett denne skissen.")
    sees_nothing_of(page, "et rom med kaffe")
    with page.expect_download() as waiting:
        follow(page, "nytt jobbkart.pdf")
    assert waiting.value.path().read_bytes().startswith(b"%PDF-")
    goes_to(walk.page("sara"), walk.sketch, "Dette har dere levert")
    sees(walk.page("sara"), "To personer i Nav har åpnet skissen.")
    goes_to(page, walk.at("submissions/"), "Fem skisser, etter kodenavn")
    judging.rejects(page, TANGEN, "Den avviker vesentlig fra det som ble kunngjort", REJECTED)
    press(page, "Ta med alle fire som venter")
    sees(page, "skisser er tatt med til vurdering.")
    nothing_waits_for(page)


def each_begins_alone_and_blind(walk: Walk) -> None:
    """A whole sheet each. Nobody sees whose a sketch is; for Eva the one she has a tie to does not exist."""
    walk.clock_at(SCORING)
    given = walk.code_names(1)
    organisations = {code_name: name for name, code_name in given.items()}
    for who in SCORERS:
        page, tied = walk.page(who), who == "eva"
        takes_up(page, f"Gi poeng til {'tre' if tied else 'fire'} skisser")
        reads_heading(page, f"{'Tre' if tied else 'Fire'} skisser gjenstår")
        sees_nothing_of(page, *NAMES, given[TANGEN], OTHERS["siv"][1])
        code_name = judging.goes_on_scoring(page)
        sees_nothing_of(page, *NAMES, "Sara")
        points = POINTS[organisations[code_name]]
        if who == "emre":
            judging.begins_and_sees_it_saved(page, points, "12.00")
            sees_nothing_of(walk.page("ingrid"), judging.REASON)
        judging.fills_and_locks(page, code_name, points)
        if tied:
            sees_nothing_of(page, given[RUD], OTHERS["solveig"][1])
            is_not_there(page, walk.at(f"scores/{number_of(given[RUD])}/"))


def nobody_sees_points_of_others(walk: Walk) -> None:
    """Neither Ingrid nor Arne nor one another; no ranking for anybody, and it cannot be closed yet."""
    sheet = ScoreSheet.objects.get(submission__stage=walk.stage(1), evaluator=walk.people["emre"], locked_at__isnull=False)
    number = number_of(sheet.submission.code_name)
    cecilie = walk.page("cecilie")
    cecilie.goto(walk.at(f"scores/{number}/"))
    sees_nothing_of(cecilie, "Emre")
    for who in ("ingrid", "arne", "ragnhild"):
        goes_to(walk.page(who), walk.at("scores/"), "Panelet har åtte skjemaer igjen å låse")
        sees_nothing_of(walk.page(who), judging.REASON, judging.FEEDBACK, *walk.code_names(1).values())
        is_not_there(walk.page(who), walk.at(f"scores/{number}/"), walk.at("ranking/"), walk.at("selection/"), walk.at("letters/"))
    for who in (*SCORERS, "sara", "svein"):
        is_not_there(walk.page(who), walk.at("ranking/"), walk.at("selection/"))
    goes_to(cecilie, walk.at("scores/"), "Tre skisser gjenstår")
    cannot_press_yet(cecilie, "Avslutt poenggivingen", "Hver av dem trenger to låste skjemaer.")


def locks_the_rest(walk: Walk, no: int, at: datetime) -> None:
    """By commands: a sheet for each sketch that each of the panel has not judged yet."""
    stage, given = walk.stage(no), walk.code_names(no)
    judged = set(
        ScoreSheet.objects.filter(submission__stage=stage, locked_at__isnull=False).values_list("evaluator", "submission__code_name")
    )
    for who in SCORERS:
        for name, points in POINTS.items():
            tied = who == "eva" and name in TIE
            if name in given and not tied and (walk.people[who].pk, given[name]) not in judged:
                locked(stage, walk.people[who], number_of(given[name]), [points] * 4, at=at)


def cecilie_closes_and_sees_the_ranking(walk: Walk) -> None:
    """Eva's has one fewer. Now also Ingrid reads the sheets."""
    locks_the_rest(walk, 1, SCORING)
    given, page = walk.code_names(1), walk.page("cecilie")
    judging.closes(page)
    assert judging.ranked(page) == [(str(no), given[name], f"{points},00") for no, (name, points) in enumerate(POINTS.items(), 1)]
    sees_nothing_of(page, *NAMES)
    eva = walk.page("eva")
    goes_to(eva, walk.at("ranking/"), "Panelet har rangert tre skisser")
    sees(eva, "Det du har en tilknytning til, er ikke med i denne rangeringen.")
    assert [row[1] for row in judging.ranked(eva)] == [given[name] for name in POINTS if name not in TIE]
    sees_nothing_of(eva, given[RUD], *NAMES)
    goes_to(walk.page("ingrid"), walk.at(f"scores/{number_of(given[NESS])}/"), f"Skisse {given[NESS]}")
    sees(walk.page("ingrid"), "Emre Kaya", "Eva Moen", judging.REASON)


def cecilie_proposes_three(walk: Walk) -> None:
    given = walk.code_names(1)
    judging.proposes(walk.page("cecilie"), [given[name] for name in FINALISTS])
    eva = walk.page("eva")
    goes_to(eva, walk.at("selection/"), "Et forslag venter på godkjenning")
    sees_nothing_of(eva, *given.values(), *NAMES)


def ingrid_writes_the_letters(walk: Walk) -> None:
    """What the panel wrote to each stands there; she writes more to the one that is not selected. Nobody outside sees any of it."""
    page = walk.page("ingrid")
    answering.writes_grounds(page, walk.reference, LID, GROUNDS)
    follow(page, "Tilbake til brevene")
    follow(page, TANGEN)
    sees(page, "Det dere leverte, er avvist", "Den avviker vesentlig fra det som ble kunngjort", REJECTED)
    for who in ("sara", "svein", "siv", "cecilie"):
        is_not_there(walk.page(who), walk.at("letters/"))
    for who in ("sara", "svein", "siv"):
        is_not_there(walk.page(who), walk.at("decision/"))


def arne_approves_and_the_letters_go_out(walk: Walk) -> None:
    """Nobody has an answer before everybody has one."""
    walk.clock_at(LETTERS)
    basis = ("Protokoll fra åpningen", "5 habilitetserklæringer", "Én person har en tilknytning", "Én er avvist", "11 låste poengskjemaer")
    money = "3 × 50 000 kr = 150 000 kr av 600 000 kr eks. mva."
    judging.approves(walk.page("arne"), *basis, money, "5 brev er klare", hidden=tuple(NAMES))
    sees(walk.page("arne"), *FINALISTS)
    for who in ("sara", "svein", "siv"):
        is_not_there(walk.page(who), walk.at("decision/"))
        goes_to(walk.page(who), "/my/", "Ingenting venter på deg")
        sees_nothing_of(walk.page(who), "Dere har fått svar")
    walk.page("anybody").goto(walk.at(""))
    sees_nothing_of(walk.page("anybody"), *NAMES)
    walk.moves_to(LETTERS + timedelta(minutes=1))
    answering.sees_all_are_out(walk.page("ingrid"), walk.reference, "Fem", "15. oktober 2026 kl. 12.01.00")


def everybody_reads_their_own_letter(walk: Walk) -> None:
    """Selected, not selected and rejected: their own points and grounds, and nothing of what others got, but who was selected."""
    selected = ("De tre som går videre", *FINALISTS, judging.MERIT)
    why = "Vi fikk fem og kunne velge tre. Deres ble nummer"
    sara, svein, siv = (walk.page(who) for who in ("sara", "svein", "siv"))
    answering.reads_the_answer(sara, "Skissen deres går videre", f"{why} 1.", "9,00 av 10", "mandag 26. oktober 2026", *selected)
    sees_nothing_of(sara, LID, TANGEN, GROUNDS, "Emre", "Eva Moen", judging.REASON)
    told = ("Effekt", "6,00 av 10, teller 40 %", "De valgte fikk 7,00 til 9,00", GROUNDS)
    answering.reads_the_answer(svein, "Skissen deres gikk ikke videre", f"{why} 4.", *told, *selected)
    sees_nothing_of(svein, TANGEN, "Emre", "Eva Moen", judging.REASON)
    rejected = ("Den avviker vesentlig fra det som ble kunngjort (anskaffelsesforskriften § 9-6).", REJECTED)
    answering.reads_the_answer(siv, "Det dere leverte, er avvist", *rejected, *selected)
    sees_nothing_of(siv, LID, GROUNDS, "av 10", "Emre", "Eva Moen")
    of_sara = sara.get_by_role("link", name="Last ned brevet (PDF)").get_attribute("href")
    is_not_there(svein, of_sara.removesuffix("letter.pdf"), of_sara)
    mail = mails_to(SARA)[-1]
    assert walk.at("decision/") in mail and "9,00" not in mail and "Skissen deres går videre" not in mail
    goes_to(walk.page("anybody"), walk.at(""), "Unge under 30 venter for lenge på å finne ut hva de kan jobbe med")
    sees(walk.page("anybody"), *FINALISTS, judging.MERIT)
    sees_nothing_of(walk.page("anybody"), LID, TANGEN, GROUNDS)


STEPS = (
    everybody_declares_before_anything_is_shown,
    ingrid_reads_the_sketches_and_rejects_one,
    each_begins_alone_and_blind,
    nobody_sees_points_of_others,
    cecilie_closes_and_sees_the_ranking,
    cecilie_proposes_three,
    ingrid_writes_the_letters,
    arne_approves_and_the_letters_go_out,
    everybody_reads_their_own_letter,
)
