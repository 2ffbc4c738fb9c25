"""The 56 idea sketches of the demo world: complete, within limits, anonymous and all different."""

import json
import re
from collections import defaultdict
from pathlib import Path

import pytest

PATH = Path(__file__).resolve().parents[2] / "demo" / "data" / "sketches.json"
SKETCHES = json.loads(PATH.read_text(encoding="utf-8"))

LIMITS = {"idea": 300, "people": 250, "trial": 300, "reason": 250, "needs": 100}
FORMS = {"AS", "ASA", "SA", "STI", "FLI", "ENK"}
KINDS = {
    "social_enterprise": 19,
    "non_profit": 12,
    "start_up": 11,
    "established": 9,
    "work_inclusion": 5,
}
SIZES = {"1-4", "5-19", "20-99", "100+"}
COUNTIES = {
    "NO020", "NO060", "NO071", "NO072", "NO073", "NO081", "NO083", "NO084",
    "NO085", "NO092", "NO093", "NO094", "NO0A1", "NO0A2", "NO0A3",
}  # fmt: skip
WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)
# Words in organisation names that say what an organisation is and not which one.
LEGAL_FORM_WORDS = {"as", "asa", "sa", "enk", "stiftelsen", "foreningen"}

each_sketch = pytest.mark.parametrize("sketch", SKETCHES, ids=[s["organisation"]["name"] for s in SKETCHES])


def words(text):
    """Words as the form counts them: runs of characters between white space."""
    return text.split()


def bare_words(text):
    """Words in lower case without punctuation, for comparing names."""
    return re.findall(r"\w+", text.casefold())


def published_text(sketch):
    return "\n".join([sketch["title"], *sketch["answers"].values()])


def sentences(sketch):
    """Sentences of four words or more, in lower case and with single spaces."""
    for answer in sketch["answers"].values():
        for part in re.split(r"[.?!\n]", answer):
            sentence = " ".join(part.casefold().split())
            if len(sentence.split()) >= 4:
                yield sentence


def check_digit(eight_digits):
    rest = sum(w * int(d) for w, d in zip(WEIGHTS, eight_digits, strict=True)) % 11
    return 0 if rest == 0 else 11 - rest


def contains_phrase(haystack, needle):
    size = len(needle)
    return any(haystack[i : i + size] == needle for i in range(len(haystack) - size + 1))


def test_there_are_exactly_56():
    assert len(SKETCHES) == 56


def test_the_first_three_are_the_demo_people():
    first = [(s["person"]["name"].split()[0], s["organisation"]["kind"]) for s in SKETCHES[:3]]
    assert first == [
        ("Sara", "social_enterprise"),
        ("Sindre", "start_up"),
        ("Stine", "established"),
    ]
    assert SKETCHES[0]["organisation"]["name"] == "Morgenkveik AS"
    assert SKETCHES[0]["person"]["name"] == "Sara Nilsen"
    assert SKETCHES[0]["person"]["email"] == "sara@morgenkveik.example"
    assert SKETCHES[2]["organisation"]["size"] == "100+"


@each_sketch
def test_every_field_is_there_with_an_allowed_value(sketch):
    assert set(sketch) == {"organisation", "person", "title", "answers"}
    organisation, person = sketch["organisation"], sketch["person"]
    assert set(organisation) == {
        "name", "number", "form", "kind", "size", "county", "municipality", "first_time",
    }  # fmt: skip
    assert set(person) == {"name", "email", "language"}
    assert list(sketch["answers"]) == list(LIMITS)
    assert organisation["form"] in FORMS
    assert organisation["kind"] in KINDS
    assert organisation["size"] in SIZES
    assert organisation["county"] in COUNTIES
    assert organisation["municipality"].strip()
    assert isinstance(organisation["first_time"], bool)
    assert person["language"] in {"nb", "nn"}
    assert re.fullmatch(r"[a-z]+@[a-z]+\.example", person["email"])
    assert len(person["name"].split()) == 2


def test_kinds_counties_and_languages_are_spread_as_planned():
    kinds = defaultdict(int)
    for sketch in SKETCHES:
        kinds[sketch["organisation"]["kind"]] += 1
    assert dict(kinds) == KINDS
    assert {s["organisation"]["county"] for s in SKETCHES} == COUNTIES
    assert sum(s["person"]["language"] == "nn" for s in SKETCHES) == 8


def test_names_and_addresses_are_unique():
    assert len({s["organisation"]["name"].casefold() for s in SKETCHES}) == 56
    assert len({s["person"]["name"].casefold() for s in SKETCHES}) == 56
    assert len({s["person"]["email"] for s in SKETCHES}) == 56


def test_numbers_are_unique():
    assert len({s["organisation"]["number"] for s in SKETCHES}) == 56


@each_sketch
def test_number_is_in_the_synthetic_series_with_a_right_check_digit(sketch):
    number = sketch["organisation"]["number"]
    assert re.fullmatch(r"[23][0-9]{8}", number)
    assert check_digit(number[:8]) == int(number[8])


@each_sketch
def test_sketch_has_120_to_400_words(sketch):
    total = sum(len(words(answer)) for answer in sketch["answers"].values())
    assert 120 <= total <= 400


@each_sketch
@pytest.mark.parametrize("question", LIMITS)
def test_answer_is_filled_in_and_within_its_limit(sketch, question):
    assert 1 <= len(words(sketch["answers"][question])) <= LIMITS[question]


def test_no_sentence_occurs_twice():
    found = defaultdict(list)
    for sketch in SKETCHES:
        for sentence in sentences(sketch):
            found[sentence].append(sketch["organisation"]["name"])
    assert {s: where for s, where in found.items() if len(where) > 1} == {}


@each_sketch
def test_sketch_is_anonymous(sketch):
    text = bare_words(published_text(sketch))
    organisation = [w for w in bare_words(sketch["organisation"]["name"]) if w not in LEGAL_FORM_WORDS]
    assert organisation
    assert not contains_phrase(text, organisation)
    domain = sketch["person"]["email"].split("@")[1].split(".")[0]
    forbidden = {*organisation, domain, *bare_words(sketch["person"]["name"])}
    assert forbidden.isdisjoint(text)


@each_sketch
def test_sketch_has_no_web_or_email_address_and_no_number(sketch):
    text = published_text(sketch)
    assert "@" not in text
    assert not re.search(r"(?i)https?:|www\.|\w\.(no|com|org|net|example)\b", text)
    assert sketch["organisation"]["number"] not in re.sub(r"\s", "", text)


@each_sketch
def test_title_has_at_most_12_words(sketch):
    assert 1 <= len(words(sketch["title"])) <= 12


def test_titles_are_unique():
    assert len({" ".join(bare_words(s["title"])) for s in SKETCHES}) == 56


def test_file_is_utf_8_written_the_agreed_way():
    expected = json.dumps(SKETCHES, ensure_ascii=False, indent=1) + "\n"
    assert PATH.read_bytes() == expected.encode("utf-8")
