"""A plan as pages: the whole of it, today's session, why a line is there, what was changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hingewise.library.collection import Library
from hingewise.library.exercise import Exercise
from hingewise.planner.case import Decision
from hingewise.planner.loads import implement, kit_item, unit_of
from hingewise.planner.minutes import PER_MINUTE
from hingewise.planner.tables import load_questions
from hingewise.report.change_words import KINDS, state_words
from hingewise.report.naming import as_sentence, plural
from hingewise.report.page import Block, Item, Items, Page, Paragraph, Section
from hingewise.training.answers import Answers
from hingewise.training.changes import Change, SlotState, undone
from hingewise.training.days import WEEKDAY_NAMES, write_day
from hingewise.training.notation import Names, format_planned
from hingewise.training.plan import (
    Because,
    DrillLine,
    Line,
    Note,
    Plan,
    Session,
    Week,
    WeekKind,
)
from hingewise.training.words import write_load

ID_LETTERS = 6
"""So much of an id is shown; it is enough to tell changes apart."""


def plan_page(plan: Plan, names: Names, library: Library) -> Page:
    """Return a plan as it is followed: sessions, weeks, and what is to be said of it."""
    same = len({tuple(each.drill for each in session.warm_up) for session in plan.sessions}) == 1
    sections = []
    if same:
        blocks = (_warm_up(plan.sessions[0].warm_up, library),)
        sections.append(Section(title="Warm-up of every session", blocks=blocks))
    for session in plan.sessions:
        lines = Items(items=tuple(_line(line, names, library) for line in session.lines))
        title = f"Session {session.id}, {session.minutes:.0f} minutes"
        warm_up = () if same else (_warm_up(session.warm_up, library),)
        sections.append(Section(title=title, blocks=(*warm_up, lines)))
    if plan.weeks:
        sections.append(Section(title="Weeks", blocks=(_weeks(plan),)))
    if plan.notes:
        sections.append(Section(title="To know", blocks=(_notes(plan.notes),)))
    if plan.left_out:
        sections.append(Section(title="Left out", blocks=(_notes(plan.left_out),)))
    if not plan.sessions:
        return Page(
            kind="plan", id="plan", title="No plan yet", subtitle="", sections=tuple(sections)
        )
    days = ", ".join(WEEKDAY_NAMES[day] for day in plan.weekdays)
    return Page(
        kind="plan",
        id="plan",
        title="Your plan",
        subtitle=f"{plural(len(plan.weeks), 'week')}; {days}",
        sections=tuple(sections),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """A session that comes next.

    ``number`` since the plan began, from 1; ``decisions`` and ``states`` by slot; ``fresh`` what
    was changed just now; ``done`` the exercises of it that were done already; ``answers`` tell how
    loads are called.
    """

    answers: Answers
    number: int
    week: Week
    session: Session
    decisions: Mapping[str, Decision]
    states: Mapping[str, SlotState]
    fresh: Sequence[Change]
    done: frozenset[str]

    @property
    def awake(self) -> tuple[Line, ...]:
        """Lines that are still to be done: those that do not rest and are not done."""
        return tuple(
            line
            for line in self.session.lines
            if line.exercise not in self.done and not self.rests(line)
        )

    def rests(self, line: Line) -> bool:
        """Whether a line was taken out for pain."""
        state = self.states.get(line.slot)
        return state is not None and state.paused


def next_page(coming: Coming, names: Names, library: Library) -> Page:
    """Return the session that comes next: what changed, what to do, and why so much of it."""
    week, session = coming.week, coming.session
    sections = []
    if coming.fresh:
        changed = tuple(change_item(change, names) for change in coming.fresh)
        sections.append(Section(title="What changes", blocks=(Items(items=changed),)))
    sections.append(Section(title="Warm-up", blocks=(_warm_up(session.warm_up, library),)))
    items = tuple(_coming_line(line, coming, names) for line in session.lines)
    sections.append(Section(title="Exercises", blocks=(Items(items=items, numbered=True),)))
    if coming.awake:
        blocks = (_log_lines(coming, names, library),)
        sections.append(Section(title="Write it down", blocks=blocks))
    kind = "a lighter week" if week.kind == "lighter" else f"about {session.minutes:.0f} minutes"
    return Page(
        kind="plan",
        id="next",
        title=f"Session {coming.number}: {session.id}",
        subtitle=f"Week {week.number}, {kind}",
        sections=tuple(sections),
    )


def _coming_line(line: Line, coming: Coming, names: Names) -> Item:
    decision = coming.decisions.get(line.slot)
    said = decision.because.text if decision else ""
    head = names.title(line.exercise)
    if coming.rests(line):
        return Item(head=f"{head} rests", text=said)
    if line.exercise in coming.done:
        return Item(head=head, text="done today.")
    return Item(head=head, text=f"{amount(line, coming.week.kind, names)}. {said}".strip())


def explain_page(plan: Plan, line_id: str, names: Names, library: Library) -> Page:
    """Return why lines of a plan are there: of one line, of one slot, or of all for ""."""
    sections = []
    for session in plan.sessions:
        for drill in session.warm_up:
            if _is_asked(drill.id, line_id):
                title = f"{drill.id}: {library.drills[drill.drill].name}"
                sections.append(Section(title=title, blocks=_because(drill.because, library)))
        for line in session.lines:
            if _is_asked(line.id, line_id):
                title = f"{line.id}: {format_planned(line.planned(), names)}"
                blocks = [*_because(line.because, library)]
                if line.alternatives:
                    others = ", ".join(names.title(each) for each in line.alternatives)
                    blocks.append(Paragraph(text=f"Instead of it: {others}."))
                sections.append(Section(title=title, blocks=tuple(blocks)))
    for note in () if line_id else plan.notes:
        sections.append(Section(title=note.text, blocks=_because(note.because, library)))
    return Page(kind="plan", id="explain", title="Why", subtitle="", sections=tuple(sections))


def history_page(changes: Sequence[Change], names: Names) -> Page:
    """Return all that was changed in a plan, the latest last, taken back or not."""
    back = undone(changes)
    items = tuple(change_item(each, names, was_undone=each.id in back) for each in changes)
    blocks: tuple[Block, ...] = (
        (Items(items=items),) if items else (Paragraph(text="Nothing was changed yet."),)
    )
    return Page(
        kind="plan",
        id="history",
        title="What was changed",
        subtitle=plural(len(changes), "change"),
        sections=(Section(title="", blocks=blocks),),
    )


def effects_page(effects: Iterable[tuple[str, str, str]]) -> Page:
    """Return what each answer does to the plan: question, answer, effect."""
    items = tuple(Item(head=answer, text=effect) for _, answer, effect in effects)
    return Page(
        kind="plan",
        id="answers",
        title="What your answers do",
        subtitle="",
        sections=(Section(title="", blocks=(Items(items=items),)),),
    )


def change_item(change: Change, names: Names, *, was_undone: bool = False) -> Item:
    """Return a change as one entry: when, what, from where to where, and why."""
    before, after = state_words(change.before, names), state_words(change.after, names)
    moved = f"{before} → {after}" if before != after else after
    also = f" With it: {'; '.join(change.also)}." if change.also else ""
    back = " (taken back)" if was_undone else ""
    head = f"{write_day(change.at.date())}, {KINDS[change.kind]}{back}"
    return Item(
        head=head,
        text=f"{moved}. {change.because.text}{also} [{change.id[:ID_LETTERS]}]",
        sources=change.because.sources,
    )


def amount(line: Line, kind: WeekKind, names: Names) -> str:
    """Return a line's sets in words, the sets that lead up to them first."""
    sets = line.planned(kind)
    text = format_planned(sets, names).removeprefix(f"{names.title(line.exercise)} ")
    if line.one_sided:
        text = f"{text}, each side"
    if line.loaded and line.load is None:
        text = f"{text}; go up to the load set by set"
    if line.ramp:
        text = f"{line.ramp.sets} lighter sets of {line.ramp.repetitions}, then {text}"
    return text


