"""Reading case.toml and sources/*.yml: typed settings, or every mistake at once with file, place and example."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent

from casefile.atomic import write_text
from casefile.errors import Mistake, SettingsError
from casefile.settings import PROXY_PATTERN, SERVER_ADDRESS, CaseSettings, SourceSettings

SETTINGS_FILE = "case.toml"
_LIMIT_BYTES = 1_000_000
_DEEPEST = 10
Settings = TypeVar("Settings", bound=BaseModel)


def read_case_settings(folder: Path) -> CaseSettings:
    """`case.toml`; raises SettingsError."""
    text = _read_text(folder / SETTINGS_FILE, SETTINGS_FILE)
    try:
        values = tomllib.loads(text)
    except RecursionError as error:
        raise SettingsError(
            [Mistake(SETTINGS_FILE, "file", "is nested too deeply", "plain values", 'title = "My case"')]
        ) from error
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"\(at (line \d+).*\)", str(error))
        problem = re.sub(r" \(at .*\)$", "", str(error))
        mistake = Mistake(SETTINGS_FILE, line[1] if line else "end", problem, "TOML", 'title = "My case"')
        raise SettingsError([mistake]) from error
    lines = {m[2]: number for number, m in enumerate(map(_KEY.match, text.splitlines()), 1) if m}
    try:
        return CaseSettings.model_validate(values)
    except ValidationError as error:
        raise SettingsError(_mistakes(error, CaseSettings, SETTINGS_FILE, lines)) from error


_KEY = re.compile(r"(\s*)([A-Za-z_]\w*)\s*=")


def write_case_settings(folder: Path, settings: CaseSettings) -> None:
    """Write `case.toml` with a line of explanation above what needs one."""
    lines = ["# A case of Jejak. All values can be changed; `jejak stats` says when something is wrong here.", ""]
    lines += _toml_lines(settings)
    write_text(folder / SETTINGS_FILE, "\n".join(lines) + "\n")


def _toml_lines(settings: BaseModel) -> Iterator[str]:
    """A line a setting; tables come last, as TOML wants it."""
    tables = {}
    for name, field in type(settings).model_fields.items():
        value = getattr(settings, name)
        if isinstance(value, BaseModel):
            tables[name] = value
            continue
        if field.description:
            yield f"# {field.description}"
        if value is None:
            yield f"# {name} = {_toml(field.examples[0] if field.examples else '')}"
        else:
            yield f"{name} = {_toml(value)}"
    for name, table in tables.items():
        yield from ("", f"[{name}]", *_toml_lines(table))


def read_sources(folder: Path) -> tuple[SourceSettings, ...]:
    """All files of sources/, ordered by name; raises SettingsError with the mistakes of all of them."""
    return read_each(folder / "sources", read_source_file)


def read_each(folder: Path, read: Callable[[Path], Settings]) -> tuple[Settings, ...]:
    """All YAML files of a folder, ordered by name; raises SettingsError with the mistakes of all of them."""
    settings, mistakes = [], []
    for path in sorted(folder.glob("*.y*ml")):
        try:
            settings.append(read(path))
        except SettingsError as error:
            mistakes += error.mistakes
    if mistakes:
        raise SettingsError(mistakes)
    return tuple(settings)


def read_source(folder: Path, name: str) -> SourceSettings | None:
    """One file of sources/; None when there is none of that name."""
    path = folder / "sources" / f"{name}.yml"
    return read_source_file(path) if path.is_file() else None


def read_source_file(path: Path) -> SourceSettings:
    """One source's file, wherever it lies; raises SettingsError."""
    file = f"sources/{path.name}"
    if path.suffix != ".yml":
        raise SettingsError(
            [Mistake(file, "file name", "ends in .yaml", "a name that ends in .yml", "xx_harborjobs.yml")]
        )
    values = read_yaml(path, file, "title: Harbor Jobs")
    if "name" in values:
        mistake = Mistake(
            file, _where(("name",), values), "'name' is not set here", "the file name as the name", "xx_harborjobs.yml"
        )
        raise SettingsError([mistake])
    return checked(values, SourceSettings, file, name=path.stem)


