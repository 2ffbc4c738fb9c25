"""Words in a submission are counted as everywhere else."""

from accounts.words import WORD_RULE, clean_text, count_words, over_by

__all__ = ["WORD_RULE", "clean_text", "count_words", "over_by"]
