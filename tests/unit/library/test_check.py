"""Every kind of mistake in a record is found, with its file and its key, all in one run."""

from __future__ import annotations

from pathlib import Path

import pytest

from hingewise.library.check import MIN_READING_EASE, check_folder
from tests.builders_library import write_records

LONG_WORDS = "Accommodating resistance facilitates neuromuscular adaptation considerably."

PLANTED = {
    "a kind that has no such value": (
        "pull",
        ('pattern = "hinge"', 'pattern = "hinges"'),
        ("exercises/pull.toml", "pattern", "expected 'hinge', 'swing'"),
    ),
    "a key that is missing": (
        "pull",
        ('body_part = "hips"\n', ""),
        ("exercises/pull.toml", "body_part", "expected this key, found none"),
    ),
    "a key that nobody knows": (
        "pull",
        ('body_part = "hips"', 'body_part = "hips"\nbodypart = "hips"'),
        ("exercises/pull.toml", "bodypart", "expected no such key"),
    ),
    "text where a number must be": (
        "pull",
        ("sets = [3, 4]", 'sets = ["3", 4]'),
        ("exercises/pull.toml", "doses.0.sets.0", "got '3'"),
    ),
    "a third number in a range": (
        "pull",
        ("sets = [3, 4]", "sets = [3, 4, 5]"),
        ("exercises/pull.toml", "doses.0.sets", "2 items"),
    ),
    "an id of its own": (
        "pull",
        ('body_part = "hips"', 'body_part = "hips"\nid = "other"'),
        ("exercises/pull.toml", "id", "expected no id"),
    ),
    "a muscle that is not there": (
        "pull",
        ('muscle = "glutes"', 'muscle = "glute"'),
        ("exercises/pull.toml", "muscles.0.muscle", "one of the muscles, got 'glute'"),
    ),
    "a cue that is not there": (
        "faults",
        ('cue = "hips_back"', 'cue = "hips_forward"'),
        ("faults.toml", "rounding.cue", "one of the cues, got 'hips_forward'"),
    ),
    "an exercise that is not there": (
        "faults",
        ('regression = "pull"', 'regression = "push"'),
        ("faults.toml", "rounding.regression", "one of the exercises, got 'push'"),
    ),
    "a source that is not there": (
        "cues",
        ('sources = ["hart"]', 'sources = ["hurt"]'),
        ("cues.toml", "hips_back.sources.0", "a fact or a source, got 'hurt'"),
    ),
    "no source at all": (
        "cues",
        ('sources = ["hart"]', "sources = []"),
        ("cues.toml", "hips_back.sources", "at least one source"),
    ),
    "a range the wrong way round": (
        "pull",
        ("repetitions = [8, 12]", "repetitions = [12, 8]"),
        ("exercises/pull.toml", "doses.0.repetitions", "the smaller first, got [12, 8]"),
    ),
    "a tempo of three parts": (
        "pull",
        ('tempo = "3-0-1-1"', 'tempo = "3-0-1"'),
        ("exercises/pull.toml", "doses.0.tempo", "four parts"),
    ),
    "literature without a study": (
        "pull",
        ('sources = ["study_2020"]', 'sources = ["hart"]'),
        ("exercises/pull.toml", "doses.0.basis", "a study or a standard"),
    ),
    "an angle that nobody has": (
        "pull",
        ("trunk_deg = 75.0", "trunk_deg = 750.0"),
        ("exercises/pull.toml", "figure.start.trunk_deg", "-180 to 180"),
    ),
    "a record that nobody points at": (
        "cues",
        ("[hips_back]", '[soft_knees]\nsay = "Soft knees."\naim = "They bend."\n'
         'focus = "internal"\nsources = ["hart"]\n\n[hips_back]'),
        ("cues.toml", "soft_knees", "some record to point at this one"),
    ),
    "a fact that no record carries": (
        "pull",
        ('sources = ["hart.setup.cable"]', 'sources = ["hart"]'),
        ("facts.toml", "hart.setup.cable", "some record to carry this fact"),
    ),
    "words that are hard to read": (
        "pull",
        ('text = "It shows you the way back."', f'text = "{5 * LONG_WORDS}"'),
        ("exercises/pull.toml", "", f"a reading ease of at least {MIN_READING_EASE:g}"),
    ),
    "a phase without a step": (
        "pull",
        ('phase = "lockout"', 'phase = "finish"'),
        ("exercises/pull.toml", "steps", "expected steps for lockout"),
    ),
    "no target muscle": (
        "pull",
        ('role = "target"', 'role = "secondary"'),
        ("exercises/pull.toml", "muscles", "expected a target muscle"),
    ),
    "a fault without a drill": (
        "faults",
        ('drills = ["wall"]', "drills = []"),
        ("faults.toml", "rounding.drills", "expected a drill"),
    ),
    "a gate that asks for what is not judged": (
        "pull",
        ('mistakes = ["rounding"]', "mistakes = []"),
        ("ladders/way.toml", "rungs.0.leave.absent.0", "a mistake of pull"),
    ),
    "an exercise that asks for itself first": (
        "pull",
        ("prerequisites = []", 'prerequisites = ["pull"]'),
        ("exercises/pull.toml", "prerequisites", "no circle"),
    ),
    "no TOML": (
        "cues",
        ('say = "Push your hips back."', "say = Push your hips back."),
        ("cues.toml", "", "expected TOML"),
    ),
}  # fmt: skip


