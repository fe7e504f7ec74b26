"""Which of e5's 250,000 tokens the encoder keeps: those that five languages need every day, and every letter of theirs."""

from collections import Counter, defaultdict
from collections.abc import Sequence

import wordfreq
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

from evals.talk.data import LANGUAGES
from evals.talk.pretrained import Pretrained

KEPT = 16_000
"""Texts become 1.5 % longer than with all tokens; 24,000 would save 1.2 % of that for half as much again on disk."""
WORDS = 60_000
"""Frequent words of each language."""
SPECIAL = (0, 1, 2, 3)
"""Begin, padding, end and unknown."""
UNKNOWN = 3
ENGLISH_WEIGHT = 3.0
OWN_WEIGHT = 2.0
"""What our own texts count beside a language's frequent words."""
LAST_LATIN = 0x24F
PUNCTUATION = range(0x2010, 0x2040)


def tokenizer(model: Pretrained, kept: Sequence[int]) -> Tokenizer:
    """A tokenizer of the kept tokens: lower case, every number a 5."""
    pieces = [(model.pieces[i], float(model.scores[i])) for i in kept]
    made = Tokenizer(models.Unigram(pieces, unk_id=list(kept).index(UNKNOWN), byte_fallback=False))
    made.normalizer = normalizers.Sequence(
        [
            normalizers.NFKC(),
            normalizers.Lowercase(),
            normalizers.Replace("’", "'"),
            normalizers.Replace(Regex(r"\d+([.,' ]\d+)*"), "5"),
            normalizers.Replace(Regex(r"\s+"), " "),
        ]
    )
    made.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    return made


def kept_tokens(model: Pretrained, texts: Sequence[str]) -> list[int]:
    """The numbers of the tokens to keep, in order."""
    whole = tokenizer(model, range(len(model.pieces)))
    counts: dict[int, float] = defaultdict(float)
    for language in LANGUAGES:
        weight = ENGLISH_WEIGHT if language == "en" else 1.0
        words = wordfreq.top_n_list(language, WORDS)
        for word, encoded in zip(words, whole.encode_batch(words), strict=True):
            for token in encoded.ids:
                counts[token] += weight * wordfreq.word_frequency(word, language)
    own = Counter(token for encoded in whole.encode_batch(list(texts)) for token in encoded.ids)
    for token, count in own.items():
        counts[token] += OWN_WEIGHT * count / own.total()
    frequent = sorted(counts, key=lambda token: (-counts[token], token))[:KEPT]
    return sorted({*SPECIAL, *_letters(model.pieces), *frequent})


def _letters(pieces: Sequence[str]) -> list[int]:
    """Single letters, at the beginning of a word too."""
    return [i for i, piece in enumerate(pieces) if len(rest := piece.removeprefix("▁")) == 1 and _latin(rest)]


def _latin(letter: str) -> bool:
    return ord(letter) <= LAST_LATIN or ord(letter) in PUNCTUATION
