"""Where config/ lies: apart from the settings, so that who only reads lists need not load what checks a case."""

from __future__ import annotations

from pathlib import Path

CONFIG_FOLDER = Path(__file__).resolve().parent.parent / "config"
"""What an investigator may edit: places, lexicons, example sources. Data only."""
