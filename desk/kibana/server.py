"""Speaking with Kibana: its version, its spaces, and the import of saved objects; whatever goes wrong, in words."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from casefile.errors import KibanaError
from casefile.search.elastic.connection import client_options
from casefile.search.elastic.secrets import Secret
from casefile.settings import CaseSettings
from desk.kibana.objects import Json, SavedObject, as_ndjson

if TYPE_CHECKING:
    from elastic_transport import Urllib3HttpNode

OLDEST = (8, 19)
NEWEST = 9
_SECONDS = 120.0
_DEFAULT_SPACE = "default"


@dataclass(frozen=True, slots=True)
class Imported:
    """What Kibana did with the objects: how many are new, how many replaced, and what it did not take, in words."""

    new: int
    replaced: int
    refused: tuple[str, ...]


class Kibana:
    """A Kibana at the one address that `[elastic]` of `case` says, which also says how to know it and who asks."""

    def __init__(self, case: CaseSettings, secret: Secret | None) -> None:
        self.url = case.elastic.urls[0]
        self._node = _node(client_options(case, secret))

    def ask_version(self) -> str:
        """The version, for example 9.4.3; raises KibanaError for one that is too old."""
        told = self._ask("GET", "/api/status", absent=f"{self.url}: what answers there is no Kibana")
        number = told.get("version", {}).get("number") if isinstance(told.get("version"), dict) else None
        if not number:  # it tells strangers only that it is there
            raise KibanaError(f"{self.url}: does not accept the password or API key", _SECRETS)
        if _numbers(number) < OLDEST:
            oldest = ".".join(map(str, OLDEST))
            raise KibanaError(
                f"{self.url}: is Kibana {number}; the dashboards need {oldest} or newer",
                "Upgrade Kibana. Until then `jejak search CASE --engine elastic` asks the index.",
            )
        return str(number)

    def make_space(self, space: str, title: str, description: str) -> bool:
        """Make a space; False when it is there already, which is left as it is."""
        if self._ask("GET", f"/api/spaces/space/{quote(space, safe='')}", absent="") != {}:
            return False
        self._ask("POST", "/api/spaces/space", {"id": space, "name": title, "description": description})
        return True

    def put(self, space: str, objects: Iterable[SavedObject]) -> Imported:
        """Import objects into a space; those of the same id are replaced."""
        from urllib3.filepost import encode_multipart_formdata

        sent = list(objects)
        file = ("jejak.ndjson", as_ndjson(sent).encode(), "application/ndjson")
        body, kind = encode_multipart_formdata({"file": file})
        target = f"{_in(space)}/api/saved_objects/_import?overwrite=true"
        return _read_import(self._send("POST", target, body, kind), sent)

    def open_with(self, space: str, data_view: str) -> None:
        """Let Discover begin with this data view, where nobody chose another one."""
        self._ask("POST", f"{_in(space)}/api/data_views/default", {"data_view_id": data_view, "force": False})

    def _ask(self, method: str, target: str, body: Json | None = None, absent: str | None = None) -> Json:
        packed = None if body is None else json.dumps(body).encode()
        return self._send(method, target, packed, "application/json", absent)

    def _send(self, method: str, target: str, body: bytes | None, kind: str, absent: str | None = None) -> Json:
        """The answer; `{}` (or an error with the words of `absent`) where Kibana has nothing of this name."""
        from elastic_transport import HttpHeaders, TlsError, TransportError

        headers = {"kbn-xsrf": "jejak", "accept": "application/json"} | ({"content-type": kind} if body else {})
        try:
            answer = self._node.perform_request(
                method, target, body=body, headers=HttpHeaders(headers), request_timeout=_SECONDS
            )
        except TlsError as error:
            raise KibanaError(f"{self.url}: no secure connection ({str(error.message)[:200]})", _TRUST) from error
        except TransportError as error:
            raise KibanaError(f"{self.url}: does not answer ({type(error).__name__})", _RUNS) from error
        told = _read(answer.body)
        status = answer.meta.status
        if status == 404 and absent is not None:
            if absent:
                raise KibanaError(absent, _RUNS)
            return {}
        if status != 200:
            raise _fault(self.url, status, told)
        if told is None:
            raise KibanaError(f"{self.url}: what answers there is no Kibana", _RUNS)
        return told


def is_newer(version: str) -> bool:
    """Whether nobody could try this version yet."""
    return _numbers(version)[0] > NEWEST


def _node(options: dict[str, Any]) -> Urllib3HttpNode:
    """One connection, with the same rules and secrets as that to Elasticsearch."""
    import dataclasses

    from elastic_transport import HttpHeaders, Urllib3HttpNode
    from elastic_transport.client_utils import basic_auth_to_header, url_to_node_config

    headers = HttpHeaders()
    if key := options.get("api_key"):
        headers["authorization"] = f"ApiKey {key}"
    elif user := options.get("basic_auth"):
        headers["authorization"] = basic_auth_to_header(user)
    known = {name: options[name] for name in ("ca_certs", "ssl_assert_fingerprint") if name in options}
    config = url_to_node_config(options["hosts"][0], use_default_ports_for_scheme=True)
    return Urllib3HttpNode(dataclasses.replace(config, headers=headers, **known))


def _in(space: str) -> str:
    return "" if space == _DEFAULT_SPACE else f"/s/{quote(space, safe='')}"


def _numbers(version: str) -> tuple[int, int]:
    parts = [int(part) if part.isdecimal() else 0 for part in version.split(".")]
    return (parts[0], parts[1] if len(parts) > 1 else 0)


def _read(body: bytes) -> Json | None:
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return told if isinstance(told, dict) else None


# What went wrong -----------------------------------------------------------------------------------------------------
def _read_import(told: Json, sent: list[SavedObject]) -> Imported:
    """Kibana answers 200 also when it took nothing: only the body tells."""
    titles = {(one.type, one.id): str(one.attributes["title"]) for one in sent}
    done = told.get("successResults") or []
    refused = [_refusal(error, titles) for error in told.get("errors") or []]
    # With another id nothing that leads to it would find it.
    refused += [
        f"{_called(one, titles)}: got another id, since an object in another space has it"
        for one in done
        if one.get("destinationId", one["id"]) != one["id"]
    ]
    kept = int(told.get("successCount", 0))
    if not refused and (kept < len(sent) or not told.get("success")):
        refused.append(f"only {kept} of {len(sent)} objects were taken, and Kibana does not say why")
    replaced = sum(bool(one.get("overwrite")) for one in done)
    return Imported(kept - replaced, replaced, tuple(refused))


def _refusal(error: Json, titles: dict[tuple[str, str], str]) -> str:
    why = error.get("error") or {}
    missing = ", ".join(f"{one.get('type')} {one.get('id')}" for one in why.get("references") or ())
    reasons = {
        "missing_references": f"needs what is not there ({missing})",
        "conflict": "another object has its id",
        "ambiguous_conflict": "several objects there could be meant",
        "unsupported_type": "this Kibana does not know objects of this type",
    }
    told = str(why.get("message") or why.get("type") or "no reason told")[:300]
    return f"{_called(error, titles)}: {reasons.get(str(why.get('type')), told)}"


def _called(one: Json, titles: dict[tuple[str, str], str]) -> str:
    kinds = {"index-pattern": "data view", "search": "saved search"}
    kind = str(one.get("type"))
    return f"{kinds.get(kind, kind)} “{titles.get((kind, str(one.get('id'))), one.get('id'))}”"


def _fault(url: str, status: int, told: Json | None) -> KibanaError:
    reason = str((told or {}).get("message") or "")[:300]
    problem, remedy = _STATUSES.get(status, ("refused what was asked", _LOG))
    return KibanaError(f"{url}: {problem} ({status}{f': {reason}' if reason else ''})", remedy)


_SECRETS = "Put the right one into JEJAK_ELASTIC_API_KEY (or JEJAK_ELASTIC_PASSWORD), or into the file of secrets; see docs/elasticsearch.md."
_TRUST = "Name who signed its certificate: --ca FILE."
_RUNS = "Look whether Kibana runs there, and give its address: --url https://…:5601."
_LOG = "Look into Kibana's log."
_STATUSES = {
    400: ("does not understand what was sent", _LOG),
    401: ("does not accept the password or API key", _SECRETS),
    403: (
        "does not allow this to the user",
        "The user needs Kibana's privilege “all” (role kibana_admin, or superuser).",
    ),
    413: ("takes no file this large", "Raise savedObjects.maxImportPayloadBytes in kibana.yml."),
    422: ("cannot read the objects; perhaps it is older than they are", "Upgrade Kibana to 8.19 or newer."),
    429: ("has too much to do", "Try again later."),
    502: ("cannot be reached behind its proxy", _RUNS),
    503: ("is not ready yet", "Wait a minute, and run the command again."),
}
