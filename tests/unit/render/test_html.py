"""The report page: complete for every set, closed to the network, deaf to hostile names."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections import Counter
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest

from hingewise.errors import OutputError
from hingewise.render.html import render_report, save_report
from hingewise.render.keyframes import KeyFrame
from hingewise.report.document import Analysis
from hingewise.report.figures import make_figures
from tests.builders_report import SyntheticSet, make_set

VOID = {"meta", "link", "img", "br", "input"}
HOSTILE = "<script>alert(1)</script>\"'&<img src=x onerror=alert(2)>"


class Page(HTMLParser):
    """Elements of a page; complains about anything that is closed wrongly."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.problems: list[str] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(text)
        self.close()
        self.problems += [f"<{tag}> is never closed" for tag in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.problems.append(f"</{tag}> closes something else")

    def handle_data(self, data: str) -> None:
        if not {"script", "style"} & set(self.open):
            self.text += data

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]

    def ids(self) -> Counter[str]:
        return Counter(a["id"] for _, a in self.elements if "id" in a)


def render(
    made: SyntheticSet, *, video_name: str | None = "annotated.mp4", n_frames: int = 2
) -> str:
    frames = [
        KeyFrame(repetition=number, kind=kind, time_s=float(number), jpeg=b"\xff\xd8jpeg")
        for number in range(1, n_frames + 1)
        for kind in ("bottom", "lockout")
    ]
    figures = make_figures(made.kinematics, made.segmentation)
    return render_report(made.analysis, figures, frames, video_name=video_name)


SETS = {
    "none": make_set(0),
    "one": make_set(1),
    "five": make_set(5, partial=(4,)),
    "sixty": make_set(60),
    "unseen": make_set(3, observed=False),
}


@pytest.mark.parametrize("name", SETS)
def test_every_set_makes_a_sound_page(name: str) -> None:
    page = Page(render(SETS[name]))
    assert page.problems == []
    assert [id for id, n in page.ids().items() if n > 1] == []
    assert len(page.all("article")) == len(SETS[name].analysis.repetitions)
    assert not re.search(r"\bnan\b|None|undefined|\{\{", page.text)


@pytest.mark.parametrize("name", SETS)
def test_nothing_is_fetched_from_anywhere(name: str) -> None:
    text = render(SETS[name])
    page = Page(text)
    sources = [a.get("src") or a.get("href") or "" for _, a in page.elements]
    outside = [s for s in sources if s and not s.startswith(("data:", "#", "./"))]
    assert outside == []
    assert not re.search(r"(https?:)?//[a-z]|@import|url\(", text)


def test_only_the_own_script_may_run() -> None:
    text = render(SETS["five"])
    (policy,) = [m["content"] for m in Page(text).all("meta") if "http-equiv" in m]
    assert policy.startswith("default-src 'none'")
    assert "'unsafe-inline'" not in policy.split("script-src")[1].split(";")[0]
    script = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)[0]
    assert b64encode(sha256(script.encode()).digest()).decode() in policy


def test_hostile_names_stay_text() -> None:
    made = make_set(1, file_name=f"films/{HOSTILE}.mp4", exercise_id=HOSTILE)
    page = Page(render(made, video_name=f"{HOSTILE}.mp4"))
    assert page.problems == []
    assert len(page.all("script")) == 2
    assert {name for _, a in page.elements for name in a if name.startswith("on")} == set()
    assert all(image["src"].startswith("data:image/jpeg;base64,") for image in page.all("img"))
    assert "alert(2)" in page.text
    (video,) = page.all("video")
    assert re.fullmatch(r"\./[\w.%()=-]+", video["src"])


@pytest.mark.parametrize("video_name", ["javascript:alert(1)", "//host/x.mp4", "a b#c?d.mp4"])
def test_the_film_is_always_a_file_beside_the_page(video_name: str) -> None:
    (video,) = Page(render(SETS["one"], video_name=video_name)).all("video")
    assert video["src"].startswith("./")
    assert not set("#?: ") & set(video["src"])


def test_counted_without_angles_still_shows_when() -> None:
    page = Page(render(SETS["unseen"]))
    jumps = [b for b in page.all("button") if b.get("class", "").startswith("rep-jump")]
    assert len(jumps) == 3
    assert "No angle was measured" in page.text


def test_the_load_is_noted_as_it_was_given() -> None:
    made = make_set(1)
    given = {"load": HOSTILE, "height": "175cm"}
    provenance = made.analysis.provenance.model_copy(update={"parameters": given})
    analysis = made.analysis.model_copy(update={"provenance": provenance})
    page = Page(render(replace(made, analysis=analysis)))
    assert HOSTILE in page.text
    assert "175cm" in page.text


def test_without_a_film_the_page_says_so() -> None:
    page = Page(render(SETS["one"], video_name=None))
    assert page.all("video") == []
    assert "No annotated film was made" in page.text


def test_data_for_the_script_cannot_leave_its_element() -> None:
    text = render(SETS["five"])
    block = re.findall(r'<script type="application/json" id="data">(.*?)</script>', text)[0]
    assert not set("<>&") & set(block)
    assert [r["number"] for r in json.loads(block)["repetitions"]] == [1, 2, 3, 4, 5]


def test_partial_repetitions_and_refused_movements_are_named_with_reasons() -> None:
    text = Page(render(SETS["five"])).text
    assert "It stopped half-way down." in text
    assert "Reaching for the handle" in text
    assert "Seen, but not counted" in text


def test_everything_clickable_has_a_name() -> None:
    text = render(SETS["five"])
    for attributes, content in re.findall(r"<button([^>]*)>(.*?)</button>", text, re.DOTALL):
        named = "aria-label=" in attributes or re.sub(r"<[^>]+>", "", content).strip()
        assert named, attributes
    for image in Page(text).all("img"):
        assert image["alt"]


def test_a_cue_leads_the_page() -> None:
    made = SETS["one"]
    summary = made.analysis.summary.model_copy(update={"top_cue": "push the hips back"})
    analysis: Analysis = made.analysis.model_copy(update={"summary": summary})
    figures = make_figures(made.kinematics, made.segmentation)
    text = Page(render_report(analysis, figures, [], video_name=None)).text
    assert "Push the hips back." in text
    assert "Next set" not in text


def test_the_next_set_follows_the_cue_or_stands_alone() -> None:
    made = SETS["one"]
    figures = make_figures(made.kinematics, made.segmentation)
    for cue, said in (
        ("push the hips back", "Push the hips back. Next set: the same load again."),
        ("", "Next The same load again."),
    ):
        told = {"top_cue": cue, "next_step": "the same load again"}
        summary = made.analysis.summary.model_copy(update=told)
        analysis: Analysis = made.analysis.model_copy(update={"summary": summary})
        text = Page(render_report(analysis, figures, [], video_name=None)).text
        assert said in text


def test_sixty_repetitions_stay_small() -> None:
    assert len(render(SETS["sixty"]).encode()) < 400_000


def test_the_page_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    save_report("<p>ü</p>", path)
    assert path.read_text(encoding="utf-8") == "<p>ü</p>"
    assert list(tmp_path.iterdir()) == [path]
    with pytest.raises(OutputError):
        save_report("", tmp_path / "missing" / "report.html")
