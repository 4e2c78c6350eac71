"""The messengers and networks on which accounts are known, by all their names in config/contacts/platforms.yml."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from casefile.config_folder import CONFIG_FOLDER
from casefile.errors import Mistake, SettingsError


@cache
def platforms() -> Mapping[str, str]:
    """The platform's part of an identifier (`telegram`) by every name (`tg`, `纸飞机`), in lower case.

    Raises SettingsError where the file cannot be read.
    """
    path = CONFIG_FOLDER / "contacts" / "platforms.yml"
    try:
        lists = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
        words = {word.strip().casefold(): name for name, held in lists.items() for word in held.split(",")}
    except (OSError, YAMLError, AttributeError) as error:
        mistake = Mistake(str(path), "file", str(error), "lists of words by platform", "telegram: tele, tg")
        raise SettingsError([mistake]) from error
    return {**words, **{name: name for name in lists}}
