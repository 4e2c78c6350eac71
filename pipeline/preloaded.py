"""Imported once by the server that forks reading processes: what it loads here, all of them share and none waits for."""

from __future__ import annotations

from contextlib import suppress

from casefile.errors import JejakError
from pipeline.reader import load_reader

with suppress(JejakError):  # wrong settings are told by every process that then reads
    load_reader()
