"""What can go wrong with a server, in words that an investigator understands, each with its way out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from casefile.errors import ElasticError
from casefile.settings import ElasticSettings

KEPT = "Nothing is lost: what is waiting is sent by the next `jejak index CASE`."


@contextmanager
def translated(settings: ElasticSettings) -> Iterator[None]:
    """Turn the client's errors into ours."""
    from elastic_transport import ConnectionTimeout, TlsError, TransportError
    from elasticsearch import ApiError, UnsupportedProductError

    where = "the Elasticsearch server" if settings.cloud_id else ", ".join(settings.urls)
    try:
        yield
    except UnsupportedProductError as error:
        raise ElasticError(f"{where}: what answers there is no Elasticsearch", "Correct urls in case.toml.") from error
    except ApiError as error:
        raise fault_of(where, error.status_code, _cause(error.body)) from error
    except TlsError as error:
        raise ElasticError(f"{where}: {_certificate(str(error.message))}", _TRUST) from error
    except ConnectionTimeout as error:
        raise ElasticError(f"{where}: did not answer in time", f"Look whether it is overloaded. {KEPT}") from error
    except TransportError as error:
        reason = _TLS_TO_HTTP if "RemoteDisconnected" in str(error) or "BadStatusLine" in str(error) else ""
        raise ElasticError(
            f"{where}: does not answer{reason}", f"Look whether it runs, and whether urls in case.toml is right. {KEPT}"
        ) from error


def fault_of(where: str, status: int, cause: tuple[str, str]) -> ElasticError:
    """The error for an answer with this HTTP status and this (type, reason)."""
    kind, reason = cause
    if kind == "media_type_header_exception":
        return ElasticError(f"{where}: is of version 8, and the client here is newer", _OLDER_CLIENT)
    for says, problem, remedy in _BLOCKS:
        if says in reason:
            return ElasticError(f"{where}: {problem}", f"{remedy} {KEPT}")
    problem, remedy = _STATUSES.get(status, (f"refused what was asked ({status}: {kind})", _LOG))
    shown = f" ({reason[:300]})" if reason and status not in (401,) else ""
    return ElasticError(f"{where}: {problem}{shown}", f"{remedy} {KEPT}" if status != 401 else remedy)


def is_of_the_server(status: int, reason: str) -> bool:
    """Whether what one document met would meet every other too, so that going on makes no sense."""
    return status in (401, 403, 429, 502, 503, 504) or any(says in reason for says, _, _ in _BLOCKS)


def remedy_for(kind: str, reason: str) -> str:
    """What to do about a document that the server does not take."""
    if "mapping" in kind or "mapping" in reason or kind in ("document_parsing_exception", "illegal_argument_exception"):
        return "The indices are not as Jejak made them: `jejak index CASE --rebuild` makes them anew."
    if "413" in reason or "too large" in reason.lower():
        return "Raise http.max_content_length in elasticsearch.yml, then `jejak index CASE`."
    return "Look into the server's log; `jejak index CASE` tries again."


_OLDER_CLIENT = "Install the client that speaks to both: pip install 'elasticsearch>=8.19,<9'."
_TRUST = "Name who signed it: ca_file under [elastic] in case.toml; or its SHA-256: fingerprint."
_TLS_TO_HTTP = " as was expected (perhaps http:// instead of https://, or the other way round)"
_LOG = "Look into the server's log."
_BLOCKS = (
    (
        "read-only-allow-delete",
        "its disk is nearly full, so it takes nothing more",
        "Free some space there; it then opens again by itself.",
    ),
    (
        "index read-only",
        "its indices were set to read-only",
        'Take that away: PUT PREFIX-*/_settings {"index.blocks.read_only": null}.',
    ),
    (
        "index write",
        "its indices are closed for writing",
        'Take that away: PUT PREFIX-*/_settings {"index.blocks.write": null}.',
    ),
    (
        "maximum normal shards open",
        "it holds as many indices as it may",
        "Remove some that are not needed, or raise cluster.max_shards_per_node.",
    ),
)
_STATUSES = {
    401: (
        "does not accept the password or API key",
        "Put the right one into JEJAK_ELASTIC_API_KEY (or JEJAK_ELASTIC_PASSWORD), or into the file of secrets; see docs/elasticsearch.md.",
    ),
    403: ("does not allow this to the user", "Give the user the role that docs/elasticsearch.md describes."),
    413: ("takes no request this large", "Raise http.max_content_length in elasticsearch.yml."),
    429: ("has too much to do", "Try again later, or give it more memory."),
    500: ("made a mistake", _LOG),
    502: ("cannot be reached behind its proxy", "Look whether it runs."),
    503: ("is not ready, or an index is red (a part of it is missing)", "Look at GET _cluster/health and wait until it is yellow or green; if it stays red, `jejak index CASE --rebuild`."),
    504: ("did not answer its proxy in time", "Look whether it is overloaded."),
}  # fmt: skip


def _certificate(reason: str) -> str:
    if "expired" in reason:
        return "its certificate has expired; let it be renewed there"
    if "ingerprint" in reason:
        return "its certificate is not the one whose fingerprint case.toml names"
    if "self-signed" in reason or "unable to get local issuer" in reason:
        return "its certificate was signed by somebody who is not known here"
    if "match" in reason:
        return "its certificate is for another name"
    return f"no secure connection ({reason[:200]})"


def _cause(body: Any) -> tuple[str, str]:
    """The innermost reason that an error's body tells, as (type, reason)."""
    error = body.get("error") if isinstance(body, dict) else None
    if isinstance(error, dict):
        inner = error.get("caused_by") or next(iter(error.get("root_cause") or ()), error)
        return str(error.get("type", "")), str(inner.get("reason") or error.get("reason") or "")
    return "", str(error or body or "")[:300]
