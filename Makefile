# Everything that a newcomer runs. `make demo` and `make test` set up what they need by themselves.
SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
SHARED ?= ../shared
EVERY ?= 4
KILLS ?= 200

.PHONY: help setup chromium elasticsearch demo test test-elastic lint format check eval eval-pages eval-networks model bench torture walkthrough pictures licences clean

help: ## list the targets
	@grep -E '^[a-z-]+:.*##' Makefile | sed 's/:.*## /\t/' | expand -t 16

$(READY): requirements.lock pyproject.toml setup/environment.sh
	@sh setup/environment.sh $(VENV)
	@touch $@

setup: $(READY) ## virtual environment with the locked dependencies

chromium: $(READY)
	@sh setup/chromium.sh $(BIN)

elasticsearch:
	@sh setup/elasticsearch.sh >/dev/null

demo: $(READY) chromium ## the whole job on a small web of its own; leaves demo-case/
	@$(BIN)/jejak demo demo-case

test: $(READY) chromium elasticsearch ## all tests
	@$(BIN)/pytest -n auto --dist loadgroup

test-elastic: $(READY) elasticsearch ## only those on a real Elasticsearch (JEJAK_ELASTICSEARCH=8.19.8: on that one)
	@$(BIN)/pytest -m elastic

lint: $(READY) ## style, dangerous code (bandit's rules), types, import rule
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(READY) ## put the code into the house's form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

check: lint test ## before every commit

eval: $(READY) ## accuracy on labelled posts and sentences that lie outside the repository (SHARED=folder, EVERY=1: all sentences)
	@$(BIN)/python -m benchmarks.eval $(SHARED) --every $(EVERY)

eval-pages: $(READY) ## posts found in saved pages, and the words of threads, lists and articles (SHARED=folder)
	@$(BIN)/python $(SHARED)/tools/score_pages.py $(SHARED)/data/pages --run '$(BIN)/jejak probe {file} --url {url} --json'
	@$(BIN)/python $(SHARED)/tools/score_wcxb.py $(SHARED)/data/wcxb --jobs 2 --run '$(BIN)/jejak probe {file} --url {url} --json'

eval-networks: $(READY) ## recruiters and campaigns against synthetic networks, scored by a scorer outside the repository (SHARED=folder)
	@$(BIN)/python -m benchmarks.networks.evaluate $(SHARED)/tools/score_networks.py

model: $(READY) ## train the names model anew on corpora outside the repository (SHARED=folder; RESEARCH=1: one not to be given away)
	@sh training/model.sh $(BIN) $(SHARED) $(RESEARCH)

bench: $(READY) ## speed and memory
	@for b in extract hostile crawl recrawl keep graph texts pages; do echo "== $$b"; $(BIN)/python -m benchmarks.$$b || exit 1; done

torture: $(READY) ## kill every stage, and let disk, clock, memory and sources fail: nothing may be lost (KILLS=200)
	@$(BIN)/python -m benchmarks.torture --kills $(KILLS)

walkthrough: $(READY) chromium ## write the outputs in docs/walkthrough.md anew
	@$(BIN)/python -m desk.demo.walkthrough docs/walkthrough.md

pictures: $(READY) chromium ## take the pictures of the desk's screens in docs/pictures/ anew
	@$(BIN)/python setup/pictures.py

licences: $(READY) ## write docs/licences.md anew
	@$(BIN)/python setup/licences.py

clean: ## remove what was made, cases excepted
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis build *.egg-info
