"""Migrations form one line, in the order of their files' numbers."""

from __future__ import annotations

from pathlib import Path

from alembic.config import Config
from alembic.script import ScriptDirectory

import offers_migrations

FOLDER = Path(offers_migrations.__file__).parent


def test_there_is_one_newest_revision_and_one_way_there() -> None:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    scripts = ScriptDirectory.from_config(config)

    assert len(scripts.get_heads()) == 1
    line = [script.revision for script in scripts.walk_revisions()][::-1]
    assert line == sorted(file.name[:4] for file in (FOLDER / "versions").glob("[0-9]*.py"))
