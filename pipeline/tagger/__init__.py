"""The tagger: a small model that names organisations, places and persons which no rule and no list knows."""
