"""`inkstand bench stories`: how well articles are placed into stories, how fast, and what simpler ways give.

One configuration for all sets, the one that ships. Each set is placed online in its order, alone and mixed evenly
into 20,000 unrelated headlines; scores are BCubed over the set's own articles. Running stories are gathered every
`play.EVERY` articles. The weights that ship were fitted on these very stories, so `sets` flatters them: `held_out`
is what training found on stories that it had not seen, fold by fold.

`python -m inkstand.ops.bench.stories DATA FILE` writes the worst mistakes to FILE instead.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import fmean

import inkstand.stories
from inkstand.ops.bench import stories_cost, stories_simple
from inkstand.ops.train.confusions import confusions
from inkstand.ops.train.gold import EVENTS, RUNNING, Scores, Told, background, bcubed, mixed, sets
from inkstand.ops.train.play import hear, play
from inkstand.stories.placing import Placing

BACKGROUND = 20_000
Say = Callable[[str], None]


def run(data: Path, say: Say) -> dict[str, object]:
    told, others = sets(data), background(data, BACKGROUND)
    alone = {name: _placed(name, some, say) for name, some in told.items()}
    among = {name: _placed(f"{name} in background", mixed(some, others), say) for name, some in told.items()}
    lost_events = _events_mean(alone) - _events_mean(among)
    lost_running = alone[RUNNING].f1 - among[RUNNING].f1
    return {
        "events_mean_f1": _events_mean(alone),
        "running_f1": alone[RUNNING].f1,
        "sets": {name: _told(scores) for name, scores in alone.items()},
        "sets_in_background": {name: _told(scores) for name, scores in among.items()},
        "background_loss": max(lost_events, lost_running),
        "background_loss_events": lost_events,
        "background_loss_running": lost_running,
        "held_out": json.loads(Path(inkstand.stories.__file__).with_name("weights.json").read_text())["held_out"],
        **stories_simple.compared(told, say),
        **stories_cost.against_full_window(data, say),
    }


def _placed(name: str, told: list[Told], say: Say) -> Scores:
    """Of a set's own articles: background has no story, and is left out of both sides of the count."""
    played = play(hear(told), Placing(len(told)))
    where = played.running if name.startswith(RUNNING) else played.events
    own = [(one.story, at) for one, at in zip(told, where, strict=True) if one.story]
    scores = bcubed([story for story, _ in own], [at for _, at in own])
    say(f"{name}: p {scores.p:.3f}, r {scores.r:.3f}, F1 {scores.f1:.3f}")
    return scores


def _events_mean(scores: dict[str, Scores]) -> float:
    return fmean(scores[name].f1 for name in EVENTS)


def _told(scores: Scores) -> dict[str, float]:
    return {"p": scores.p, "r": scores.r, "f1": scores.f1}


if __name__ == "__main__":
    Path(sys.argv[2]).write_text(confusions(Path(sys.argv[1])), encoding="utf-8")
