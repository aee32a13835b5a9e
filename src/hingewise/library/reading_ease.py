"""How easy a text is to read (Flesch 1948): 100 very easy, 60 plain, 30 for scholars."""

from __future__ import annotations

import re

_WORD = re.compile(r"[A-Za-z]+(?:'[A-Za-z]+)?")
_SENTENCE_END = re.compile(r"[.!?:;]+(?:\s|$)")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT_END = re.compile(r"(?:[^aeiouylr]e|[^aeiouy][^aeiouyl]es|[^aeiouytd]ed)$")


def flesch_reading_ease(text: str) -> float:
    """Return the reading ease of an English text; 100 for none.

    Notes
    -----
    Syllables are counted by groups of vowels, silent endings left out: about one word in ten is
    off by one, which evens out over some sentences. A colon or a semicolon ends a sentence.

    References
    ----------
    Flesch, A new readability yardstick, Journal of Applied Psychology 1948, 32, 221-233.

    Examples
    --------
    >>> flesch_reading_ease("Push your hips back.") > 90
    True
    >>> flesch_reading_ease("Accommodating resistance facilitates neuromuscular adaptation.") < 0
    True
    """
    words = _WORD.findall(text)
    if not words:
        return 100.0
    n_sentences = max(1, len(_SENTENCE_END.findall(text)))
    n_syllables = sum(count_syllables(word) for word in words)
    return 206.835 - 1.015 * len(words) / n_sentences - 84.6 * n_syllables / len(words)


def count_syllables(word: str) -> int:
    """Return about how many syllables an English word has.

    Examples
    --------
    >>> [count_syllables(word) for word in ("hip", "squeeze", "lumbar", "deadlift", "repetition")]
    [1, 1, 2, 2, 4]
    """
    word = word.lower()
    groups = len(_VOWELS.findall(word))
    if groups > 1 and _SILENT_END.search(word):
        groups -= 1
    return max(1, groups)
