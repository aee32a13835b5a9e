"""What a run writes and prints, whatever the film is called and wherever it lies."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import av
import jsonschema
import pytest

from hingewise.pose.markers import COCO17_KEYPOINTS
from tests.builders_tracks import standing_points, write_openpose
from tests.e2e.command import everything_in, hingewise

EVERY_FILE = {
    "analysis.json",
    "annotated.mp4",
    "kinematics.csv",
    "kinematics.mot",
    "kinematics.parquet",
    "pose.parquet",
    "pose.trc",
    "report.html",
}
QUICK = ("--no-film", "--workers", "1")


def test_every_file_is_written(results: Path) -> None:
    assert everything_in(results / "all") == EVERY_FILE


def test_json_on_standard_output_is_the_file(results: Path) -> None:
    printed = json.loads((results / "stdout.json").read_text("utf-8"))
    assert printed == json.loads((results / "all" / "analysis.json").read_text("utf-8"))
    assert printed["summary"]["n_repetitions"] == 2
    schema = Path(__file__).parents[2] / "src/hingewise/report/analysis.schema.json"
    jsonschema.validate(printed, json.loads(schema.read_text("utf-8")))


def test_the_annotated_film_keeps_the_times(results: Path, film: Path) -> None:
    def times_s(path: Path) -> list[float]:
        with av.open(str(path)) as container:
            return [round(frame.time, 3) for frame in container.decode(video=0)]

    assert times_s(results / "all" / "annotated.mp4") == times_s(film)


def test_the_film_itself_is_not_touched(results: Path, film: Path) -> None:
    assert (results / "all").is_dir()
    assert everything_in(film.parent) == {"set.mp4", "standing.mp4"}


def test_a_stored_track_gives_the_same_numbers(results: Path, tmp_path: Path) -> None:
    shutil.copy(results / "all" / "pose.parquet", tmp_path)
    run = hingewise("analyze", "pose.parquet", "--json", cwd=tmp_path)
    assert (run.code, run.err) == (0, "")
    first = json.loads((results / "stdout.json").read_text("utf-8"))
    assert _measured(run.document) == _measured(first)
    assert everything_in(tmp_path / "pose.hingewise") == {
        "analysis.json",
        "kinematics.parquet",
        "pose.parquet",
        "report.html",
    }


def test_a_stored_track_can_be_slowed_down_too(results: Path, tmp_path: Path) -> None:
    shutil.copy(results / "all" / "pose.parquet", tmp_path)
    command = ("analyze", "pose.parquet", "--json")
    plain = hingewise(*command, cwd=tmp_path).document
    slowed = hingewise(*command, "--slow-motion", "2", cwd=tmp_path).document
    assert slowed["video"]["slow_motion_factor"] == 2.0
    assert slowed["video"]["duration_s"] == pytest.approx(plain["video"]["duration_s"] / 2)
    for quick, slow in zip(slowed["repetitions"], plain["repetitions"], strict=True):
        assert quick["top_s"] == pytest.approx(slow["top_s"] / 2, abs=0.1)


def _measured(document: dict[str, Any]) -> dict[str, Any]:
    return {key: document[key] for key in ("exercise", "view", "repetitions", "rejected")}


def test_a_second_run_replaces_the_first(results: Path, short_film: Path, tmp_path: Path) -> None:
    folder = tmp_path / "set.hingewise"
    shutil.copytree(results / "all", folder)
    (folder / "my notes.txt").write_text("40 kg felt light")
    shutil.copy(short_film, tmp_path / "set.mp4")
    run = hingewise("analyze", "set.mp4", *QUICK, cwd=tmp_path)
    assert run.code == 0
    kept = {"analysis.json", "kinematics.parquet", "pose.parquet", "report.html", "my notes.txt"}
    assert everything_in(folder) == kept
    assert "annotated.mp4" not in (folder / "report.html").read_text("utf-8")


def test_a_film_that_differs_by_its_ending_has_a_folder_of_its_own(
    short_film: Path, tmp_path: Path
) -> None:
    """The phone's set.mov, and set.mp4 that somebody made of it; again and together."""
    for name in ("set.mp4", "set.mov"):
        shutil.copy(short_film, tmp_path / name)
    for names in (("set.mp4",), ("set.mov",), ("set.mp4", "set.mov")):
        run = hingewise("analyze", *names, *QUICK, cwd=tmp_path)
        assert (run.code, run.err) == (0, "")
        for name in names:
            folder = tmp_path / ("set.hingewise" if name == "set.mp4" else "set.mov.hingewise")
            document = json.loads((folder / "analysis.json").read_text("utf-8"))
            assert document["video"]["path"] == name
    assert sorted(folder.name for folder in tmp_path.glob("*.hingewise")) == [
        "set.hingewise",
        "set.mov.hingewise",
    ]


