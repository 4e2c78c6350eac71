"""Writes the report: templates, style and scripts in one file that asks nothing of the network."""

from __future__ import annotations

import hashlib
from importlib import resources
from pathlib import Path

from markupsafe import Markup

from casefile.atomic import replacing
from casefile.case import Case
from casefile.chain import storage_error
from casefile.progress import Progress, no_progress
from desk.report.build import MOST_POSTS, build_report
from desk.report.model import ReportModel
from desk.report.shown import json_inside_html
from desk.report.templating import environment, hash_of, vis_network

_LOOKS = (
    ("actor", "recruiter, as far as the posts show"),
    ("contact", "contact or account"),
    ("company", "company"),
    ("place", "place"),
    ("person", "person named"),
    ("text", "text used repeatedly"),
)
_MARKS = (
    ("phone", "contact"),
    ("org", "company"),
    ("loc", "place"),
    ("person", "person"),
    ("salary", "pay"),
    ("indicator", "warning sign"),
)


def write_report(case: Case, path: Path, *, limit_posts: int = MOST_POSTS, progress: Progress = no_progress) -> Path:
    """Write the report of a case to `path` (all or nothing) and note it in the journal; returns the path."""
    page = render(build_report(case, limit_posts=limit_posts, progress=progress)).encode("utf-8")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise storage_error(error, path) from error
    with replacing(path) as file:
        file.write(page)
    case.audit("report", file=path.name, sha256=hashlib.sha256(page).hexdigest(), bytes=len(page))
    return path


def render(model: ReportModel) -> str:
    """The report as one HTML page. Only the scripts and the style that it was made with may run in it."""
    style = _own("report.css").replace("MARKING", model.marking)
    scripts = (
        [vis_network().replace("</script", "<\\/script"), _own("report.js")] if model.networks else [_own("report.js")]
    )
    policy = (
        "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; "
        f"style-src {hash_of(style)}; script-src {' '.join(map(hash_of, scripts))}"
    )
    graphs = {
        "graphs": [
            {"nodes": n.graph.nodes, "edges": n.graph.edges, "left_out": n.graph.left_out} for n in model.networks
        ],
        "numbers": {post.id: post.number for post in model.posts.values()},
    }
    return environment("desk.report").get_template("report.html.j2").render(
        model=model,
        style=Markup(style),
        scripts=[Markup(script) for script in scripts],
        policy=policy,
        graph_data=json_inside_html(graphs),
        numbers=lambda ids: sorted(model.posts[post].number for post in ids if post in model.posts),
        looks=_LOOKS,
        marks=_MARKS,
    )  # fmt: skip


def _own(name: str) -> str:
    return resources.files("desk.report").joinpath("templates", name).read_text(encoding="utf-8")
