"""Light and lens: what a sensor makes of a clean picture."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """How a picture is taken.

    ``light`` multiplies the brightness; ``noise_sd`` is the sensor's noise in grey levels (0-255) at full light;
    ``lens_blur_px`` is the standard deviation of the lens's softness; ``shutter_fraction`` is for how much of the
    time between two frames the shutter stays open (0: no motion blur); ``warmth`` shifts white, -1 blue to 1 orange.
    """

    light: float = 1.0
    noise_sd: float = 0.0
    lens_blur_px: float = 0.0
    shutter_fraction: float = 0.0
    warmth: float = 0.0
