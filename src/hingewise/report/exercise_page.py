"""The page of one exercise: what a coach would tell you, in the order in which you need it."""

from __future__ import annotations

from collections.abc import Iterator

from hingewise.library.collection import Library
from hingewise.library.exercise import Dose, Exercise, MuscleRole, StepPhase
from hingewise.library.progress import Ladder
from hingewise.report.page import Block, Drawing, Item, Items, Page, Paragraph, Section, Table
from hingewise.report.page_parts import links, to_items, to_paragraph

PHASES: dict[StepPhase, str] = {
    "set_up": "Set up",
    "start": "Start",
    "eccentric": "Way down",
    "bottom": "Bottom",
    "concentric": "Way up",
    "lockout": "Top",
    "finish": "After the last one",
}
ROLES = {
    "learning": "Learning it",
    "warm_up": "Warm-up",
    "primer": "Primer",
    "main": "Main work",
    "accessory": "Accessory",
    "power": "Power",
    "conditioning": "Conditioning",
}
MUSCLE_ROLES: dict[MuscleRole, str] = {
    "target": "Trains",
    "secondary": "Helps",
    "stabiliser": "Holds",
}
N_MISTAKES_IN_FULL = 6
MINUTE_S = 60
TEMPO_LEGEND = "Tempo is seconds down, at the bottom, up and at the top; x is as fast as you can."
DIRECTIONS = {"easier": "Easier", "harder": "Harder", "other": "Otherwise"}


def exercise_page(library: Library, exercise: Exercise) -> Page:
    """Return the page of an exercise."""
    sections = [
        Section(title="", blocks=tuple(_opening(library, exercise))),
        Section(title="Why do it", blocks=(to_items(exercise.benefits),)),
        Section(title="How to do it", blocks=tuple(_steps(exercise))),
        Section(title="Cues", blocks=(_cues(library, exercise),)),
        Section(title="What goes wrong", blocks=tuple(_mistakes(library, exercise))),
        Section(title="Safety", blocks=tuple(_safety(library, exercise))),
        Section(title="How much", blocks=tuple(_doses(exercise))),
        Section(title="Easier and harder", blocks=tuple(_ways(library, exercise))),
        Section(title="Questions", blocks=(_questions(exercise),)),
        Section(title="Muscles", blocks=tuple(_muscles(library, exercise))),
        Section(title="What it carries over to", blocks=(to_items(exercise.carry_over),)),
        Section(title="Filming it", blocks=(_filming(library, exercise),)),
    ]
    if exercise.choices:
        sections.append(Section(title="Where the sources differ", blocks=tuple(_choices(exercise))))
    sections.append(Section(title="Related", blocks=(_related(library, exercise),)))
    return Page(
        kind="exercises",
        id=exercise.id,
        title=exercise.name,
        subtitle=", ".join(exercise.aliases),
        sections=tuple(section for section in sections if section.blocks),
    )


def format_range(span: tuple[int, int]) -> str:
    """Return ``8-15``, or ``5`` where both ends are the same."""
    return str(span[0]) if span[0] == span[1] else f"{span[0]}-{span[1]}"


def format_rest(span_s: tuple[int, int]) -> str:
    """Return a rest in seconds, or in minutes where it is long: ``60-90 s``, ``2-3 min``."""
    if span_s[0] >= MINUTE_S and all(length % MINUTE_S == 0 for length in span_s):
        return f"{format_range((span_s[0] // MINUTE_S, span_s[1] // MINUTE_S))} min"
    return f"{format_range(span_s)} s"


def _opening(library: Library, exercise: Exercise) -> Iterator[Block]:
    yield Drawing(name=exercise.id, says="Start and end")
    yield to_paragraph(exercise.summary)
    yield _at_a_glance(library, exercise)


def _at_a_glance(library: Library, exercise: Exercise) -> Table:
    things = ", ".join(library.equipment[key].name for key in exercise.equipment)
    target = [library.muscles[u.muscle].name for u in exercise.muscles if u.role == "target"]
    rows = [
        ("Movement", exercise.pattern),
        ("Level", exercise.difficulty),
        ("Kind", exercise.category),
        ("Body part", exercise.body_part),
        ("Trains", ", ".join(target)),
        ("You need", things or "nothing"),
        ("Ready when", exercise.ready_when.text),
    ]
    first = ", ".join(library.exercises[key].name for key in exercise.prerequisites)
    if first:
        rows.append(("First learn", first))
    return Table(header=("", ""), rows=tuple(rows))


def _steps(exercise: Exercise) -> Iterator[Block]:
    items = tuple(
        Item(head=PHASES[step.phase], text=step.text, sources=step.sources)
        for step in exercise.steps
    )
    yield Items(items=items, numbered=True)


