"""The summary in plain words: what was collected, what was found, what is doubtful, what is withheld."""

from __future__ import annotations

from collections.abc import Sequence

from casefile.records import PostKind
from desk.report.model import NetworkView
from desk.report.tally import Tally
from desk.report.wording import KIND_PLURAL, KIND_WORDS, capital, count, listed, period, subject


def figures(tally: Tally, collected: int, networks: int) -> tuple[tuple[str, str], ...]:
    """The numbers at the top of the report."""
    return (
        (f"{collected:,}", "post" if collected == 1 else "posts"),
        (f"{len(tally.sources):,}", "source" if len(tally.sources) == 1 else "sources"),
        (f"{len(tally.offers):,}", "job offer" if len(tally.offers) == 1 else "job offers"),
        (f"{networks:,}", "network" if networks == 1 else "networks"),
        (f"{tally.gone:,}", "since gone"),
    )


def summary(tally: Tally, collected: int, all_networks: int, described: int) -> tuple[str, ...]:
    """What was collected and what was found, in sentences."""
    if not collected:
        return ("This case holds no posts yet. Nothing can be said.",)
    if not tally.posts:
        return (f"{subject(collected, 'post', 'was', 'were')} collected, and none has been read yet.",)
    kinds = [count(tally.kinds[kind], KIND_WORDS[kind], KIND_PLURAL[kind]) for kind in PostKind if tally.kinds[kind]]
    moments = [at for at, _ in tally.moments]
    told = [
        f"{capital(count(tally.posts, 'public post'))} from {count(len(tally.sources), 'source')} were collected,"
        f" published {period(min(moments), max(moments))}, in {count(len(tally.languages), 'language')}:"
        f" {listed(kinds, most=6)}."
    ]
    if not all_networks:
        return (
            *told,
            "No network was found: no recruiters, contacts or texts hang together in a way that the posts prove.",
        )
    told.append(
        f"{subject(all_networks, 'network', 'was', 'were')}"
        f" found. {'It is' if all_networks == 1 else 'Each is' if all_networks == described else 'The largest are'}"
        " described below with the posts that prove it:"
    )
    if tally.gone:
        told.append(
            f"{subject(tally.gone, 'post', 'has', 'have')} since gone from the web; the evidence keeps what they said."
        )
    return tuple(told)


def doubts(tally: Tally, collected: int, networks: Sequence[NetworkView], problems: int) -> tuple[str, ...]:
    """What the reader must not rely on."""
    unread = collected - tally.posts
    told = [
        "A program read these posts and joined them. Its judgements have not been confirmed by a person unless this report says so."
    ]
    weak = [f"{network.number}" for network in networks if network.weak]
    if weak:
        told.append(
            f"The evidence is weak for network{'' if len(weak) == 1 else 's'} {listed(weak, most=12)}; the reasons stand with each."
        )
    if tally.posts and unread > 0:
        told.append(f"{subject(unread, 'post', 'has', 'have')} not been read; nothing here speaks of them.")
    if tally.undated:
        told.append(
            f"{subject(tally.undated, 'post', 'tells', 'tell')} no date; the time they were first seen stands in its place."
        )
    if tally.unclear:
        told.append(
            f"{subject(tally.unclear, 'post', 'was', 'were')} read as a job offer but may well be something else: they prove nothing here and are shielded."
        )
    if problems:
        told.append(f"{subject(problems, 'item', 'was', 'were')} set aside, with the reason; see “Set aside”.")
    told.append(
        "Who posts such offers may be under force: people held in compounds are made to recruit. No person named here is called guilty."
    )
    return tuple(told)


def withheld(tally: Tally) -> tuple[str, ...]:
    """What is not shown, and why."""
    told = [
        "In all posts but job offers (warnings, news, talk) the author, the address, contacts and what looks like a name are"
        " withheld, and of pleas for help the text: they may betray victims, families and those who warn.",
        "Contacts and persons that only such posts name are listed nowhere.",
        "Addresses are written so that no program opens them (hxxp, [.]). Places are never drawn finer than a town, compounds only by their country.",
    ]
    shielded = tally.posts - tally.kinds[PostKind.RECRUITMENT]
    if shielded:
        told.append(
            f"This concerns {count(shielded, 'post')} of this case. The full posts lie in the evidence, for those who may see them."
        )
    return tuple(told)


def next_steps(tally: Tally, collected: int, networks: int, case: str) -> tuple[str, ...]:
    """What to do when there is little to report."""
    if collected and not tally.posts:
        return (
            f"Read and connect the posts: jejak process {case}",
            f"And write this report again: jejak report {case}",
        )
    if not collected:
        return (
            f"Put a source's file into {case}/sources and run: jejak crawl {case}",
            f"Or import a file that you were given: jejak import {case} FILE",
            f"Then read and connect the posts: jejak process {case}",
            f"And write this report again: jejak report {case}",
        )
    if not networks:
        return (
            f"If posts were collected after the last processing, run: jejak process {case}",
            "Collect more: networks appear when contacts, texts or companies repeat over several posts.",
            f"Look at single posts: jejak search {case} WORDS",
        )
    return ()
