"""What keeps `jejak watch` running when nobody looks: a unit of systemd, hardened, or a line for crontab."""

from __future__ import annotations

import os
import re
import shlex
import sys
from pathlib import Path

import typer

from casefile.atomic import write_text
from casefile.children import CODE_FOLDER
from casefile.errors import CaseError
from casefile.identity import sha256_hex
from casefile.settings import CaseSettings
from desk import terminal
from desk.schedule.turns import make_folder

_HARDENED = """\
NoNewPrivileges=yes
PrivateTmp=yes
ProtectSystem=strict
ProtectHome=read-only
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectKernelLogs=yes
ProtectControlGroups=yes
ProtectClock=yes
ProtectHostname=yes
LockPersonality=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK
SystemCallArchitectures=native
CapabilityBoundingSet=
UMask=0077
"""
_PER_CRAWL_SPARE = 1_000  # MB for the daemon itself and for reading


def unit(folder: Path, settings: CaseSettings) -> str:
    """The unit for a case. The browser's own sandbox needs name spaces and writable code, so these stay allowed."""
    folder = folder.resolve()
    memory = settings.schedule.memory_mb * settings.schedule.parallel + _PER_CRAWL_SPARE
    home = Path(typer.get_app_dir("jejak"))
    command = " ".join(_quoted(part) for part in [*_program(), "watch", str(folder)])
    return f"""\
[Unit]
Description=Jejak watches {_plain(folder.name)}
After=network-online.target

[Service]
ExecStart={command}
WorkingDirectory={_path(CODE_FOLDER)}
# JEJAK_SMTP_PASSWORD and the like, readable by you alone:
EnvironmentFile=-{_path(home / "environment")}
Restart=on-failure
RestartSec=60
KillMode=mixed
TimeoutStopSec=180
OOMPolicy=continue
MemoryMax={memory}M
TasksMax=1024
Nice=10
ReadWritePaths={_quoted(str(folder))}
{_HARDENED}
[Install]
WantedBy=default.target
"""


def crontab_line(folder: Path) -> str:
    """A line for crontab: every ten minutes what is due is done; while that lasts, no other begins."""
    folder = folder.resolve()
    command = " ".join(shlex.quote(part) for part in [*_program(), "watch", str(folder), "--once"])
    log = shlex.quote(str(folder / "logs" / "watch.log"))
    root = shlex.quote(str(CODE_FOLDER))
    # A percent sign would end the command: crontab(5).
    return f"*/10 * * * * cd {root} && {command} >> {log} 2>&1".replace("%", "\\%")


def install(folder: Path, settings: CaseSettings) -> None:
    """Write the unit among this person's, and tell how it is started."""
    units = Path(os.environ.get("XDG_CONFIG_HOME") or "~/.config").expanduser() / "systemd" / "user"
    make_folder(units)
    name = unit_name(folder)
    write_text(units / name, unit(folder, settings))
    terminal.say(f"Written: {units / name}", "bold")
    terminal.say("Start it, now and whenever you log in:")
    terminal.say(f"  systemctl --user daemon-reload && systemctl --user enable --now {name}")
    terminal.say("Let it run also while you are not logged in:")
    terminal.say("  loginctl enable-linger")
    terminal.say("What it says:")
    terminal.say(f"  journalctl --user -u {name} -f")


def unit_name(folder: Path) -> str:
    """The unit's name: that of the folder, and a few digits that tell folders of one name apart."""
    readable = re.sub(r"[^A-Za-z0-9_-]+", "-", folder.resolve().name).strip("-")[:40] or "case"
    return f"jejak-{readable}-{sha256_hex(str(folder.resolve()).encode())[:6]}.service"


def _program() -> list[str]:
    command = Path(sys.executable).with_name("jejak")
    return [str(command)] if command.is_file() else [sys.executable, "-m", "desk"]


def _quoted(word: str) -> str:
    """A word of a command line in a unit: systemd.service(5), "COMMAND LINES"."""
    _refuse_lines(word)
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{escaped}"'


def _path(path: Path) -> str:
    """A path that takes the whole line, where quotes would be part of it."""
    _refuse_lines(str(path))
    return str(path).replace("%", "%%")


def _plain(name: str) -> str:
    return terminal.plain(name).replace("%", "%%")


def _refuse_lines(word: str) -> None:
    if any(ord(character) < 32 for character in word):
        raise CaseError(f"{word!r}: such a name cannot stand in a unit", "Give the folder a plain name.")
