"""The version of reading: a hash of the code and the config that make readings."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from casefile.config_folder import CONFIG_FOLDER

CONFIG_FILES = (
    "countries.csv",
    "homes.yml",
    "indicators.csv",
    "kind_cues.yml",
    "kinds.yml",
    "languages.yml",
    "lexicon.csv",
    "localities.yml",
    "negations.yml",
    "orgs.yml",
    "persons.yml",
    "place_aliases.csv",
    "place_words.yml",
    "places.csv",
    "places_geonames.csv",
    "places_regions.csv",
    "roles.yml",
    "signs.yml",
    "suspect.yml",
)
"""What of config/ reading depends on, beside the folder config/contacts."""


@cache
def reading_version() -> str:
    """16 hexadecimal digits; posts are read again when they change."""
    files = sorted(Path(__file__).parent.rglob("*.py"))
    files += [CONFIG_FOLDER / name for name in CONFIG_FILES if (CONFIG_FOLDER / name).is_file()]
    files += sorted((CONFIG_FOLDER / "contacts").glob("*.yml"))
    files += sorted((Path(__file__).parent / "tagger").glob("model/*"))
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]
