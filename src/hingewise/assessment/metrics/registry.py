"""All metrics by name."""

from __future__ import annotations

from hingewise.assessment.metrics import front, places, posture, pulling, timing, whole_set
from hingewise.assessment.metrics.metric import Metric, SetMetric

METRICS: dict[str, Metric] = {
    metric.name: metric
    for module in (posture, timing, places, pulling, front)
    for metric in module.METRICS
}
"""Of a repetition."""

SET_METRICS: dict[str, SetMetric] = {metric.name: metric for metric in whole_set.METRICS}
"""Of a whole set."""
