"""What people, browsers and attackers send, and what is answered. The ids are those of the corpus of bad input."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Bad:
    """Typed at a place of `sending.PLACES`; refused with a sentence (in bokmål), nothing stored, and what was typed still there."""

    id: str
    place: str
    typed: dict[str, Any]
    says: str
    status: int = 200
    # What is not in the page again although it was typed
    gone: set[str] = field(default_factory=set)


NUL = "Slutten \x00 av avsnittet"
LOST = "Bl\ufffdb\ufffdr i skogen"
CANNOT_KEEP = "Teksten har et tegn som ikke kan lagres. Skriv den på nytt i stedet for å lime den inn."
WHERE_LOST = "Det står en \ufffd i teksten, der en bokstav ble borte på veien. Skriv det ordet på nytt."
WEIGHT = "Skriv en vekt over 0 og høyst 100, for eksempel 25 eller 12,5."
A_LIMIT = "Skriv et helt antall ord fra 1 til 2000."
A_DATE = "Skriv en dato som finnes, for eksempel 13.10.2026."
ACCENTS = "a" + "\N{COMBINING GRAVE ACCENT BELOW}\N{COMBINING TILDE BELOW}" * 1000

# One field of every page that takes a text, and the page's status when it is refused
TEXTS = [
    ("question", "text", 200),
    ("answer", "answer", 200),
    ("new", "name", 200),
    ("need", "heading", 200),
    ("need", "need", 200),
    ("terms", "climate_text", 200),
    ("value", "options_text", 200),
    ("criteria", "name_1_1", 200),
    ("asked", "label_1_1", 200),
    ("return", "reason", 200),
    ("file", "title", 200),
    ("shelve", "reason", 200),
    ("register", "name", 200),
    ("describe", "address", 200),
    ("declaration", "social_purpose", 200),
    ("review", "grounds", 200),
    ("ask_applicant", "text", 200),
    ("sketch", "answer_title", 422),
    ("sketch", "answer_{first}", 422),
    ("signup", "name", 200),
]

REFUSED = [
    *(Bad("X8", place, {name: NUL}, CANNOT_KEEP, status) for place, name, status in TEXTS),
    *(Bad("X9", place, {name: LOST}, WHERE_LOST, status) for place, name, status in TEXTS),
    Bad("X7", "question", {"text": "x" * 2001}, "Kort ned til høyst 2000 tegn. Nå er det 2001."),
    Bad("X7", "answer", {"answer": "x" * 4001}, "Kort ned til høyst 4000 tegn. Nå er det 4001."),
    Bad("X7", "new", {"name": "x" * 81}, "Kort ned til høyst 80 tegn. Nå er det 81."),
    Bad("X7", "need", {"need": "x" * 20001}, "Kort ned til høyst 20000 tegn. Nå er det 20001."),
    Bad("X7", "need", {"need": "ord " * 401}, "Kort ned med 1 ord."),
    Bad("X7", "terms", {"climate_text": "x" * 20001}, "Kort ned til høyst 20000 tegn."),
    Bad("X7", "value", {"later_text": "x" * 20001}, "Kort ned til høyst 20000 tegn."),
    Bad("X7", "value", {"options_amount": "mange"}, "Skriv beløpet i kroner bare med tall"),
    Bad("X7", "value", {"options_amount": "9999999999"}, "Skriv høyst 999 999 999,99."),
    Bad("X7", "value", {"options_amount": "100"}, "Skriv både et beløp og hva det er til, eller ingen av delene."),
    Bad("X7", "return", {"reason": "x" * 20001}, "Kort ned til høyst 20000 tegn."),
    Bad("X7", "file", {"title": "x" * 121}, "Kort ned til høyst 120 tegn. Nå er det 121."),
    Bad("X7", "shelve", {"reason": "ord " * 201}, "Kort ned med 1 ord."),
    Bad("X7", "register", {"name": "x" * 161}, "Kort ned til høyst 160 tegn."),
    Bad("X7", "declaration", {"social_purpose": "x" * 20001}, "Kort ned til høyst 20000 tegn."),
    Bad("X7", "review", {"grounds": "x" * 20001}, "Kort ned til høyst 20000 tegn."),
    Bad("X7", "sketch", {"answer_title": "x" * 20001}, "Kort ned til høyst 20000 tegn.", 422),
    Bad("X7", "signup", {"name": "x" * 121}, "Kort ned til høyst 120 tegn."),
    Bad("X10", "register", {"name": ACCENTS}, "Kort ned til høyst 160 tegn. Nå er det 2001."),
    Bad("X10", "question", {"text": ACCENTS}, "Kort ned til høyst 2000 tegn. Nå er det 2001."),
    # Time
    Bad("D1", "dates", {"closes_at_date": "2026-08-31", "closes_at_time": "12:00"}, "Fristen har gått ut. Velg en senere dag."),
    Bad("D2", "dates", {"closes_at_date": "2026-10-25", "closes_at_time": "02:30"}, "finnes to ganger"),
    Bad("D3", "dates", {"closes_at_date": "2027-03-28", "closes_at_time": "02:30"}, "finnes ikke"),
    Bad("D4", "dates", {"closes_at_date": "2027-02-29", "closes_at_time": "12:00"}, A_DATE),
    Bad("D4", "dates", {"answer_by_1": "29.02.2027"}, A_DATE),
    Bad("D5", "dates", {"closes_at_date": "2026-10-13", "closes_at_time": "23:59:60"}, "Skriv klokkeslettet med timer og minutter"),
    Bad("D6", "dates", {"closes_at_date": "9999-12-31", "closes_at_time": "12:00"}, "Skriv et år fra 2000 til 2099."),
    Bad("D6", "dates", {"closes_at_date": "0001-01-01", "closes_at_time": "12:00"}, "Skriv et år fra 2000 til 2099."),
    Bad("D6", "roles", {"until": "9999-12-31"}, "Skriv et år fra 2000 til 2099."),
    Bad("D6", "dates", {"answer_by_2": "9999-12-31"}, "Skriv et år fra 2000 til 2099."),
    Bad("D6", "dates", {"answer_by_1": "0001-01-01"}, "Skriv et år fra 2000 til 2099."),
    # Money
    Bad("B1", "money", {"amount": "-1"}, "Skriv et beløp som ikke er under 0."),
    Bad("B1", "money", {"pays_each_1": "\N{MINUS SIGN}50 000"}, "Skriv et beløp som ikke er under 0."),
    Bad("B2", "money", {"amount": "0"}, "Skriv et beløp over 0."),
    Bad("B3", "money", {"pays_each_1": "50000.005"}, "høyst to sifre etter komma"),
    Bad("B5", "money", {"amount": "1e9"}, "Skriv beløpet i kroner bare med tall"),
    Bad("B6", "money", {"pays_each_2": "450 000,01"}, "budsjettet"),
    Bad("B13", "money", {"amount": "1" + "0" * 18}, "Skriv høyst 999 999 999,99."),
    Bad("B13", "money", {"selects_1": "1" + "0" * 18}, "50"),
    Bad("B13", "money", {"selects_1": "0"}, "Et steg velger minst én."),
    # Weights
    *(Bad("W", "asked", {"max_words_1_1": typed}, A_LIMIT) for typed in ("-5", "0", "2001", "12,5", "NaN", "mye")),
    *(Bad("W", "criteria", {"weight_1_1": typed}, WEIGHT) for typed in ("-5", "0", "100,01", "33,333", "NaN", "mye")),
    # Process
    Bad("P-f", "return", {"reason": "   "}, "Skriv et svar her."),
    Bad("P-f", "review", {"grounds": "\u2800\u3164 "}, "Skriv begrunnelsen."),
    Bad("P-f", "question", {"text": " \n "}, "Fyll ut dette."),
    # Mails
    Bad("M2", "signup", {"email": "a@b.no,c@d.no"}, "Skriv en adresse med @, for eksempel navn@virksomhet.no."),
    Bad("M3", "signup", {"email": "a@b.no\r\nBcc: c@d.no"}, "Skriv en adresse med @"),
    Bad("M2", "roles", {"email": "a@b.no,c@d.no"}, "Skriv hele e-postadressen"),
    Bad("M3", "roles", {"email": "a@b.no\nBcc: c@d.no"}, "Skriv hele e-postadressen"),
]

# Taken as it is, and shown as the text it is, wherever it stands
HOSTILE = {
    "X1": "<script>alert(1)</script>",
    "X2": '"><img src=x onerror=alert(1)>',
    "X3": "javascript:alert(1)",
    "X4": "</script><script>alert(2)",
    "X5": "[x](javascript:alert(1))",
    "X6": '<div hx-get="/admin/" hx-trigger="load">',
    "X10": "Z\N{COMBINING GRAVE ACCENT BELOW}\N{COMBINING TILDE BELOW}\N{COMBINING DOUBLE LOW LINE}" * 5,
    "X11": "čđŋšŧž \N{FIRE ENGINE}\N{ZERO WIDTH JOINER}\N{ROCKET} ſŧ",
    "T1": "{{ 7*7 }}",
    "T2": "{secret}",
    "T3": "{0.__class__}",
    "T4": "{% load log %}",
    "T5": "%(password)s",
    "T6": "{winner_name}",
    "T7": "<b>grunn</b> <a href='https://evil.example'>her</a>",
    "T8": "nav.no.evil.example",
}

REDIRECTS = {"R1": "//evil.no", "R2": "https:evil.no", "R3": "/\\evil.no", "R4": "javascript:alert(1)"}

HERE, ACCESS = "tests/bad_input/", "tests/access/test_matrix.py"
SKETCH, ANNOUNCING = "tests/suppliers/test_submission_pages.py", "tests/tenders/test_announcement_views.py"
# Where each id is tested: files with functions. Ids that later desks will meet (payments, scores, exports) are not here yet
TESTED = {
    **{key: [HERE + "test_hostile_text.py"] for key in HOSTILE},
    **{bad.id: [HERE + "test_refused_forms.py"] for bad in REFUSED if bad.id not in HOSTILE},
    **{f"U{no}": ["tests/tenders/test_uploads.py"] for no in (*range(5, 24), 25)},
    **{f"N{no}": ["tests/tenders/test_file_names.py"] for no in range(1, 10)},
    **{f"F{no}": ["tests/letters/test_batches.py::test_a_pdf_reaches_nothing_outside"] for no in range(1, 7)},
    **{key: [HERE + "test_ways_in.py"] for key in REDIRECTS},
    "U1": ["tests/tenders/test_uploads.py", SKETCH + "::test_files_come_and_go_with_the_text_saved"],
    "U2": [SKETCH + "::test_the_largest_file_that_is_looked_at"],
    "U3": [SKETCH + "::test_the_largest_file_that_is_looked_at", HERE + "test_whole_requests.py::test_a_file_that_is_too_large"],
    "U4": ["tests/accounts/test_whole_requests.py::test_a_body_that_is_too_large_is_not_read"],
    "U24": [HERE + "test_refused_forms.py::test_files_that_cannot_be_taken_leave_the_text"],
    "B4": [HERE + "test_refused_forms.py::test_amounts_with_spaces_that_do_not_break"],
    "P-a": [ANNOUNCING + "::test_the_officer_cannot_announce_her_own"],
    "P-b": [HERE + "test_process.py::test_one_person_who_presses_twice_opens_nothing", "tests/races/test_opening_races.py"],
    "P-g": [HERE + "test_process.py::test_withdrawing_again_gives_the_same_answer"],
    "P-h": ["tests/suppliers/test_submission.py"],
    "P-k": [
        SKETCH + "::test_an_older_page_does_not_overwrite_and_both_texts_are_shown",
        ANNOUNCING + "::test_the_second_of_two_officers_sees_both_texts_and_can_save_again",
    ],
    "AC1": [ACCESS + "::test_every_address_answers_as_the_matrix_says"],
    "AC2": [ACCESS + "::test_what_belongs_to_another_tender_is_not_found_under_this_one"],
    "AC3": [HERE + "test_process.py::test_a_hidden_organisation_of_others_is_never_written_for"],
    "AC4": [HERE + "test_process.py::test_fields_that_nobody_asked_for_change_nothing"],
    "AC5": [HERE + "test_whole_requests.py::test_a_field_that_comes_twice"],
    "AC6": [HERE + "test_ways_in.py::test_questions_that_a_list_does_not_know", "tests/access/test_no_leak.py"],
    "AC7": ["tests/suppliers/test_submission.py"],
    "AC9": [ACCESS + "::test_a_method_that_the_matrix_does_not_name_is_refused_and_changes_nothing"],
    "AC14": [
        ACCESS + "::test_every_address_answers_as_the_matrix_says",
        HERE + "test_ways_in.py::test_a_buttons_address_without_its_button",
    ],
    "D7": [
        "tests/suppliers/test_submission_pages.py::test_a_late_submit_is_refused_with_both_times",
        "tests/races/test_submission_races.py",
    ],
    "D9": ["tests/tenders/test_working_days.py"],
    "H5": [HERE + "test_whole_requests.py::test_a_form_that_is_no_form_of_ours"],
    "H6": [HERE + "test_whole_requests.py::test_a_form_that_was_cut_off"],
    "H7": [HERE + "test_whole_requests.py::test_a_form_that_was_cut_off"],
    "H7b": [HERE + "test_whole_requests.py::test_a_form_without_its_length"],
    "H8": [HERE + "test_whole_requests.py::test_a_form_that_was_cut_off"],
    "H9": [HERE + "test_whole_requests.py::test_a_form_that_is_no_form_of_ours"],
    "M1": [
        HERE + "test_hostile_text.py::test_a_name_of_several_lines_becomes_one",
        "tests/letters/test_batches.py::test_a_subject_is_one_line",
    ],
    "NUL": [HERE + "test_ways_in.py::test_nul_in_address_question_and_cookie"],
    "DOUBLE": [
        HERE + "test_process.py::test_the_same_form_twice_counts_once",
        "tests/tenders/test_questions.py::test_asking_on_the_page_twice_with_the_same_form_asks_once",
        SKETCH + "::test_the_same_form_twice_gives_one_receipt",
    ],
    "LOGIN": [
        HERE + "test_kept_text.py",
        SKETCH + "::test_what_is_typed_while_logged_out_is_there_after_log_in",
        ANNOUNCING + "::test_what_was_typed_survives_a_login_that_ran_out",
    ],
    "CSRF": [
        HERE + "test_kept_text.py::test_a_form_token_that_is_too_old_keeps_the_text",
        ACCESS + "::test_a_form_from_elsewhere_is_not_taken",
    ],
}
