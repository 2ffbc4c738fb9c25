"""The threshold check: what a newcomer meets before the first word is written, and what it costs to take part."""
