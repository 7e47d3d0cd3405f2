"""The models."""

from __future__ import annotations

from pathlib import Path

from conftest import ROOT
import majlis
import numpy as np
import pytest


@pytest.fixture(scope="module")
def standoff(example: Path) -> majlis.Standoff:
    return majlis.Standoff.read(example / "standoff.toml")


def test_voting_power_is_that_of_the_literature() -> None:
    # [51; 50, 49, 1]: the small party counts as much as the middle one.
    power = majlis.voting_power([50, 49, 1], 51)
    np.testing.assert_allclose(power.shapley_shubik, [2 / 3, 1 / 6, 1 / 6])
    np.testing.assert_allclose(power.banzhaf, [0.6, 0.2, 0.2])
    assert power.swings.tolist() == [3, 1, 1]
    np.testing.assert_array_equal(majlis.voting_power(np.array([50, 49, 1])).banzhaf, power.banzhaf)


@pytest.mark.parametrize(("seats", "quota"), [([], 1), ([1, 2], 4), ([1, 2], 0), ([-1, 2], 1), ([1.5, 2], 1)])
def test_no_power_without_a_game(seats: list[int], quota: int) -> None:
    with pytest.raises((ValueError, OverflowError)):
        majlis.voting_power(seats, quota)


def test_a_bargain_by_the_mean_is_the_weighted_mean() -> None:
    position, salience, influence = np.array([0.0, 40.0, 100.0]), np.array([0.5, 1.0, 0.2]), np.array([10.0, 5.0, 30.0])
    expected = np.average(position, weights=salience * influence)
    assert majlis.bargain(position, salience, influence) == pytest.approx(expected)
    for model in majlis.MODELS:
        assert 0 <= majlis.bargain(position, salience, influence, model, reference=20) <= 100


def test_a_bargain_that_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="same length"):
        majlis.bargain([1, 2], [1], [1, 2])
    with pytest.raises(ValueError, match="no model called chess"):
        majlis.bargain([1], [1], [1], "chess")
    with pytest.raises(ValueError, match="salience"):
        majlis.bargain([1], [7], [1])
    with pytest.raises(ValueError, match="position"):
        majlis.bargain([float("nan")], [1], [1])
    with pytest.raises(ValueError, match="one dimension"):
        majlis.bargain([[1]], [[1]], [[1]])


def test_a_play_has_a_number_a_play_and_the_same_seed_gives_the_same(standoff: majlis.Standoff) -> None:
    played = majlis.play(standoff, plays=60, seed=7)
    assert len(played.settlements) == len(standoff.to_dict()["issue"])
    for settlement in played.settlements:
        assert settlement.standing.shape == settlement.bargaining.shape == (60,)
        assert settlement.course.shape == (played.steps, 3)
        assert np.all((settlement.standing >= 0) & (settlement.standing <= 100))
        assert np.all(np.diff(settlement.course, axis=1) >= 0)
    assert all(0 <= outcome.probability <= 1 for outcome in played.outcomes)
    assert majlis.play(standoff, plays=60, seed=7).raw == played.raw
    assert majlis.play(standoff, plays=60, seed=8).raw != played.raw


def test_numbers_are_set_by_name_in_a_copy(standoff: majlis.Standoff) -> None:
    name, (low, mode, high) = next(iter(standoff.inputs.items()))
    changed = standoff.set(name, 12.0)
    assert changed.inputs[name] == (12, 12, 12)
    assert standoff.inputs[name] == (low, mode, high)
    assert standoff.set(name, (1.0, 2.0, 3.0)).inputs[name] == (1, 2, 3)
    with pytest.raises(ValueError, match="nobody"):
        standoff.set("nobody.salience", 1.0)
    with pytest.raises(ValueError):
        standoff.set(name, (3.0, 2.0, 1.0))


def test_draws_of_a_bargain_are_sorted(standoff: majlis.Standoff) -> None:
    issue = standoff.to_dict()["issue"][0]["id"]
    draws = standoff.bargain(issue, "median", draws=200, seed=3)
    assert draws.shape == (200,) and draws.dtype == np.float64
    assert np.all(np.diff(draws) >= 0)
    with pytest.raises(ValueError, match="none called nothing"):
        standoff.bargain("nothing")


def test_a_run_is_a_dictionary(standoff: majlis.Standoff) -> None:
    run = standoff.run(draws=30, seed=2)
    assert run["seed"] == 2 and run["issues"] and run["played"]["plays"] == 30


def test_what_is_wrong_with_a_standoff_is_told_by_line(tmp_path: Path) -> None:
    file = tmp_path / "bad.toml"
    file.write_text("name = 'x'\ndate = 2021-03-17\ncolour = 3\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"bad\.toml:3"):
        majlis.Standoff.read(file)
    with pytest.raises(FileNotFoundError):
        majlis.Standoff.read(tmp_path / "none.toml")


def test_a_table_is_a_standoff(tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    file.write_text("actor,position,salience,influence\nأ,10,50,60\nب,90,80,40\n", encoding="utf-8")
    assert majlis.Standoff.read(file).bargain("issue", draws=5).shape == (5,)


def test_a_table_of_issues_that_cannot_be_read_is_refused_by_line(tmp_path: Path) -> None:
    file = tmp_path / "issues.tsv"
    file.write_text("actor\tposition\nA\t1\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"issues\.tsv:1: "):
        majlis.backtest(file)
    with pytest.raises(FileNotFoundError):
        majlis.backtest(tmp_path / "none.tsv")


def test_a_backtest_scores_every_model_on_the_decided_issues() -> None:
    table = ROOT.parent / "shared" / "benchmark" / "deu" / "deu3.tsv"
    if not table.exists():
        pytest.skip(f"no {table.name} in ../shared")
    tested = majlis.backtest(table)
    by_key = {score.key: score for score in tested.scores}
    assert tested.mae.shape == tested.crps.shape == (len(by_key),)
    mean = by_key["mean"]
    assert not mean.learned and mean.n > 300
    # A forecast of one point has its error as CRPS.
    assert mean.crps == pytest.approx(mean.mae)
    assert all(0 < score.mae < 100 and 0 < score.crps <= score.mae + 1e-9 for score in tested.scores)
    assert min(tested.scores, key=lambda score: score.crps).learned
