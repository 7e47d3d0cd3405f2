"""The tutorial holds what it says."""

from __future__ import annotations

import runpy

from conftest import ROOT
import pytest


def test_the_tutorial_runs(capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(str(ROOT / "docs" / "tutorial.py"), run_name="__main__")
    said = capsys.readouterr().out
    assert "unnamed" in said and "%" in said
