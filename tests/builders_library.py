"""A small library without a mistake, as files; tests spoil one thing in it."""

from __future__ import annotations

from pathlib import Path

FILES = {
    "sources.toml": """
[hart]
kind = "article"
title = "A guide"

[study_2020]
kind = "study"
title = "A study"
year = 2020
""",
    "facts.toml": """
[hart]
"setup.cable" = "pulley low"
""",
    "muscles.toml": """
[glutes]
name = "Glutes"
words = ["booty"]
side = "back"
does = { text = "It moves the hips.", sources = ["hart"] }
""",
    "equipment.toml": """
[cable]
name = "Cable"
words = ["pulley"]
home = false
use = { text = "Set it low.", sources = ["hart"] }
""",
    "cues.toml": """
[hips_back]
say = "Push your hips back."
aim = "The hips move first."
focus = "internal"
sources = ["hart"]
""",
    "flags.toml": """
[pain]
name = "Pain"
stop = true
advice = { text = "Stop at once.", sources = ["hart"] }
""",
    "cameras.toml": """
[side]
view = "side"
text = "Film from the side."
sources = ["hart"]
""",
    "drills.toml": """
[wall]
name = "Wall reach"
equipment = []
purpose = { text = "Reach for the wall.", sources = ["hart"] }
steps = [{ text = "Stand and reach back.", sources = ["hart"] }]
dose = "Do ten."
ready_when = "You touch the wall."
""",
    "faults.toml": """
[rounding]
name = "Rounded back"
words = ["my back rounds"]
what = { text = "The back bends.", sources = ["hart"] }
why = { text = "The load goes to the back.", sources = ["hart"] }
shows = { text = "The back is round.", sources = ["hart"] }
correction = { text = "Keep it long.", sources = ["hart"] }
cue = "hips_back"
more_cues = []
drills = ["wall"]
regression = "pull"
risk = "high"
measure = "lumbar_flexion"
""",
    "ladders/way.toml": """
name = "The way"
summary = { text = "Step by step.", sources = ["hart"] }

[[rungs]]
exercise = "pull"
purpose = { text = "Learn it here.", sources = ["hart"] }

[rungs.leave]
sets = 3
repetitions = 12
sessions = 2
absent = ["rounding"]
text = "Three sets of twelve."
basis = "product_default"
sources = ["hart"]
""",
    "exercises/pull.toml": """
name = "Pull-through"
aliases = ["glute pull-through"]
summary = { text = "The load pulls you back and you stand up.", sources = ["hart"] }
pattern = "hinge"
family = "hinge"
body_part = "hips"
category = "strength"
difficulty = "beginner"
equipment = ["cable"]
muscles = [{ muscle = "glutes", role = "target", text = "They move you.", sources = ["hart"] }]
benefits = [{ text = "It shows you the way back.", sources = ["hart"] }]
prerequisites = []
ready_when = { text = "You can stand.", sources = ["hart"] }
cues = ["hips_back"]
mistakes = ["rounding"]
variations = []
carry_over = []
safety = [{ text = "Stop when it hurts.", sources = ["hart"] }]
contraindications = ["pain"]
faq = [{ question = "Why?", answer = "To learn it.", sources = ["hart"] }]
related = []
camera = ["side"]
steps = [
  { phase = "set_up", text = "Set the cable low.", sources = ["hart.setup.cable"] },
  { phase = "concentric", text = "Stand up.", sources = ["hart"] },
  { phase = "lockout", text = "Stand tall.", sources = ["hart"] },
]

[[doses]]
role = "main"
sets = [3, 4]
repetitions = [8, 12]
tempo = "3-0-1-1"
rest_s = [60, 90]
effort = "Two are left."
when = "On leg days."
basis = "literature"
sources = ["study_2020"]

[figure]
rests_on = "feet"
load = "cable"
start = { trunk_deg = 75.0, thigh_deg = -30.0, shank_deg = 0.0, arm_deg = -20.0 }
end = { trunk_deg = 0.0, thigh_deg = 0.0, shank_deg = 0.0, arm_deg = 0.0 }

[other_ids]
""",
}


def write_records(folder: Path, **spoilt: tuple[str, str]) -> Path:
    """Write the records; ``spoilt`` replaces a text by another in the file of that stem."""
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        old, new = spoilt.get(path.stem, ("", ""))
        if old and old not in text:
            raise ValueError(f"{name} holds no {old!r}")
        path.write_text(text.replace(old, new, 1) if old else text, encoding="utf-8")
    return folder
