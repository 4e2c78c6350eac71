"""The password or API key for a server: from the environment, or from a file of this user that nobody else may read.

The file stands outside all cases and says to which server each secret belongs: a case that was given cannot have them
sent anywhere else.

    ["https://search.our-organisation.example:9200"]
    api_key = "…"
"""

from __future__ import annotations

import os
import stat
import sys
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from casefile.errors import ElasticError
from casefile.settings import ElasticSettings

FILE_VARIABLE = "JEJAK_ELASTIC_SECRETS"
KEY_VARIABLE, PASSWORD_VARIABLE = "JEJAK_ELASTIC_API_KEY", "JEJAK_ELASTIC_PASSWORD"
_HOW = "See docs/elasticsearch.md, “Passwords and keys”."


@dataclass(frozen=True, slots=True)
class Secret:
    """What opens a server; `repr` never shows it."""

    api_key: str | None = field(default=None, repr=False)
    password: str | None = field(default=None, repr=False)


def secrets_path() -> Path:
    """Where this user's secrets lie: $JEJAK_ELASTIC_SECRETS, else elastic.toml in the folder of this user's settings."""
    if named := os.environ.get(FILE_VARIABLE):
        return Path(named).expanduser()
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA", "~")).expanduser() / "Jejak" / "elastic.toml"
    return Path(os.environ.get("XDG_CONFIG_HOME") or "~/.config").expanduser() / "jejak" / "elastic.toml"


def find_secret(settings: ElasticSettings) -> Secret | None:
    """What opens the case's server, if this user has it; raises ElasticError where the file is not as it must be."""
    key, password = os.environ.get(KEY_VARIABLE), os.environ.get(PASSWORD_VARIABLE)
    if key or password:
        return Secret(key or None, password or None)
    path = secrets_path()
    if not path.exists():
        return None
    kept = _read(path)
    named = {name.rstrip("/"): secret for name, secret in kept.items()}
    servers = [settings.cloud_id] if settings.cloud_id else [url.rstrip("/") for url in settings.urls]
    found = [named.get(server) for server in servers]
    # All of them must be known: whoever adds an address of his own to a case must not be sent the secret.
    return found[0] if found and all(one == found[0] for one in found) else None


def _read(path: Path) -> dict[str, Secret]:
    try:
        if sys.platform != "win32" and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise ElasticError(f"{path}: others may read these secrets", f"Take that away: chmod 600 {path}")
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ElasticError(f"{path}: cannot be read ({error.strerror})", _HOW) from error
    except (ValueError, RecursionError) as error:
        raise ElasticError(f"{path}: is no TOML file", _HOW) from error  # the error itself may quote a secret
    return {server: _secret(path, server, table) for server, table in tables.items()}


def _secret(path: Path, server: str, table: object) -> Secret:
    if not isinstance(table, dict) or not set(table) <= {"api_key", "password"} or not table:
        raise ElasticError(f"{path}, [{server}]: needs one line, api_key = … or password = …", _HOW)
    if not all(isinstance(value, str) and value for value in table.values()):
        raise ElasticError(f"{path}, [{server}]: the value must be a text in quotation marks", _HOW)
    return Secret(**table)