def test_a_failed_run_leaves_the_first_as_it_was(results: Path, tmp_path: Path) -> None:
    folder = tmp_path / "set.hingewise"
    shutil.copytree(results / "all", folder)
    (tmp_path / "set.mp4").write_bytes(b"")
    assert hingewise("analyze", "set.mp4", cwd=tmp_path).code == 2
    assert everything_in(folder) == EVERY_FILE


@pytest.mark.parametrize(
    "name",
    [
        "my first set.mp4",
        'it\'s "heavy" [bold]&.mp4',
        "größe 測試 💪.mp4",
        "10:30.mp4",
        "100%.mp4",
        "UPPER.MP4",
        "-set.mp4",
        "week 3/day 2/set.mp4",
        "no ending",
    ],
)
def test_any_name_will_do(name: str, short_film: Path, tmp_path: Path) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(short_film, path)
    run = hingewise("analyze", *QUICK, "--", name, cwd=tmp_path)
    assert (run.code, run.err) == (0, "")
    report = Path(name).with_suffix("").as_posix() + ".hingewise/report.html"
    assert run.out.splitlines()[-1] == f"Report  {report}"
    assert (tmp_path / report).exists()


def test_a_name_that_is_no_utf8(short_film: Path, tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"\xe4rger.mp4")
    shutil.copy(short_film, path)
    run = hingewise("analyze", str(path), *QUICK, "--out", "results", "--json", cwd=tmp_path)
    assert (run.code, run.err) == (0, "")
    assert run.document["video"]["path"].endswith("\N{REPLACEMENT CHARACTER}rger.mp4")


@pytest.mark.parametrize("ending", [".mp4", ".parquet", ""])
def test_a_folder_that_is_no_utf8(
    ending: str, results: Path, short_film: Path, tmp_path: Path
) -> None:
    """An old disk: a film, a track and an OpenPose folder are read, the results lie beside them."""
    source = tmp_path / os.fsdecode(b"\xe4rger \xff/s\xe4t" + ending.encode())
    source.parent.mkdir()
    if ending:
        shutil.copy({".mp4": short_film}.get(ending, results / "all" / "pose.parquet"), source)
    else:
        write_openpose(source, {n: [standing_points(COCO17_KEYPOINTS, 300)] for n in range(60)})
    run = hingewise("analyze", str(source), "--load", source.name, cwd=tmp_path)
    assert (run.code, run.err) == (0, "")
    written = source.parent / os.fsdecode(b"s\xe4t.hingewise")
    film = {"annotated.mp4"} if ending == ".mp4" else set()
    assert everything_in(written) == film | {
        "analysis.json",
        "kinematics.parquet",
        "pose.parquet",
        "report.html",
    }
    document = json.loads((written / "analysis.json").read_text("utf-8"))
    assert document["provenance"]["parameters"]["load"] == f"s\N{REPLACEMENT CHARACTER}t{ending}"


def test_a_terminal_without_our_letters(results: Path, tmp_path: Path) -> None:
    env = {"PYTHONIOENCODING": "ascii", "NO_COLOR": "1"}
    track = results / "all" / "pose.parquet"
    run = hingewise("analyze", str(track), "--out", "results", cwd=tmp_path, env=env)
    assert (run.code, run.err) == (0, "")
    assert "2 repetitions" in run.out
    assert "\x1b" not in run.out


def test_an_error_prints_no_json(tmp_path: Path) -> None:
    run = hingewise("analyze", "missing.mp4", "--json", cwd=tmp_path)
    assert (run.code, run.out) == (2, "")


def test_several_films(short_film: Path, tmp_path: Path) -> None:
    for name in ("one.mp4", "two.mp4"):
        shutil.copy(short_film, tmp_path / name)
    run = hingewise("analyze", "one.mp4", "two.mp4", *QUICK, "--out", "sets", cwd=tmp_path)
    assert (run.code, run.err) == (0, "")
    told = [line for line in run.out.splitlines() if line.startswith(("Report", "one", "two"))]
    assert told == [
        "one.mp4",
        "Report  sets/one.hingewise/report.html",
        "two.mp4",
        "Report  sets/two.hingewise/report.html",
    ]
