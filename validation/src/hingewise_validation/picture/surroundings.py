"""What else is in the picture: room, things that stand about, a mirror, somebody who walks by."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """Room of a film.

    ``busyness`` 0-1 says how much equipment, posters and colours stand behind the lifter; ``mirror`` hangs one on the
    wall behind; ``passer_by`` sends a second person across the picture behind the lifter.
    """

    seed: int = 0
    busyness: float = 0.0
    mirror: bool = False
    passer_by: bool = False
