"""The study's films: always the same, of bodies that are kept apart, each by content."""

from collections import Counter
from dataclasses import replace

import pytest

from hingewise_validation.motion.faults import load_faults
from hingewise_validation.motion.movement import list_movements, load_movement
from hingewise_validation.study.cast import load_cast
from hingewise_validation.study.missing import film_key
from hingewise_validation.study.plan import plan_films
from hingewise_validation.study.spec import FilmSpec, spec_from_document, spec_to_document


@pytest.fixture(scope="module")
def films() -> tuple[FilmSpec, ...]:
    return plan_films()


def test_the_plan_is_the_same_every_time(films: tuple[FilmSpec, ...]) -> None:
    assert plan_films() == films


def test_names_and_contents_are_unique(films: tuple[FilmSpec, ...]) -> None:
    assert len({film.id for film in films}) == len(films)
    assert len({film_key(film) for film in films}) == len(films)


def test_half_of_the_lifters_are_only_for_testing() -> None:
    splits = Counter(lifter.split for lifter in load_cast().lifters.values())

    assert splits == {"fit": 8, "test": 8}


def test_every_movement_and_fault_is_filmed(films: tuple[FilmSpec, ...]) -> None:
    assert {film.movement for film in films} == set(list_movements())
    assert {use.id for film in films for use in film.faults} == set(load_faults())


def test_faults_happen_where_they_can_and_within_their_range(films: tuple[FilmSpec, ...]) -> None:
    for film in films:
        for use in film.faults:
            fault = load_faults()[use.id]
            assert film.movement in fault.movements
            assert len(use.strengths) == load_movement(film.movement).n_repetitions
            assert all(fault.range[0] <= s <= fault.range[1] for s in use.strengths)


def test_what_a_set_has_as_a_whole_has_one_strength(films: tuple[FilmSpec, ...]) -> None:
    """Feet stand in one place, and a set tires once: different strengths would say nothing."""
    table = load_faults()
    of_set = [use for film in films for use in film.faults if table[use.id].of_set]
    assert {use.id for use in of_set} == {"feet_too_far", "feet_too_close", "uneven", "drift"}
    assert all(len(set(use.strengths)) == 1 and use.strengths[0] > 0 for use in of_set)
    single = [use for film in films for use in film.faults if not table[use.id].of_set]
    assert any(len(set(use.strengths)) > 1 for use in single)


def test_every_lifter_is_filmed_about_equally_often_in_the_main_block(
    films: tuple[FilmSpec, ...],
) -> None:
    counts = Counter(film.lifter for film in films if film.block == "side")

    assert set(counts) == set(load_cast().lifters)
    assert max(counts.values()) - min(counts.values()) <= 1


def test_crossed_films_differ_in_nothing_but_the_level(films: tuple[FilmSpec, ...]) -> None:
    block = [film for film in films if film.id.startswith("yaw_001")]

    assert [film.yaw_deg for film in block] == [-45, -30, -20, -10, 0, 10, 20, 30, 45]
    same = {str(replace(f, id="", camera={**f.camera, "yaw_deg": 0})) for f in block}
    assert len(same) == 1


def test_words_come_back_from_a_file(films: tuple[FilmSpec, ...]) -> None:
    for film in films[:20]:
        assert spec_from_document(spec_to_document(film)) == film


@pytest.mark.parametrize("field", ["seed", "lifter", "outfit", "movement"])
def test_another_word_is_another_content(films: tuple[FilmSpec, ...], field: str) -> None:
    film = films[0]
    other = next(f for f in films if getattr(f, field) != getattr(film, field))

    assert film_key(replace(film, **{field: getattr(other, field), "faults": ()})) != film_key(
        replace(film, faults=())
    )


def test_the_name_alone_is_not_content(films: tuple[FilmSpec, ...]) -> None:
    assert film_key(replace(films[0], id="other", block="other")) == film_key(films[0])
