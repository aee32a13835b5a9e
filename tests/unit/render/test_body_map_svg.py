"""Every muscle of the library has its place on the body, coloured by what it does."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from hingewise.library.load import load_library
from hingewise.render.body_map_svg import LICENCE, draw_body_map, shown_muscles


def test_every_muscle_of_the_library_is_on_the_map() -> None:
    assert shown_muscles() == set(load_library().muscles)


def test_a_muscle_is_drawn_on_both_sides_in_the_colour_of_its_role() -> None:
    svg = draw_body_map({"gluteus_maximus": "target", "core": "stabiliser"}, "Muscles: A & B")
    root = ET.fromstring(svg)
    kinds = [shape.get("class") for shape in root.iter("{http://www.w3.org/2000/svg}polygon")]
    assert (kinds.count("target"), kinds.count("stabiliser"), kinds.count("secondary")) == (2, 2, 0)
    assert LICENCE in svg
    assert "trains" in svg
    assert "helps" not in svg
