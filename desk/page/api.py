"""What programs may ask the page for, as a table: each answers what the command of the same name answers with --json."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from casefile.case import Case
from casefile.errors import QueryError
from casefile.records import LinkKind
from desk import collecting, watching
from desk.answers import (
    audit,
    corrections,
    judgements,
    networks,
    nodes,
    numbers,
    posts,
    programs,
    recruiters,
    routes,
    searches,
    ways,
)
from desk.terminal import say_json

VERSION = "1.0.0"
PREFIX = "/api/v1"
Told = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One value in an address. Whole numbers lie between `least` and `most`; `one_of` names all words that may stand."""

    name: str
    words: str
    kind: str = "string"
    default: Any = None
    required: bool = False
    least: int = 0
    most: int = 100_000
    one_of: tuple[str, ...] = ()

    def read(self, typed: str | None) -> Any:
        """The value; raises QueryError."""
        if typed is None or typed == "":
            if self.required:
                raise QueryError(f"“{self.name}” is missing: {self.words}", f"Add ?{self.name}=… to the address.")
            return self.default
        if self.kind == "boolean" and typed in ("true", "false"):
            return typed == "true"
        if (
            self.kind == "integer"
            and typed.isascii()
            and typed.isdecimal()
            and self.least <= int(typed[:12]) <= self.most
        ):
            return int(typed)
        if self.kind == "string" and (not self.one_of or typed in self.one_of):
            return typed
        raise QueryError(f"“{self.name}” cannot be {typed[:60]!r}.", f"It is {self._expected()}: {self.words}")

    def _expected(self) -> str:
        if self.kind == "integer":
            return f"a number from {self.least} to {self.most}"
        return "true or false" if self.kind == "boolean" else f"one of {', '.join(self.one_of)}"

    def described(self) -> dict[str, Any]:
        """The same for OpenAPI."""
        schema: dict[str, Any] = {"type": self.kind}
        if self.kind == "integer":
            schema |= {"minimum": self.least, "maximum": self.most}
        if self.one_of:
            schema["enum"] = list(self.one_of)
        if self.default is not None:
            schema["default"] = self.default
        return {
            "name": self.name,
            "in": "query",
            "required": self.required,
            "description": self.words,
            "schema": schema,
        }


@dataclass(frozen=True, slots=True)
class Operation:
    """One question: `answer` says its answer as the command does (`say_json`)."""

    name: str
    words: str
    command: str
    answer: Callable[[Case, Told], None]
    parameters: tuple[Parameter, ...] = ()

    def described(self) -> dict[str, Any]:
        """The same for OpenAPI."""
        failed = {"description": "What is wrong, and what to do.", "content": _content("Error")}
        return {
            "operationId": self.name,
            "summary": self.words,
            "description": f"The objects that `jejak {self.command} --json` writes, one a line.",
            "parameters": [parameter.described() for parameter in self.parameters],
            "responses": {
                "200": {"description": "The answer.", "content": _content("Answer")},
                "400": failed,
                "403": {"description": "No session: enter by the address that `jejak desk` prints."},
                "404": failed,
            },
        }


def _sources(case: Case, _: Told) -> None:
    for row in collecting.list_sources(case):
        say_json(row)


