"""Every bad input that a lifter can come up with.

The same list is tested (``test_bad_inputs.py``) and printed (``list_bad_inputs.py``).
"""

from __future__ import annotations

from tests.e2e.bad_commands import OPTIONS, OUTPUT
from tests.e2e.bad_disks import DISKS
from tests.e2e.bad_films import NO_FILM, NO_LIFTER, SAID_SO
from tests.e2e.bad_journal import JOURNAL

GROUPS = {
    "Not a film": NO_FILM,
    "A film without a lifter": NO_LIFTER,
    "A film that is analysed as far as it goes": SAID_SO,
    "The command line": OPTIONS,
    "Where the results go": OUTPUT,
    "The journal": (*JOURNAL, *DISKS),
}
EVERY_BAD_INPUT = tuple(bad for group in GROUPS.values() for bad in group)
