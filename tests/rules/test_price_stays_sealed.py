"""A price is read out of its sealed part in three places only, and shown from the stored row behind one door."""

from tests.rules.tree import ROOT

READS = {
    "suppliers/envelopes.py": "where it is",
    "suppliers/views/submission_parts.py": "those who sent it",
    "evaluation/comparison.py": "the comparison with the receipt, which shows nothing",
    "evaluation/queries/prices.py": "the closing of the scoring",
}
ROWS = {
    "evaluation/models/price.py": "what it is",
    "evaluation/queries/ranking.py": "the door, shut until the scoring is closed",
    "evaluation/commands/close_scoring.py": "who writes it",
}


def those_who_say(word: str) -> set[str]:
    apps = ("accounts", "letters", "tenders", "suppliers", "evaluation", "contracts", "insight", "demo")
    files = [path for app in apps for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts]
    return {str(path.relative_to(ROOT)) for path in files if word in path.read_text(encoding="utf-8")}


def test_who_reads_the_sealed_price():
    assert those_who_say("read_opened_price") == set(READS)


def test_who_reads_the_stored_price():
    assert those_who_say("PriceScore.objects") | {"evaluation/models/price.py"} == set(ROWS)
    assert those_who_say("price_score__") == set()


def test_the_closing_of_the_scoring_alone_counts_the_sealed_prices():
    assert those_who_say("offers_to_count") == {"evaluation/queries/prices.py", "evaluation/commands/close_scoring.py"}
