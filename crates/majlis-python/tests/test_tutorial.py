"""The tutorial holds what it says."""

from __future__ import annotations

from pathlib import Path
import runpy
import sys

from conftest import ROOT
import pytest


def test_the_tutorial_runs(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, case: Path) -> None:
    monkeypatch.setattr(sys, "argv", ["tutorial.py", str(case)])
    runpy.run_path(str(ROOT / "docs" / "tutorial.py"), run_name="__main__")
    said = capsys.readouterr().out
    assert "unnamed" in said and "%" in said
    assert f"{case}: " in said and "ASSAULT" in said
