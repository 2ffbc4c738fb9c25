# The same verbs as `python3 run.py`, which does the work. PORT=8010 make demo; make test ARGS="tests/tenders -k sealing"
PYTHON ?= python3

.PHONY: demo test check races demo-reset help
.DEFAULT_GOAL := help

demo demo-reset check help:
	@$(PYTHON) run.py $@

test races:
	@$(PYTHON) run.py $@ $(ARGS)