def _cues(library: Library, exercise: Exercise) -> Items:
    cues = [library.cues[key] for key in exercise.cues]
    return Items(items=tuple(Item(head=c.say, text=c.aim, sources=c.sources) for c in cues))


def _mistakes(library: Library, exercise: Exercise) -> Iterator[Block]:
    """The commonest in full, the others by name."""
    faults = [library.faults[key] for key in exercise.mistakes]
    yield Items(
        items=tuple(
            Item(
                head=f.name,
                text=f"{f.what.text} {f.correction.text}",
                sources=(*f.what.sources, *f.correction.sources),
                link=("faults", f.id),
            )
            for f in faults[:N_MISTAKES_IN_FULL]
        )
    )
    others = faults[N_MISTAKES_IN_FULL:]
    if others:
        yield Paragraph(text="Also:")
        yield Items(items=links(library, "faults", (f.id for f in others)))


def _doses(exercise: Exercise) -> Iterator[Block]:
    header = ("For", "Sets", "Repetitions", "Tempo", "Rest")
    yield Table(header=header, rows=tuple(_dose_row(dose) for dose in exercise.doses))
    yield Items(
        items=tuple(
            Item(head=ROLES[dose.role], text=f"{dose.when} {dose.effort}", sources=dose.sources)
            for dose in exercise.doses
        )
    )
    if any(dose.tempo for dose in exercise.doses):
        yield Paragraph(text=TEMPO_LEGEND)


def _dose_row(dose: Dose) -> tuple[str, ...]:
    amount = format_range(dose.repetitions)
    if dose.hold_s is not None:
        amount = f"{amount} of {format_range(dose.hold_s)} s"
    return (
        ROLES[dose.role],
        format_range(dose.sets),
        amount,
        dose.tempo or "any",
        format_rest(dose.rest_s),
    )


def _muscles(library: Library, exercise: Exercise) -> Iterator[Block]:
    yield Drawing(name=f"{exercise.id}_muscles", says="On the body")
    yield Items(
        items=tuple(
            Item(
                head=f"{MUSCLE_ROLES[use.role]}: {library.muscles[use.muscle].name}",
                text=use.text,
                sources=use.sources,
                link=("muscles", use.muscle),
            )
            for use in exercise.muscles
        )
    )


def _ways(library: Library, exercise: Exercise) -> Iterator[Block]:
    items = tuple(
        Item(
            head=f"{DIRECTIONS[v.direction]}: {v.name}",
            text=v.text,
            sources=v.sources,
            link=("exercises", v.exercise) if v.exercise else None,
        )
        for v in exercise.variations
    )
    yield Items(items=items)
    for ladder in library.ladders.values():
        yield from _place_on(ladder, exercise)


def _place_on(ladder: Ladder, exercise: Exercise) -> Iterator[Block]:
    for number, rung in enumerate(ladder.rungs, start=1):
        if rung.exercise != exercise.id:
            continue
        texts = [f"Rung {number} of {len(ladder.rungs)}. {rung.purpose.text}"]
        sources = list(rung.purpose.sources)
        for head, line in (("Go up when:", rung.leave), ("Step back when:", rung.back_when)):
            if line is not None:
                texts.append(f"{head} {line.text}")
                sources += line.sources
        item = Item(
            head=ladder.name,
            text=" ".join(texts),
            sources=tuple(sources),
            link=("ladders", ladder.id),
        )
        yield Items(items=(item,))


def _safety(library: Library, exercise: Exercise) -> Iterator[Block]:
    """The exercise's own rules, and what to read first if it is about you."""
    yield to_items(exercise.safety)
    yield Paragraph(text="Read first what is about you:")
    yield Items(items=links(library, "flags", exercise.contraindications))


def _filming(library: Library, exercise: Exercise) -> Items:
    places = [library.cameras[key] for key in exercise.camera]
    return Items(
        items=tuple(Item(head=f"From the {p.view}", text=p.text, sources=p.sources) for p in places)
    )


def _questions(exercise: Exercise) -> Items:
    return Items(
        items=tuple(Item(head=q.question, text=q.answer, sources=q.sources) for q in exercise.faq)
    )


def _choices(exercise: Exercise) -> Iterator[Block]:
    for choice in exercise.choices:
        views = tuple(Item(head="They say", text=v.text, sources=v.sources) for v in choice.views)
        taken = (Item(head="We take", text=choice.taken), Item(head="Why", text=choice.why))
        yield Paragraph(text=f"{choice.topic}.")
        yield Items(items=(*views, *taken))


def _related(library: Library, exercise: Exercise) -> Items:
    return Items(items=links(library, "exercises", exercise.related))