_LIMIT = Parameter("limit", "how many at most", "integer", 20, least=1, most=1_000)
_OFFSET = Parameter("offset", "how many to pass over", "integer", 0, most=10_000_000)
_THING = Parameter("id", "a post, a contact, a place, a company or a recruiter, however it is written", required=True)
OPERATIONS = (
    Operation("search", "Posts that match a query, with facets", "search CASE QUERY",
              lambda case, told: posts.search(case, told["q"], told["limit"], told["offset"], as_json=True),
              (Parameter("q", "the query, as in the search box", default=""), _LIMIT, _OFFSET)),
    Operation("searches", "The searches that the case keeps by name", "searches CASE",
              lambda case, _: searches.list_all(case, as_json=True)),
    Operation("show", "One post with its reading and captures, or one entity or recruiter with its links", "show CASE ID",
              lambda case, told: nodes.show(case, told["id"], as_json=True), (_THING,)),
    Operation("actors", "Every recruiter, the one on most posts first", "actors CASE",
              lambda case, _: programs.actors(case, as_json=True)),
    Operation("actor", "One recruiter; with why, the chain of joins", "actor CASE ID",
              lambda case, told: recruiters.actor(case, told["id"], told["why"], as_json=True),
              (_THING, Parameter("why", "tell the chain of joins", "boolean", default=False))),
    Operation("campaigns", "Every text that was sent more than once", "campaigns CASE",
              lambda case, _: programs.campaigns(case, as_json=True)),
    Operation("links", "Every link, the surest first", "links CASE",
              lambda case, told: programs.links(case, LinkKind(told["kind"]) if told["kind"] else None, as_json=True),
              (Parameter("kind", "only links of this kind", one_of=tuple(kind.value for kind in LinkKind)),)),
    Operation("network", "All networks, or one with its links", "network CASE [NETWORK]",
              lambda case, told: networks.network(case, told["id"], as_json=True),
              (Parameter("id", "its id, name, or place in the list"),)),
    Operation("path", "The strongest chains of evidence between two things", "path CASE FROM TO",
              lambda case, told: ways.path(case, told["from"], told["to"], told["paths"], as_json=True),
              (Parameter("from", "where it begins", required=True), Parameter("to", "where it ends", required=True),
               Parameter("paths", "how many chains", "integer", 1, least=1, most=50))),
    Operation("routes", "From where, through where and to where offers send people", "routes CASE",
              lambda case, told: routes.routes(case, told["month"], told["countries"], told["limit"], as_json=True),
              (Parameter("month", "one a month and route", "boolean", default=False),
               Parameter("countries", "from country to country", "boolean", default=False), _LIMIT)),
    Operation("alerts", "What the watches found, the latest first", "alerts CASE",
              lambda case, _: watching.list_alerts(case, None, tell=False, as_json=True)),
    Operation("watchlist", "What is watched for", "watchlist CASE", lambda case, _: watching.list_watches(case, as_json=True)),
    Operation("judgements", "What was decided, by whom, when and why", "judgements CASE",
              lambda case, _: judgements.list_all(case, as_json=True)),
    Operation("corrections", "What people set right in readings, by whom, when and why", "corrections CASE",
              lambda case, _: corrections.list_all(case, as_json=True)),
    Operation("sources", "The sources, and how their last crawl went", "sources CASE", _sources),
    Operation("stats", "What the case holds", "stats CASE", lambda case, _: numbers.stats(case, as_json=True)),
    Operation("audit", "Who did what, and when", "audit CASE",
              lambda case, _: audit.show(case, [], None, None, as_json=True)),
)  # fmt: skip


def _content(schema: str) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}


def description() -> dict[str, Any]:
    """The table as OpenAPI 3.1 (https://spec.openapis.org/oas/v3.1.0)."""
    text = {"type": "string"}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Jejak's desk",
            "version": VERSION,
            "description": "Read-only, on this machine, in the session of the page (cookie `jejak`). Within v1 answers only "
            "ever gain fields. Looking at pleas for help is noted in the journal, as on the page.",
        },
        "servers": [{"url": PREFIX}],
        "security": [{"session": []}],
        "paths": {f"/{one.name}": {"get": one.described()} for one in OPERATIONS},
        "components": {
            "securitySchemes": {"session": {"type": "apiKey", "in": "cookie", "name": "jejak"}},
            "schemas": {
                "Answer": {
                    "type": "object",
                    "required": ["answer"],
                    "properties": {"answer": {"type": "array", "items": {"type": "object"}}},
                },
                "Error": {
                    "type": "object",
                    "required": ["error", "remedy"],
                    "properties": {"error": text, "remedy": text},
                },
            },
        },
    }