def test_a_good_library_has_no_problem(tmp_path: Path) -> None:
    reading = check_folder(write_records(tmp_path))
    assert reading.problems == ()
    assert reading.library.count() == 12


@pytest.mark.parametrize("name", PLANTED, ids=list(PLANTED))
def test_a_planted_mistake_is_found_with_its_file_and_key(name: str, tmp_path: Path) -> None:
    stem, change, (file, key, text) = PLANTED[name]
    problems = check_folder(write_records(tmp_path, **{stem: change})).problems
    assert any(p.file == file and p.key == key and text in p.text for p in problems), problems


def test_two_exercises_of_one_name(tmp_path: Path) -> None:
    write_records(tmp_path)
    text = (tmp_path / "exercises/pull.toml").read_text("utf-8")
    other = text.replace('name = "Pull-through"', 'name = "Glute pull through"')
    (tmp_path / "exercises/thrust.toml").write_text(other, encoding="utf-8")
    problems = [str(problem) for problem in check_folder(tmp_path).problems]
    assert (
        "exercises/thrust.toml: name: expected a name of its own, but pull has it too" in problems
    )


def test_a_circle_through_several_exercises(tmp_path: Path) -> None:
    write_records(tmp_path, pull=("prerequisites = []", 'prerequisites = ["thrust"]'))
    text = (tmp_path / "exercises/pull.toml").read_text("utf-8")
    other = text.replace('"thrust"', '"pull"').replace("ull-through", "ush-through")
    (tmp_path / "exercises/thrust.toml").write_text(other, encoding="utf-8")
    keys = {(p.file, p.key) for p in check_folder(tmp_path).problems}
    assert ("exercises/pull.toml", "prerequisites") in keys
    assert ("exercises/thrust.toml", "prerequisites") in keys


def test_all_mistakes_are_told_in_one_run(tmp_path: Path) -> None:
    """In several files, and several in one record."""
    write_records(
        tmp_path,
        pull=('family = "hinge"\nbody_part = "hips"', 'family = "bend"'),
        cues=('focus = "internal"', 'focus = "inner"'),
        muscles=('side = "back"', 'side = "behind"'),
    )
    places = {(p.file, p.key) for p in check_folder(tmp_path).problems}
    assert places >= {
        ("exercises/pull.toml", "family"),
        ("exercises/pull.toml", "body_part"),
        ("cues.toml", "hips_back.focus"),
        ("muscles.toml", "glutes.side"),
    }
