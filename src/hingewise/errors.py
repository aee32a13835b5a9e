"""Every error that hingewise raises on purpose.

::

    HingewiseError                 .code (stable string), .hint (what to do next)
      InputError                   the user can fix it                    exit 2
        VideoError  PoseFormatError  NoLifterError  OptionError
        OutputError                results cannot be written where they were asked for
          OutputUnavailable        an extra is missing                    exit 4
        TrainingError              a set or a load that nobody can do
          NotationError            a line of the journal, with the word
        StoreError                 the journal cannot be opened or written
          StoreUnavailable         an extra is missing                    exit 4
        JournalFormatError         no journal can be read out of a file
        AnswersError               the eight questions, with all that is wrong in the answers
        PlanError                  there is no such plan, or not such a line in it
      LibraryError                 library data, all problems listed      exit 3
      EstimatorError
        EstimatorUnavailable       an extra or a model is missing         exit 4
    ShapeError(ValueError)         wrong array arguments: our bug, never caught

A message says what was expected and what came; ``hint`` says what to do.
"""

from __future__ import annotations


class HingewiseError(Exception):
    """Base of every deliberate error; ``problems`` are all that were found, one a line."""

    code = "error"
    exit_code = 1

    def __init__(self, message: str, *, hint: str = "", problems: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.hint = hint
        self.problems = problems

    def one_line(self) -> str:
        """Return message and hint as the single line that a user sees, whatever a path holds."""
        return " ".join(f"{self} {self.hint}".split())


class InputError(HingewiseError):
    """What the user gave cannot be used, and the user can mend it."""

    code = "input"
    exit_code = 2


class VideoError(InputError):
    """The file is not a film that can be analysed."""

    code = "video"


class PoseFormatError(InputError):
    """A stored pose track cannot be read."""

    code = "pose_format"


class NoLifterError(InputError):
    """The film shows nobody whose movement could be measured."""

    code = "no_lifter"


class OutputError(InputError):
    """The results cannot be written where they were asked for."""

    code = "output"


class OutputUnavailable(OutputError):
    """What writes results of this form is not installed."""

    code = "output_unavailable"
    exit_code = 4


class OptionError(InputError):
    """An option has a value that hingewise does not know."""

    code = "option"


class TrainingError(InputError):
    """A set, a load or an effort that nobody can have done or planned."""

    code = "training"


class NotationError(TrainingError):
    """A line of the journal that cannot be read; ``at`` is the first letter that is wrong."""

    code = "notation"

    def __init__(self, message: str, *, text: str, at: int, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.text = text
        self.at = at


class StoreError(InputError):
    """The journal cannot be opened, read or written."""

    code = "store"


class StoreUnavailable(StoreError):
    """The driver of a database is not installed."""

    code = "store_unavailable"
    exit_code = 4


class JournalFormatError(InputError):
    """A file out of which no journal can be read."""

    code = "journal_format"


class AnswersError(InputError):
    """Answers to the eight questions that cannot be read."""

    code = "answers"


class PlanError(InputError):
    """There is no plan, or nothing in it that fits what was asked."""

    code = "plan"


class LibraryError(HingewiseError):
    """The exercise library holds wrong data."""

    code = "library"
    exit_code = 3


class EstimatorError(HingewiseError):
    """A pose estimator failed."""

    code = "estimator"


class EstimatorUnavailable(EstimatorError):
    """A pose estimator, or its model file, is not installed."""

    code = "estimator_unavailable"
    exit_code = 4


class ShapeError(ValueError):
    """Array arguments do not fit together: a programming mistake."""
