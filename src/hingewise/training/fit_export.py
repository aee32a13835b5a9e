"""The journal as a FIT activity: sets as watches have them, and all that they do not have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, time
from itertools import groupby

from hingewise.training.fit_own import APPLICATION, COLUMNS, VERSION, cut, own_fields
from hingewise.training.fit_profile import (
    ACTIVE,
    ACTIVITY,
    DEVELOPER_ID,
    DURATION_PER_S,
    EVENT,
    FIELD_DESCRIPTION,
    FILE_ID,
    KILOGRAM,
    LAP,
    MORE,
    POUND,
    RECORD,
    SESSION,
    SET,
    UNKNOWN,
    WEIGHT_PER_KG,
    Pair,
    date_time,
    exercises_of,
)
from hingewise.training.fit_wire import BYTES, ENUM, TEXT, UINT8, UINT16, UINT32, Field, FitWriter
from hingewise.training.journal import Entry
from hingewise.training.names import LibraryNames
from hingewise.training.sets import PerformedSet

NOON = time(12, tzinfo=UTC)
"""The journal knows days: each begins at noon, and each set takes the time it is held, or so long.

Sets need times in their order; that is all these say.
"""

SET_S = 1

ACTIVITY_FILE, DEVELOPMENT = 4, 255
TRAINING, STRENGTH = 10, 20
TIMER, LAP_EVENT, ACTIVITY_EVENT = 0, 9, 26
START, STOP, STOP_ALL = 0, 1, 4
MAX_INDEX = 0x1000
"""Of a message's own number, which has twelve bits."""


def write_fit(entries: Iterable[Entry], names: LibraryNames, *, made_at: datetime) -> bytes:
    """Write an activity with a session for each day of training, the oldest first.

    Parameters
    ----------
    entries
        In any order.
    names
        Knows which exercises FIT has too; of others the category is unknown.
    made_at
        When it is written.
    """
    pairs = exercises_of(names).pairs
    writer = FitWriter()
    _begin(writer, made_at)
    clock: int | None = None
    n_sessions, n_seconds = 0, 0
    in_order = sorted(entries, key=lambda entry: entry.on)
    for on, group in groupby(in_order, key=lambda entry: entry.on):
        begin = date_time(datetime.combine(on, NOON))
        length_s = _add_session(writer, list(group), pairs, begin=begin, number=n_sessions)
        clock = _after(begin, length_s)
        n_sessions += 1
        n_seconds += length_s
    writer.add(
        ACTIVITY,
        [
            _time(253, clock),
            _number(0, UINT32, n_seconds * DURATION_PER_S),
            _number(1, UINT16, n_sessions),
            _number(2, ENUM, 0),
            _number(3, ENUM, ACTIVITY_EVENT),
            _number(4, ENUM, STOP),
            _time(5, clock),
        ],
    )
    return writer.finish()


def _begin(writer: FitWriter, made_at: datetime) -> None:
    """What the file is, and what our own fields are called."""
    writer.add(
        FILE_ID,
        [
            _number(0, ENUM, ACTIVITY_FILE),
            _number(1, UINT16, DEVELOPMENT),
            _number(2, UINT16, 0),
            _time(4, date_time(made_at)),
            Field(number=8, kind=TEXT, value="hingewise"),
        ],
    )
    writer.add(
        DEVELOPER_ID,
        [
            Field(number=1, kind=BYTES, value=APPLICATION),
            _number(3, UINT8, 0),
            _number(4, UINT32, VERSION),
        ],
    )
    for number, (column, kind) in enumerate(COLUMNS):
        writer.add(
            FIELD_DESCRIPTION,
            [
                _number(0, UINT8, 0),
                _number(1, UINT8, number),
                _number(2, UINT8, kind),
                Field(number=3, kind=TEXT, value=column),
            ],
        )


def _add_session(
    writer: FitWriter,
    entries: Sequence[Entry],
    pairs: Mapping[str, Pair],
    *,
    begin: int | None,
    number: int,
) -> int:
    """Add a day of training, and return how long it takes on paper. [s]"""
    _add_event(writer, begin, START)
    writer.add(RECORD, [_time(253, begin)])
    length_s = index = 0
    for entry in entries:
        for each, own in zip(entry.sets, own_fields(entry), strict=True):
            first, rest = cut(own)
            place = _number(10, UINT16, index % MAX_INDEX)
            fields = _set_fields(each, pairs.get(each.exercise), _after(begin, length_s))
            writer.add(SET, [*fields, place], first)
            for piece in rest:
                writer.add(MORE, [place], [piece])
            length_s += each.repetitions if each.hold else SET_S
            index += 1
    end = _after(begin, length_s)
    _add_event(writer, end, STOP_ALL)
    whole = [
        _time(253, end),
        _time(2, begin),
        _number(7, UINT32, length_s * DURATION_PER_S),
        _number(8, UINT32, length_s * DURATION_PER_S),
        _number(0, ENUM, LAP_EVENT),
        _number(1, ENUM, STOP),
        _number(254, UINT16, number % MAX_INDEX),
    ]
    writer.add(LAP, [*whole, _number(25, ENUM, TRAINING), _number(39, ENUM, STRENGTH)])
    sport = [_number(5, ENUM, TRAINING), _number(6, ENUM, STRENGTH)]
    laps = [_number(25, UINT16, number), _number(26, UINT16, 1), _number(28, ENUM, 0)]
    writer.add(SESSION, [*whole, *sport, *laps])
    return length_s


def _set_fields(each: PerformedSet, pair: Pair | None, begin: int | None) -> list[Field]:
    """What the profile says of a set; bands and the body alone have no weight there."""
    heavy = each.load.kind == "mass"
    category, subtype = pair or (UNKNOWN, None)
    unit = POUND if each.load.unit == "lb" else KILOGRAM
    return [
        _time(254, _after(begin, each.repetitions) if each.hold else begin),
        _number(0, UINT32, each.repetitions * DURATION_PER_S if each.hold else None),
        _number(3, UINT16, None if each.hold else each.repetitions),
        _number(4, UINT16, round(each.load.mass_kg * WEIGHT_PER_KG) if heavy else None),
        _number(5, UINT8, ACTIVE),
        _time(6, begin),
        _number(7, UINT16, category),
        _number(8, UINT16, subtype),
        _number(9, UINT16, unit if heavy else None),
    ]


def _add_event(writer: FitWriter, clock: int | None, kind: int) -> None:
    """The timer starts, or stops."""
    fields = [_time(253, clock), _number(0, ENUM, TIMER), _number(1, ENUM, kind)]
    writer.add(EVENT, fields)


def _after(begin: int | None, seconds: int) -> int | None:
    return None if begin is None else begin + seconds


def _time(number: int, value: int | None) -> Field:
    return _number(number, UINT32, value)


def _number(number: int, kind: int, value: int | None) -> Field:
    return Field(number=number, kind=kind, value=value)