def _line(line: Line, names: Names, library: Library) -> Item:
    stage = "still learning" if line.stage == "learning" else ""
    head = f"{line.id} {names.title(line.exercise)}" + (f" ({stage})" if stage else "")
    rule = line.because[0]
    return Item(
        head=head,
        text=f"{amount(line, 'build', names)}. {as_sentence(library.rules[rule.rule].text)}",
        sources=rule.sources,
    )


def _warm_up(drills: Sequence[DrillLine], library: Library) -> Items:
    return Items(
        items=tuple(
            Item(
                head=f"{each.phase}",
                text=f"{library.drills[each.drill].name}: {each.dose} ({_clock(each.seconds)})",
                sources=each.because[0].sources,
            )
            for each in drills
        )
    )


def _clock(seconds: int) -> str:
    minutes = seconds / PER_MINUTE
    return f"{minutes:.1f} min"


def _weeks(plan: Plan) -> Paragraph:
    """Which sessions a week has, and which weeks are lighter."""
    orders = list(dict.fromkeys(week.sessions for week in plan.weeks))
    turns = ", the next week ".join(" ".join(order) for order in orders)
    lighter = [str(week.number) for week in plan.weeks if week.kind == "lighter"]
    said = f" Lighter: {', '.join(lighter)}." if lighter else ""
    return Paragraph(text=f"Sessions of a week: {turns}.{said}")


def _notes(notes: Sequence[Note]) -> Items:
    return Items(
        items=tuple(Item(text=note.text, sources=note.because[0].sources) for note in notes)
    )


def _because(reasons: Sequence[Because], library: Library) -> tuple[Block, ...]:
    """Every reason with its rule, its answer and its sources."""
    asks = {asked.id: asked.asks for asked in load_questions()}
    items = []
    for each in reasons:
        answer = f" You answered “{each.answer}” to: {asks[each.question]}" if each.question else ""
        items.append(
            Item(
                head=library.rules[each.rule].text,
                text=f"{each.text}{answer}",
                sources=each.sources,
            )
        )
    return (Items(items=tuple(items)),)


def _log_lines(coming: Coming, names: Names, library: Library) -> Items:
    """What to say when it is done: the line of the plan with the numbers to put in."""
    items = []
    for line in coming.awake:
        blank = _blank(library.exercises[line.exercise], coming.answers)
        load = f" @ {write_load(line.load)}" if line.load else blank
        count = f"{len(line.planned(coming.week.kind))}x{line.repetitions[0]}"
        rir = f", {line.rir:g} RIR" if line.rir is not None else ""
        items.append(
            Item(text=f'hingewise log add "{names.title(line.exercise)} {count}{load}{rir}"')
        )
    return Items(items=tuple(items))


def _blank(exercise: Exercise, answers: Answers) -> str:
    """The load that is to be put in, as this lifter enters loads."""
    hangs_on = implement(exercise)
    if hangs_on is None:
        return ""
    bands = kit_item(hangs_on.equipment, answers).bands
    if bands:
        return f" @ {bands[0]} band"
    several = f"{hangs_on.count}x" if hangs_on.count > 1 else ""
    return f" @ {several}... {unit_of(answers)}"


def _is_asked(line_id: str, wanted: str) -> bool:
    return not wanted or wanted in (line_id, line_id.split(".", 1)[1])
