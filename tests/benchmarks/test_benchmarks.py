"""Every benchmark runs and gives rows; at sizes too small to tell anything about speed."""

import math

import pytest

from tests.benchmarks.__main__ import NAMES, measured_apart
from tests.benchmarks.measure import is_over, row, table

KEYS = {"what", "value", "floor", "ratio", "at_most", "unit"}


@pytest.mark.benchmark
@pytest.mark.parametrize("name", NAMES)
def test_a_benchmark_gives_its_rows(name, request, tmp_path, monkeypatch):
    if name == "import":  # measures a real incident log, and nothing where there is none
        request.getfixturevalue("shared_data")
    monkeypatch.setenv("DESK_BENCH_CACHE", str(tmp_path))
    rows = measured_apart(name, is_quick=True, home=tmp_path)
    assert rows
    for line in rows:
        assert set(line) == KEYS
        assert math.isfinite(line["ratio"])
        assert line["at_most"] > 0


def test_the_table_marks_what_is_over_its_limit():
    lines = [row("slow", 30, 10, 2.0, "ms"), row("quick", 10, 20, 1.0, "ms")]
    assert [is_over(line) for line in lines] == [True, False]
    head, slow, quick = table(lines).splitlines()
    assert head.split() == ["what", "value", "floor", "unit", "ratio", "at", "most"]
    assert slow.split() == ["slow", "30", "10", "ms", "3", "2", "OVER"]
    assert quick.split() == ["quick", "10", "20", "ms", "0.5", "1", "ok"]
