from pathlib import Path

from inkstand.ops.bench import fetch


def test_measures_all_three_on_both_answers(monkeypatch):
    for name, value in {"REQUESTS": 40, "AT_ONCE": 4, "ROUNDS": 1}.items():
        monkeypatch.setattr(fetch, name, value)
    figures = fetch.run(Path(), lambda line: None)
    assert set(figures) == {"unchanged_ms", "changed_ms"}
    for costs in figures.values():
        assert set(costs) == {"aiohttp", "floor", "guarded"} and all(0 < cost < 100 for cost in costs.values())
