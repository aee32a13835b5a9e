"""Plain sentences score higher than learned ones."""

from __future__ import annotations

import pytest

from hingewise.library.reading_ease import count_syllables, flesch_reading_ease

SYLLABLES = {
    "hip": 1, "squeeze": 1, "bar": 1, "stands": 1, "lumbar": 2, "table": 2, "kettlebell": 3,
    "barbell": 2, "moved": 1, "rounded": 2, "repetition": 4, "the": 1,
}  # fmt: skip


@pytest.mark.parametrize("word", SYLLABLES)
def test_syllables(word: str) -> None:
    assert count_syllables(word) == SYLLABLES[word]


def test_short_words_and_sentences_are_easier() -> None:
    plain = "Push your hips back. Keep your back long. Stand up."
    longer = "Push your hips back and keep your back long and then stand up again as you began."
    learned = "Maintain lumbar neutrality throughout concentric and eccentric execution."
    eases = [flesch_reading_ease(text) for text in (plain, longer, learned)]
    assert eases == sorted(eases, reverse=True)
    assert eases[0] > 90
    assert eases[-1] < 20


def test_no_text_is_not_hard() -> None:
    assert flesch_reading_ease("") == flesch_reading_ease("...") == 100.0
