"""Logistic regression on TF-IDF n-grams of the clause and its surroundings: the classic baseline, with scikit-learn."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Self

import numpy as np

from policytext.errors import MissingExtraError
from policytext.records import Annotation
from policytext.text.layout import Layout
from policytext.text.tokens import segment_view
from policytext.training.systems.base import FloatArray, categories, split_rows, training_data
from policytext.training.systems.contexts import Context, clause_contexts
from policytext.training.systems.files import read_arrays, read_json, write_arrays, write_json

# How many n-grams of each field are kept, by frequency: a bound on the folder's size, not tuned.
_MOST = 60_000
_RARE = 2
# Stands for the terms of an empty field; no text holds it.
_NOTHING = "\ufffe"


class _Field(NamedTuple):
    """A part of the context, how it is cut into n-grams, and how much it weighs beside the clause."""

    name: str
    analyzer: str
    ngrams: tuple[int, int]
    weight: float


class Linear:
    """One logistic regression per category over the fields of a clause's context."""

    id: str
    fields: tuple[_Field, ...]
    prepare: Callable[[str], str]
    # Inverse strength of the penalty: 1, 3 and 10 gave micro-F1 0.548, 0.586 and 0.600 on dev; 30 takes many minutes.
    inverse_penalty = 10.0

    def __init__(self) -> None:
        self.vectorizers: list[Any] = []
        self.weights: np.typing.NDArray[np.float32] = np.zeros((0, len(categories())), dtype=np.float32)
        self.biases: FloatArray = np.zeros(len(categories()))

    def fit(self, gold: Sequence[Annotation]) -> None:
        """Learn vocabulary, inverse document frequencies and weights."""
        layouts, targets = training_data(gold)
        contexts = list(clause_contexts(layouts))
        self.vectorizers = [_learn_terms(field, self._texts(field, contexts)) for field in self.fields]
        rows = self._vectors(contexts)
        fitted = [_fit_one(rows, column, self.inverse_penalty) for column in targets.T]
        self.weights = np.stack([weights for weights, _ in fitted], axis=1).astype(np.float32)
        self.biases = np.array([bias for _, bias in fitted])

    def predict_proba(self, layouts: Sequence[Layout]) -> list[FloatArray]:
        """Return the probabilities of each text's clauses."""
        contexts = list(clause_contexts(layouts))
        if not contexts:
            return [np.zeros((0, len(categories()))) for _ in layouts]
        scores = self._vectors(contexts) @ self.weights + self.biases
        return split_rows(0.5 * (1 + np.tanh(0.5 * scores)), layouts)

    def explain(self, layout: Layout, clause: int, category: str, most: int = 5) -> list[dict[str, Any]]:
        """Return the n-grams that speak most for a category in a clause, with their shares of the log-odds."""
        row = self._vectors([list(clause_contexts([layout]))[clause]])
        shares = row.multiply(self.weights[:, categories().index(category)]).tocoo()
        best = sorted(zip(shares.data.tolist(), shares.col.tolist(), strict=True), reverse=True)[:most]
        names = self._names()
        return [{"feature": names[column], "weight": round(share, 3)} for share, column in best if share > 0]

    def save(self, folder: Path) -> None:
        """Write vocabulary (JSON) and weights (.npz)."""
        vocabulary = {field.name: _terms(v) for field, v in zip(self.fields, self.vectorizers, strict=True)}
        write_json(folder / "vocabulary.json", vocabulary)
        frequencies = {f"idf.{f.name}": v.idf_ for f, v in zip(self.fields, self.vectorizers, strict=True)}
        write_arrays(folder / "weights.npz", {"weights": self.weights, "biases": self.biases, **frequencies})

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Return the system as it was saved."""
        system = cls()
        vocabulary, arrays = read_json(folder / "vocabulary.json"), read_arrays(folder / "weights.npz")
        for field in cls.fields:
            vectorizer = _vectorizer(field, vocabulary[field.name])
            vectorizer.idf_ = arrays[f"idf.{field.name}"]
            system.vectorizers.append(vectorizer)
        system.weights, system.biases = arrays["weights"], arrays["biases"]
        return system

    def _texts(self, field: _Field, contexts: Iterable[Context]) -> list[str]:
        texts = (getattr(context, field.name) for context in contexts)
        return list(texts) if field.name == "place" else [type(self).prepare(text) for text in texts]

    def _vectors(self, contexts: Sequence[Context]) -> Any:
        from scipy.sparse import hstack

        parts = zip(self.fields, self.vectorizers, strict=True)
        return hstack([v.transform(self._texts(field, contexts)) * field.weight for field, v in parts]).tocsr()

    def _names(self) -> list[str]:
        parts = zip(self.fields, self.vectorizers, strict=True)
        return [f"{field.name}:{term}" for field, vectorizer in parts for term in _terms(vectorizer)]


def _learn_terms(field: _Field, texts: Sequence[str]) -> Any:
    try:
        return _vectorizer(field).fit(texts)
    except ValueError:  # no n-gram stands there twice: a field that is always empty says nothing
        return _vectorizer(field, [_NOTHING]).fit(texts)


def _terms(vectorizer: Any) -> list[str]:
    terms: list[str] = vectorizer.get_feature_names_out().tolist()
    return terms


def _vectorizer(field: _Field, vocabulary: Sequence[str] | None = None) -> Any:
    try:
        from sklearn.feature_extraction.text import TfidfVectorizer
    except ImportError as error:
        raise MissingExtraError("train", "a linear system") from error
    return TfidfVectorizer(
        analyzer=field.analyzer,
        ngram_range=field.ngrams,
        token_pattern=r"\S+" if field.analyzer == "word" else None,
        lowercase=True,
        sublinear_tf=True,
        min_df=1 if vocabulary or field.name == "place" else _RARE,
        max_features=None if vocabulary else _MOST,
        vocabulary=vocabulary,
        dtype=np.float64,
    )


def _fit_one(rows: Any, column: np.typing.NDArray[np.bool_], inverse_penalty: float) -> tuple[FloatArray, float]:
    from sklearn.linear_model import LogisticRegression

    if column.all() or not column.any():  # nothing to learn: the log-odds of one example more on either side
        return np.zeros(rows.shape[1]), float(np.log((column.sum() + 1) / (len(column) - column.sum() + 1)))
    model = LogisticRegression(C=inverse_penalty, solver="liblinear", dual=True, random_state=0).fit(rows, column)
    return model.coef_[0], float(model.intercept_[0])


class LinearChar(Linear):
    """Character n-grams; needs no tokenizer."""

    id = "linear-char"
    prepare = staticmethod(str)
    fields = (
        _Field("clause", "char", (1, 4), 1.0),
        _Field("before", "char", (1, 3), 0.4),
        _Field("after", "char", (1, 3), 0.4),
        _Field("neighbours", "char", (1, 3), 0.3),
        _Field("place", "word", (1, 1), 0.5),
    )


class LinearWord(Linear):
    """Words and word pairs of jieba's."""

    id = "linear-word"
    prepare = staticmethod(lambda text: " ".join(segment_view(text)))
    fields = (
        _Field("clause", "word", (1, 2), 1.0),
        _Field("before", "word", (1, 2), 0.4),
        _Field("after", "word", (1, 2), 0.4),
        _Field("neighbours", "word", (1, 2), 0.3),
        _Field("place", "word", (1, 1), 0.5),
    )
