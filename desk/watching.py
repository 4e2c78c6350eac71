"""Watching a case: alerts are kept once, shown, and given to the channels that this person set up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import typer

from casefile.alerts import Alert, alert_entry, known_entry
from casefile.case import Case
from casefile.errors import SettingsError
from casefile.judgements import in_force
from casefile.settings import CONFIG_FOLDER
from casefile.watch_settings import Channels, Watch, read_channels, read_watches
from desk import telling, terminal
from desk.answers import alerts as answers
from desk.ways_out import ways_out


def channels_path() -> Path:
    """Where a person says where alerts go: outside all cases, so that a case that was given cannot send anything."""
    return Path(typer.get_app_dir("jejak")) / "alerts.yml"


def watch(case: Case) -> tuple[Alert, ...]:
    """Look for what the watches of a case wait for, keep and tell what is new; wrong settings are told, and end nothing."""
    try:
        watches = [one for one in read_watches(case.folder) if not one.paused]
    except SettingsError as error:
        terminal.note(f"Nothing was watched: {error}", "yellow")
        terminal.note(f"→ {error.remedy}", "")
        return ()
    channels = told_channels()
    found = _look(case, watches, channels) if watches else ()
    telling.tell_owed(case, channels)
    return found


def told_channels() -> Channels:
    """Where this person wants to be told; only here where the settings are wrong, which is said."""
    try:
        return read_channels(channels_path())
    except SettingsError as error:
        terminal.note(f"Alerts stay in the terminal: {error}", "yellow")
        return Channels()


def _look(case: Case, watches: Iterable[Watch], channels: Channels) -> tuple[Alert, ...]:
    from graph.watches import Watcher

    book = case.alert_book()
    watcher = Watcher(case.store, case.store.connections(), book, in_force(case.judgements()))
    owed = tuple(way.name for way in ways_out(channels, case.settings))
    entries = []
    for one in watches:
        for news in watcher.look(one):
            if news.known:
                entries.append(known_entry(one.name, news.kind, news.subject, news.found))
            else:
                entries.append(alert_entry(one.name, news.kind, news.subject, news.found, news.posts, owed))
    before = {alert.sequence for alert in book.alerts()}
    case.write_alerts(entries)
    return tuple(alert for alert in case.alert_book().alerts() if alert.sequence not in before)


def list_alerts(case: Case, since: datetime | None, tell: bool, as_json: bool) -> None:
    """List the alerts of a case, the latest first; with `tell`, try again what could not be told."""
    if tell:
        telling.tell_owed(case, told_channels())
    alerts = [alert for alert in case.alert_book().alerts() if since is None or alert.at >= since]
    answers.list_alerts(alerts[::-1], as_json)


def list_watches(case: Case, as_json: bool) -> None:
    """Show what is watched for and where alerts go; raises SettingsError with every mistake in these files."""
    watches, channels = read_watches(case.folder), read_channels(channels_path())
    counts = Counter(alert.watch for alert in case.alert_book().alerts())
    if as_json:
        for one in watches:
            terminal.say_json(one.model_dump(mode="json", exclude_defaults=True) | {"alerts": counts[one.name]})
        return
    if watches:
        rows = [(w.name, w.title, _waits_for(w), counts[w.name], "paused" if w.paused else "") for w in watches]
        terminal.table(("watch", "title", "waits for", "alerts", ""), rows, numbers=["alerts"])
    else:
        terminal.say(f"Nothing is watched for. Copy an example into {case.folder / 'watch'} and change it:")
        for path in sorted((CONFIG_FOLDER / "watch").glob("*.yml")):
            terminal.say(f"  {path}")
    told = ", ".join(way.name for way in ways_out(channels, case.settings)) or "the terminal only"
    terminal.say(f"Alerts go to: {told} (set in {channels_path()})", "dim")


def _waits_for(watch: Watch) -> str:
    lists = {
        "contacts": watch.contacts,
        "places": watch.places,
        "companies": watch.companies,
        "signs together": watch.indicators,
        "returns": watch.returns,
        "moves": watch.moves,
    }
    told = [f"{name}: {', '.join(values)}" for name, values in lists.items() if values]
    return "; ".join([*told, *(["a wording"] if watch.text else [])])
