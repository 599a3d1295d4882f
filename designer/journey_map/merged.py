"""Figures of an earlier run on the map as it is drawn now."""

from __future__ import annotations

from simulator.journey_map.model import JourneyMap


def merged(drawn: JourneyMap, before: JourneyMap) -> JourneyMap:
    """What is drawn now, with what `before` says of the steps and stages that are still there."""
    steps = {one.id: one for one in before.steps}
    stages = {one.id: one for one in before.stages}
    return drawn.model_copy(
        update={
            "steps": [
                one.model_copy(
                    update={"felt": steps[one.id].felt, "measures": steps[one.id].measures}
                )
                if one.id in steps
                else one
                for one in drawn.steps
            ],
            "stages": [
                one.model_copy(
                    update={"felt": stages[one.id].felt, "measures": stages[one.id].measures}
                )
                if one.id in stages
                else one
                for one in drawn.stages
            ],
            "whole": before.whole,
            "pains": before.pains,
            "moments": before.moments,
            "coefficients": before.coefficients,
            "run": before.run,
        }
    )
