"""From records of the library to pages that read well."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from hingewise.library.catalogue import Equipment, Flag, Muscle
from hingewise.library.coaching import Drill, Fault
from hingewise.library.collection import Library
from hingewise.library.progress import Ladder, Topic, WarmUp
from hingewise.report.criteria import criteria_section
from hingewise.report.exercise_page import exercise_page
from hingewise.report.page import Item, Items, Page, Paragraph, Section
from hingewise.report.page_parts import links, to_paragraph


def make_page(library: Library, kind: str, key: str) -> Page:
    """Return the page of a record of one of the kinds in `PAGE_KINDS`."""
    return _MAKERS[kind](library, getattr(library, kind)[key])


def _fault_page(library: Library, fault: Fault) -> Page:
    cues = [library.cues[key] for key in (fault.cue, *fault.more_cues)]
    sections = [
        Section(title="What it is", blocks=(to_paragraph(fault.what),)),
        Section(title="Why it matters", blocks=(to_paragraph(fault.why),)),
        Section(title="How it shows", blocks=(to_paragraph(fault.shows),)),
        *([judged] if (judged := criteria_section(fault.id)) else []),
        Section(title="What to do", blocks=(to_paragraph(fault.correction),)),
        Section(
            title="What to say",
            blocks=(
                Items(items=tuple(Item(head=c.say, text=c.aim, sources=c.sources) for c in cues)),
            ),
        ),
    ]
    if fault.drills:
        drills = [library.drills[key] for key in fault.drills]
        items = tuple(_drill_item(drill) for drill in drills)
        sections.append(Section(title="Drills", blocks=(Items(items=items),)))
    if fault.regression:
        easier = library.exercises[fault.regression]
        item = Item(head=easier.name, text=easier.summary.text, link=("exercises", easier.id))
        sections.append(Section(title="Go back to", blocks=(Items(items=(item,)),)))
    causes = [library.faults[key] for key in fault.leads_to]
    if causes:
        items = tuple(Item(head=f.name, text=f.what.text, link=("faults", f.id)) for f in causes)
        sections.append(Section(title="It leads to", blocks=(Items(items=items),)))
    where = [e for e in library.exercises.values() if fault.id in e.mistakes]
    items = links(library, "exercises", (e.id for e in where))
    if items:
        sections.append(Section(title="Where it happens", blocks=(Items(items=items),)))
    risk = {"high": "serious", "medium": "worth mending soon", "low": "a matter of quality"}
    return Page(
        kind="faults",
        id=fault.id,
        title=fault.name,
        subtitle=f"Mistake, {risk[fault.risk]}",
        sections=tuple(sections),
    )


def _drill_item(drill: Drill) -> Item:
    return Item(
        head=drill.name,
        text=f"{drill.purpose.text} {drill.dose}",
        sources=drill.purpose.sources,
        link=("drills", drill.id),
    )


def _drill_page(library: Library, drill: Drill) -> Page:
    steps = tuple(Item(text=step.text, sources=step.sources) for step in drill.steps)
    sections = [
        Section(title="What for", blocks=(to_paragraph(drill.purpose),)),
        Section(title="How", blocks=(Items(items=steps, numbered=len(steps) > 1),)),
        Section(title="How much", blocks=(Paragraph(text=drill.dose),)),
        Section(title="You are done with it when", blocks=(Paragraph(text=drill.ready_when),)),
    ]
    mends = [f for f in library.faults.values() if drill.id in f.drills]
    if mends:
        items = links(library, "faults", (f.id for f in mends))
        sections.append(Section(title="It mends", blocks=(Items(items=items),)))
    things = ", ".join(library.equipment[key].name.lower() for key in drill.equipment)
    return Page(
        kind="drills",
        id=drill.id,
        title=drill.name,
        subtitle=f"Drill, {things or 'no equipment'}",
        sections=tuple(sections),
    )


def _ladder_page(library: Library, ladder: Ladder) -> Page:
    sections = [Section(title="Why in this order", blocks=(to_paragraph(ladder.summary),))]
    for number, rung in enumerate(ladder.rungs, start=1):
        exercise = library.exercises[rung.exercise]
        items = [
            Item(
                head=exercise.name,
                text=rung.purpose.text,
                sources=rung.purpose.sources,
                link=("exercises", exercise.id),
            )
        ]
        if rung.leave is not None:
            items.append(Item(head="Go up when", text=rung.leave.text, sources=rung.leave.sources))
        if rung.back_when is not None:
            back = library.exercises[rung.back_to].name
            text = f"{rung.back_when.text} ({back})"
            items.append(Item(head="Step back when", text=text, sources=rung.back_when.sources))
        title = f"{number}. {exercise.name}"
        sections.append(Section(title=title, blocks=(Items(items=tuple(items)),)))
    for branch in ladder.branches:
        back = library.exercises[branch.back_to].name
        text = f"{branch.when.text} Train these for some weeks, then go back ({back}):"
        block = Paragraph(text=text, sources=branch.when.sources)
        ways = links(library, "exercises", branch.exercises)
        sections.append(Section(title="If it does not come", blocks=(block, Items(items=ways))))
    if ladder.afterwards:
        blocks = tuple(to_paragraph(line) for line in ladder.afterwards)
        sections.append(Section(title="Afterwards", blocks=blocks))
    return Page(
        kind="ladders",
        id=ladder.id,
        title=ladder.name,
        subtitle=f"Ladder of {len(ladder.rungs)} rungs",
        sections=tuple(sections),
    )


def _warm_up_page(library: Library, warm_up: WarmUp) -> Page:
    sections = [Section(title="Why", blocks=(to_paragraph(warm_up.summary),))]
    for number, phase in enumerate(warm_up.phases, start=1):
        items = tuple(_drill_item(library.drills[key]) for key in phase.drills)
        low, high = phase.duration_s
        sections.append(
            Section(
                title=f"{number}. {phase.name} ({low} to {high} seconds)",
                blocks=(to_paragraph(phase.purpose), Items(items=items)),
            )
        )
    low, high = (round(length / 60) for length in warm_up.duration_s)
    return Page(
        kind="warm_ups",
        id=warm_up.id,
        title=warm_up.name,
        subtitle=f"Warm-up, {low} to {high} minutes",
        sections=tuple(sections),
    )


def _topic_page(library: Library, topic: Topic) -> Page:
    sections = [Section(title="", blocks=tuple(to_paragraph(line) for line in topic.lines))]
    items = links(library, "exercises", topic.exercises) + links(library, "ladders", topic.ladders)
    if items:
        sections.append(Section(title="Go on with", blocks=(Items(items=items),)))
    return Page(
        kind="topics", id=topic.id, title=topic.title, subtitle="", sections=tuple(sections)
    )


def _muscle_page(library: Library, muscle: Muscle) -> Page:
    sections = [Section(title="What it does", blocks=(to_paragraph(muscle.does),))]
    for role, title in (
        ("target", "Exercises that train it"),
        ("secondary", "Where it helps"),
        ("stabiliser", "Where it holds"),
    ):
        items = tuple(_uses(library, muscle.id, role))
        if items:
            sections.append(Section(title=title, blocks=(Items(items=items),)))
    return Page(
        kind="muscles",
        id=muscle.id,
        title=muscle.name,
        subtitle=", ".join(muscle.words),
        sections=tuple(sections),
    )


def _uses(library: Library, muscle: str, role: str) -> Iterator[Item]:
    for exercise in library.exercises.values():
        for use in exercise.muscles:
            if use.muscle == muscle and use.role == role:
                link = ("exercises", exercise.id)
                yield Item(head=exercise.name, text=use.text, sources=use.sources, link=link)


def _equipment_page(library: Library, equipment: Equipment) -> Page:
    sections = [Section(title="How to use it", blocks=(to_paragraph(equipment.use),))]
    needed = [e for e in library.exercises.values() if equipment.id in e.equipment]
    items = tuple(Item(head=e.name, text=e.summary.text, link=("exercises", e.id)) for e in needed)
    if items:
        sections.append(Section(title="Exercises", blocks=(Items(items=items),)))
    return Page(
        kind="equipment",
        id=equipment.id,
        title=equipment.name,
        subtitle=", ".join(equipment.words),
        sections=tuple(sections),
    )


def _flag_page(library: Library, flag: Flag) -> Page:
    sections = [Section(title="", blocks=(to_paragraph(flag.advice),))]
    where = [e for e in library.exercises.values() if flag.id in e.contraindications]
    items = links(library, "exercises", (e.id for e in where))
    if items:
        sections.append(Section(title="Exercises that ask for it", blocks=(Items(items=items),)))
    return Page(
        kind="flags",
        id=flag.id,
        title=flag.name,
        subtitle="Do not train this before it is cleared up" if flag.stop else "Train with care",
        sections=tuple(sections),
    )


_MAKERS: dict[str, Callable[[Library, Any], Page]] = {
    "exercises": exercise_page,
    "faults": _fault_page,
    "drills": _drill_page,
    "ladders": _ladder_page,
    "warm_ups": _warm_up_page,
    "topics": _topic_page,
    "muscles": _muscle_page,
    "equipment": _equipment_page,
    "flags": _flag_page,
}
