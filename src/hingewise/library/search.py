"""Finding records by what people call things, typing mistakes forgiven."""

from __future__ import annotations

import difflib
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from hingewise.library.collection import Library
from hingewise.library.kinds import PAGE_KINDS
from hingewise.library.spelling import plain

NAME_WEIGHT, TEXT_WEIGHT, NAMED_EXACTLY = 6.0, 1.0, 1000.0
NAMED_IN_PART = 100.0
"""What a word weighs in a name or in a text, and what it adds to be called by the whole name, or by
a part of it: names before texts, whole names before all."""

EXERCISES_FIRST = 1.2
"""Of what fits alike, an exercise is more likely meant."""

N_MEANINGS = 6
MIN_LIKENESS = 0.7
"""Two words alike by this much (0-1) may be one, mistyped."""

_WORD = re.compile(r"[a-z0-9]+")
_STOP = frozenset(
    _WORD.findall(
        "a an and are at be by can do does for from have how i in is it me my of on or the this "
        "to too what when where which while why with without you your"
    )
)
_ENDINGS = ("ing", "ed", "es", "s", "e")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A record that was found; the higher the score, the better it fits."""

    kind: str
    id: str
    name: str
    score: float


class SearchIndex:
    """The words of a library, for many searches."""

    def __init__(self, library: Library) -> None:
        self._names: dict[tuple[str, str], list[tuple[str, ...]]] = {}
        self._plain_names: dict[tuple[str, str], set[str]] = {}
        self._titles: dict[tuple[str, str], str] = {}
        self._weights: dict[str, dict[tuple[str, str], float]] = defaultdict(dict)
        for kind in PAGE_KINDS:
            for key, record in getattr(library, kind).items():
                self._add((kind, key), record)
        self._by_trigram: dict[str, set[str]] = defaultdict(set)
        for word in self._weights:
            for trigram in _trigrams(word):
                self._by_trigram[trigram].add(word)
        self._in_names = {w for names in self._names.values() for name in names for w in name}
        self._n = max(1, len(self._titles))

    def search(self, text: str, *, limit: int = 10) -> list[Hit]:
        """Return the best records for some words, the best first."""
        words = stems(text)
        if not words:
            return []
        scores: dict[tuple[str, str], float] = defaultdict(float)
        meant = [self._meant(word) for word in words]
        for each in meant:
            best: dict[tuple[str, str], float] = {}
            for word, likeness in each:
                rarity = math.log(1 + self._n / len(self._weights[word]))
                for at, weight in self._weights[word].items():
                    best[at] = max(best.get(at, 0.0), weight * rarity * likeness)
            for at, score in best.items():
                scores[at] += score
        for at in scores:
            scores[at] += max(_named(meant, name) for name in self._names[at])
            scores[at] += NAMED_EXACTLY * (plain(text) in self._plain_names[at])
            scores[at] *= EXERCISES_FIRST if at[0] == "exercises" else 1.0
        ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
        return [
            Hit(kind=kind, id=key, name=self._titles[kind, key], score=score)
            for (kind, key), score in ranked[:limit]
        ]

    def named(self, text: str) -> Hit | None:
        """Return the record that is called exactly so, an exercise before others."""
        words = tuple(stems(text))
        for (kind, key), names in self._names.items():
            if words and words in names:
                return Hit(kind=kind, id=key, name=self._titles[kind, key], score=NAMED_EXACTLY)
        return None

    def _add(self, at: tuple[str, str], record: Any) -> None:
        names = list(_names(at[1], record))
        self._titles[at] = names[0]
        self._plain_names[at] = {plain(name) for name in names}
        self._names[at] = [tuple(stems(name)) for name in names]
        for text, weight in [(name, NAME_WEIGHT) for name in names] + [
            (text, TEXT_WEIGHT) for text in _texts(record)
        ]:
            for word in stems(text):
                known = self._weights[word]
                known[at] = max(known.get(at, 0.0), weight)

    def _meant(self, word: str) -> list[tuple[str, float]]:
        """Words of the library that may be meant, with their likeness to what was typed."""
        if word in self._in_names:
            return [(word, 1.0)]
        begun = [known for known in self._weights if known.startswith(word) and len(word) >= 3]
        near = Counter(known for t in _trigrams(word) for known in self._by_trigram.get(t, ()))
        likely = {known for known, _ in near.most_common(40)} | set(begun)
        alike = [
            (known, difflib.SequenceMatcher(None, word, known).ratio()) for known in sorted(likely)
        ]
        found = {known: likeness**2 for known, likeness in alike if likeness >= MIN_LIKENESS}
        for known in begun:
            found[known] = max(found.get(known, 0.0), len(word) / len(known))
        return sorted(found.items(), key=lambda each: (-each[1], each[0]))[:N_MEANINGS]


def stems(text: str) -> list[str]:
    """Words of a text without their endings and without little words.

    Examples
    --------
    >>> stems("My back rounds in the pull-throughs")
    ['back', 'round', 'pull', 'through']
    """
    return [_stem(word) for word in _WORD.findall(text.lower()) if word not in _STOP]


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            stem = word.removesuffix(ending)
            doubled = ending in ("ing", "ed") and stem[-1] == stem[-2] and stem[-1] not in "lsz"
            return stem[:-1] if doubled else stem
    return word


def _names(key: str, record: Any) -> Iterator[str]:
    yield getattr(record, "name", "") or getattr(record, "title", "")
    yield key.replace("_", " ")
    yield from getattr(record, "aliases", ())
    yield from getattr(record, "words", ())


def _texts(record: Any) -> Iterator[str]:
    for field in ("summary", "what", "purpose", "does", "use", "shows", "advice"):
        line = getattr(record, field, None)
        if line is not None:
            yield line.text


def _named(meant: list[list[tuple[str, float]]], name: tuple[str, ...]) -> float:
    """How well words, each with its meanings, fit a name: all of it, or one within the other."""
    if not name:
        return 0.0
    fits = [max((alike for word, alike in each if word in name), default=0.0) for each in meant]
    n_fit = sum(fit > 0 for fit in fits)
    likeness = sum(fits) / len(fits)
    if n_fit == len(meant) == len(name):
        return NAMED_EXACTLY * likeness
    if n_fit in (len(meant), len(name)):
        return NAMED_IN_PART * likeness * n_fit / max(len(meant), len(name))
    return 0.0


def _trigrams(word: str) -> set[str]:
    padded = f" {word} "
    return {padded[i : i + 3] for i in range(len(padded) - 2)}
