"""Putting a case's dashboards into Kibana, and the roles for them into Elasticsearch; done again, it does no harm."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from casefile.case import Case
from casefile.errors import ElasticError, KibanaError
from casefile.search.elastic.connection import connected, is_set_up
from casefile.search.elastic.secrets import find_secret
from casefile.settings import CaseSettings, ElasticSettings
from desk import terminal
from desk.kibana.bundle import bundle
from desk.kibana.names import Names
from desk.kibana.roles import put_roles, roles
from desk.kibana.server import Imported, Kibana, is_newer

_PORT = 5601


@dataclass(frozen=True, slots=True)
class Wish:
    """What the investigator asked for; what is None is taken from the case."""

    url: str | None = None
    space: str | None = None
    user: str | None = None
    ca_file: Path | None = None
    with_roles: bool = True


@dataclass(frozen=True, slots=True)
class Installed:
    """What was done: in which Kibana and space, what became of the objects and roles, and where to begin."""

    url: str
    version: str
    space: str
    space_is_new: bool
    objects: int
    imported: Imported
    roles: tuple[tuple[str, bool], ...]
    roles_problem: str
    begin: str

    @property
    def whole(self) -> bool:
        """Whether everything that was asked for is there now."""
        return not self.imported.refused and not self.roles_problem


def install(case: Case, wish: Wish) -> Installed:
    """Make space, data views, saved searches, dashboards and roles; raises KibanaError where Kibana cannot be used."""
    settings = case.settings.elastic
    if not is_set_up(settings):
        raise KibanaError(
            "This case names no Elasticsearch.", 'Add to case.toml: [elastic] and below it urls = ["https://…:9200"].'
        )
    kibana = _reach(case.settings, wish)
    version = kibana.ask_version()
    space = wish.space or settings.prefix
    is_new = kibana.make_space(space, case.settings.title, "Made by Jejak, from its case of this title.")
    names = Names(settings.prefix)
    objects = bundle(names)
    imported = kibana.put(space, objects)
    if not imported.refused:
        kibana.open_with(space, names.data_view("posts"))
    made, problem = _make_roles(case.settings, wish, space) if wish.with_roles else ((), "")
    begin = (
        f"{kibana.url}{'' if space == 'default' else f'/s/{space}'}/app/dashboards#/view/{names.dashboard('Overview')}"
    )
    done = Installed(kibana.url, version, space, is_new, len(objects), imported, made, problem, begin)
    case.audit("kibana", url=kibana.url, space=space, objects=len(objects), refused=len(imported.refused))
    return done


def _reach(case: CaseSettings, wish: Wish) -> Kibana:
    """The Kibana that is meant, with the secret of the case's Elasticsearch, or one of its own in the file of secrets."""
    settings = case.elastic
    url = (wish.url or _beside(settings)).rstrip("/")
    if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
        raise KibanaError(
            f"{url}: is no address of a web server", "Give it so: --url https://kibana.our-organisation.example:5601."
        )
    changed = {"urls": (url,), "cloud_id": None, "fingerprint": None, "username": wish.user or settings.username}
    if wish.ca_file:
        changed["ca_file"] = str(wish.ca_file)
    meant = settings.model_copy(update=changed)
    return Kibana(case.model_copy(update={"elastic": meant}), find_secret(meant) or find_secret(settings))


def _beside(settings: ElasticSettings) -> str:
    """Where Kibana usually answers: on the machine of Elasticsearch."""
    if not settings.urls:
        raise KibanaError(
            "Where Kibana answers is not known for a server in the cloud.", "Give its address: --url https://…."
        )
    parts = urlsplit(settings.urls[0])
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    return f"{parts.scheme}://{host}:{_PORT}"


def _make_roles(case: CaseSettings, wish: Wish, space: str) -> tuple[tuple[tuple[str, bool], ...], str]:
    """The roles that were made; the dashboards stand without them, so what goes wrong here ends nothing."""
    asked = case.elastic.model_copy(update={"username": wish.user or case.elastic.username})
    try:
        with connected(case.model_copy(update={"elastic": asked})) as client:
            return tuple(put_roles(client, roles(asked.prefix, space))), ""
    except ElasticError as error:
        return (), str(error)


def show(done: Installed, as_json: bool) -> None:
    """Say what was done, what was not, and where to begin."""
    if as_json:
        terminal.say_json({**dataclasses.asdict(done), "roles": dict(done.roles), "whole": done.whole})
        return
    terminal.say(f"Kibana {done.version} at {done.url}")
    terminal.say(f"  space “{done.space}”: {'made' if done.space_is_new else 'was there, left as it is'}")
    taken, new, replaced = done.imported.new + done.imported.replaced, done.imported.new, done.imported.replaced
    terminal.say(
        f"  data views, saved searches, dashboards: {taken} of {done.objects} put there ({new} new, {replaced} replaced)"
    )
    for name, is_new in done.roles:
        terminal.say(f"  role “{name}”: {'made' if is_new else 'made anew'}")
    if is_newer(done.version):
        terminal.note(
            f"Kibana {done.version} is newer than any that Jejak knows; look whether the dashboards open.", "yellow"
        )
    for refused in done.imported.refused:
        terminal.note(f"Not taken: {refused}", "bold red")
    if done.imported.refused:
        terminal.note(
            "→ Run the command again; if it stays so, import by hand what `jejak kibana write CASE FILE` writes.", ""
        )
    if done.roles_problem:
        terminal.note(f"No roles were made: {done.roles_problem}", "bold red")
        terminal.note("→ Ask whoever may manage security there to run this command, or leave them out: --no-roles.", "")
    terminal.say(f"Begin here: {done.begin}")