def read_yaml(path: Path, file: str, example: str) -> CommentedMap:
    """The settings in a YAML file, with their lines; `file` names it and `example` shows a line in mistakes."""
    text = _read_text(path, file)
    try:
        _refuse_tricks(text, file)
        values = YAML(typ="rt", pure=True).load(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"line {mark.line + 1}" if mark else "somewhere"
        raise SettingsError([Mistake(file, where, str(error.problem or error.context), "YAML", example)]) from error
    except (YAMLError, ValueError) as error:
        problem = next(iter(str(error).splitlines()), "cannot be read")
        raise SettingsError([Mistake(file, "somewhere", problem, "YAML", example)]) from error
    if not isinstance(values, CommentedMap):
        raise SettingsError([Mistake(file, "line 1", "holds no settings", "lines of the form key: value", example)])
    return values


def checked(values: CommentedMap, model: type[Settings], file: str, **more: str) -> Settings:
    """The values of a file, and `more`, as typed settings; raises SettingsError with every mistake and its line."""
    try:
        return model.model_validate({**_plain(values), **more})
    except ValidationError as error:
        raise SettingsError(_mistakes(error, model, file, values)) from error


def _refuse_tricks(text: str, file: str) -> None:
    """Refuse what settings do not need and what can be made to grow without end: aliases, and deep nesting."""
    depth = 0
    for event in YAML(typ="rt", pure=True).parse(text):
        depth += isinstance(event, CollectionStartEvent)
        depth -= isinstance(event, CollectionEndEvent)
        trick = (
            "a reference (*name)" if isinstance(event, AliasEvent) else "nesting this deep" if depth > _DEEPEST else ""
        )
        if trick:
            mistake = Mistake(
                file,
                f"line {event.start_mark.line + 1}",
                f"{trick} is not used here",
                "plain values",
                "title: Harbor Jobs",
            )
            raise SettingsError([mistake])


def _read_text(path: Path, name: str) -> str:
    try:
        if path.stat().st_size > _LIMIT_BYTES:
            raise SettingsError(
                [Mistake(name, "file", "is larger than 1 MB", "a short settings file", "title: Harbor Jobs")]
            )
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        where = f"byte {error.start + 1}"
        raise SettingsError(
            [Mistake(name, where, "is not UTF-8", "a file saved as UTF-8", "title: Harbor Jobs")]
        ) from error
    except OSError as error:
        raise SettingsError(
            [Mistake(name, "file", f"cannot be read ({error.strerror})", "a readable file", "")]
        ) from error


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value


def _mistakes(error: ValidationError, model: type[BaseModel], file: str, lines: Any) -> list[Mistake]:
    found = []
    for fault in error.errors(include_url=False):
        path = tuple(fault["loc"])
        if path == ("name",):
            found.append(
                Mistake(
                    file,
                    "file name",
                    "is no source's name",
                    "country code, underscore, site, in a-z, 0-9 and _",
                    "xx_harborjobs.yml",
                )
            )
            continue
        field = _field(model, path)
        key = ".".join(str(part) for part in path)
        problem = {
            "missing": f"'{key}' is missing",
            "extra_forbidden": f"'{key}' is not a setting",
        }.get(fault["type"], f"'{key}' is {_short(fault['input'])}")
        example = field.examples[0] if field and field.examples else ""
        expected = _known_keys(model, path) if fault["type"] == "extra_forbidden" else _expected(fault, field)
        found.append(
            Mistake(
                file, _where(path, lines), problem, expected, f"{path[-1]}: {_yaml(example)}" if field else "remove it"
            )
        )
    return found


def _expected(fault: Any, field: FieldInfo | None) -> str:
    text = "a value" if fault["type"] == "missing" else fault["msg"][0].lower() + fault["msg"][1:]
    text = text.removeprefix("input should be ").removeprefix("value error, ")
    if fault["type"] == "string_pattern_mismatch":
        text = _PATTERNS_IN_WORDS.get(fault["ctx"]["pattern"], text)
    return f"{text} ({field.description})" if field and field.description else text


_PATTERNS_IN_WORDS = {
    r"^[a-z]{2}$": "two small letters of a country (ISO 3166)",
    r"^[a-z]{2,3}$": "two or three small letters of a language (ISO 639)",
    PROXY_PATTERN: "tor, direct, or socks5:// or http:// with host and port (a password goes into JEJAK_PROXY_PASSWORD)",
    SERVER_ADDRESS: "an address that begins with https:// (or http://), without a name and a password in it",
    r"^https?://[^\s/]+": "an address that begins with http:// or https://",
}


def _known_keys(model: type[BaseModel], path: tuple[Any, ...]) -> str:
    owner: type[BaseModel] = model
    for part in path[:-1]:
        inner = owner.model_fields[str(part)].annotation
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            owner = inner
    return "one of " + ", ".join(name for name in owner.model_fields if name != "name")


def _field(model: type[BaseModel], path: tuple[Any, ...]) -> FieldInfo | None:
    owner: Any = model
    field: FieldInfo | None = None
    for part in path:
        if not (isinstance(owner, type) and issubclass(owner, BaseModel)):
            break
        field = owner.model_fields.get(str(part))
        if field is None:
            return None
        owner = field.annotation
    return field


def _where(path: tuple[Any, ...], lines: Any) -> str:
    """The line of the innermost key of `path` that stands in the file."""
    if isinstance(lines, CommentedMap):
        line, owner = None, lines
        for part in path:
            if not isinstance(owner, CommentedMap) or part not in owner:
                break
            line, owner = owner.lc.key(part)[0] + 1, owner[part]
        return f"line {line}" if line else "whole file"
    known = [lines[part] for part in path if part in lines]
    return f"line {known[-1]}" if known else "whole file"


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "…"


def _yaml(value: Any) -> str:
    return _toml(value) if isinstance(value, (str, list, tuple)) else str(value)


def _toml(value: Any) -> str:
    if isinstance(value, str):
        escaped = "".join(_ESCAPES.get(c) or (c if c.isprintable() else f"\\U{ord(c):08x}") for c in value)
        return f'"{escaped}"'
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return str(value).lower() if isinstance(value, bool) else str(value)


_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
