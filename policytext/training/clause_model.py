"""Training of the clause classifier (see `policytext.tagging.clause_model`) with scikit-learn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from typing import Any

import numpy as np
import numpy.typing as npt

from policytext.records import Annotation
from policytext.tagging.clause_model import ClauseModel, context, stretches
from policytext.tagging.cues import cue_features
from policytext.tagging.ngrams import Field, as_sparse, buckets, code_points, gather
from policytext.tagging.places_in_text import place_features
from policytext.taxonomy import load_taxonomy
from policytext.text.layout import Layout
from policytext.training.examples import measure_targets
from policytext.training.recipes import Recipe

Array = npt.NDArray[Any]
# Orders and sizes found on dev; each field's weight is how much its vector counts beside the clause's own.
FIELDS = (
    (Field("clause", (1, 2, 3, 4, 5), 18), 1.0),
    (Field("sentence", (2, 3), 17), 0.5),
    (Field("previous", (2, 3), 16), 0.35),
    (Field("next", (2, 3), 16), 0.3),
    (Field("lead", (2, 3), 16), 0.3),
)
_THREADS = 2


class Corpus:
    """The texts of some annotations as n-grams, places and targets; `documents` numbers each clause's document."""

    def __init__(self, annotations: Sequence[Annotation]) -> None:
        self.layouts = [Layout(annotation.text or "") for annotation in annotations]
        targets = [measure_targets(a, layout) for a, layout in zip(annotations, self.layouts, strict=True)]
        self.categories = np.concatenate([categories for categories, _ in targets])
        self.attributes = np.concatenate([attributes for _, attributes in targets])
        sizes = [len(layout.clauses) for layout in self.layouts]
        self.documents = np.repeat(np.arange(len(sizes)), sizes)
        self.places = np.concatenate([place_features(layout) for layout in self.layouts])
        self.grams = {field.name: self._grams(field) for field, _ in FIELDS}

    def _grams(self, field: Field) -> tuple[Array, Array, Array]:
        """Return buckets and owning stretch of all n-grams of a field, and each clause's stretch."""
        found, owners, numbers, count = [], [], [], 0
        for layout in self.layouts:
            starts, ends, number = stretches(layout)[field.name]
            if not len(number):
                continue
            bucket, owner = buckets(*gather(code_points(layout.view), starts, ends), field)
            found.append(bucket)
            owners.append(owner + count)
            numbers.append(np.where(number >= 0, number + count, -1))
            count += len(starts)
        return np.concatenate(found), np.concatenate(owners), np.concatenate(numbers)

    def matrix(self, field: Field, idf: Array) -> Any:
        """Return the field's feature vectors, one row per clause (empty where it has no stretch)."""
        from scipy.sparse import csr_matrix, vstack

        bucket, owner, number = self.grams[field.name]
        rows = as_sparse(bucket, owner, int(owner.max()) + 1, idf)
        return vstack([rows, csr_matrix((1, rows.shape[1]), dtype=np.float32)], format="csr")[number]


def inverse_frequencies(corpus: Corpus, field: Field) -> Array:
    """Return the smoothed inverse document frequency of each bucket; 0 for those met in fewer than two stretches."""
    bucket, owner, _ = corpus.grams[field.name]
    pairs = np.unique(np.stack([bucket, owner]), axis=1)
    frequency = np.bincount(pairs[0], minlength=1 << field.bits)
    idf = np.log((1 + owner.max() + 1) / (1 + frequency)) + 1
    return np.where(frequency >= 2, idf, 0).astype(np.float32)


def _columns(corpus: Corpus) -> list[tuple[Array, Array]]:
    """Return for each output column the rows it is trained on and its targets: categories, then attribute values."""
    everything = np.arange(len(corpus.categories))
    columns = [(everything, corpus.categories[:, c] >= 0.5) for c in range(corpus.categories.shape[1])]
    for attribute in range(3):
        known = np.flatnonzero(corpus.attributes[:, attribute] >= 0)
        columns += [(known, corpus.attributes[known, attribute] == value) for value in range(3)]
    return columns


def _fit_column(rows: Any, target: Array, recipe: Recipe) -> tuple[Array, float]:
    from sklearn.linear_model import LogisticRegression

    if target.sum() < 2:
        return np.zeros(rows.shape[1], np.float32), -6.0
    model = LogisticRegression(C=recipe.inverse_penalty, solver="liblinear", dual=True, max_iter=60, random_state=0)
    model.fit(rows, target)
    return model.coef_[0].astype(np.float32), float(model.intercept_[0])


def fit_linear(rows: Any, columns: Sequence[tuple[Array, Array]], recipe: Recipe) -> tuple[Array, Array]:
    """Return weights (features, columns) and intercepts of one logistic regression per column."""
    with ThreadPoolExecutor(_THREADS) as pool:
        fitted = list(pool.map(lambda column: _fit_column(rows[column[0]], column[1], recipe), columns))
    return np.stack([weights for weights, _ in fitted], 1), np.array([bias for _, bias in fitted], np.float32)


def _held_out(rows: Any, corpus: Corpus, recipe: Recipe, progress: Callable[[str], None]) -> Array:
    """Return the first stage's scores of each clause by models that did not see its document."""
    every = _columns(corpus)
    scores = np.zeros((rows.shape[0], len(every)), np.float32)
    fold_of = np.random.default_rng(recipe.seed).integers(0, recipe.folds, corpus.documents.max() + 1)[corpus.documents]
    for fold in range(recipe.folds):
        inside, outside = np.flatnonzero(fold_of != fold), np.flatnonzero(fold_of == fold)
        columns = [(known[keep], target[keep]) for known, target in every for keep in [np.isin(known, inside)]]
        weights, bias = fit_linear(rows, columns, recipe)
        scores[outside] = rows[outside] @ weights + bias
        progress(f"first stage, fold {fold + 1} of {recipe.folds}")
    return scores


def _contexts(scores: Array, corpus: Corpus) -> Array:
    """Return the second stage's input for every clause, document by document."""
    seen, first = [], 0
    for layout in corpus.layouts:
        count = len(layout.clauses)
        if count:
            sentences = np.array(layout.clauses, np.int64)[:, 2]
            seen.append(context(scores[first : first + count], sentences))
        first += count
    cues = np.concatenate([cue_features(layout) for layout in corpus.layouts])
    return np.concatenate([np.concatenate(seen), corpus.places, cues], 1)


def _fit_members(seen: Array, targets: Sequence[Array], recipe: Recipe) -> list[Any]:
    """Return one network of the second stage for each of the targets, each from a seed of its own."""
    import warnings

    from sklearn.exceptions import ConvergenceWarning
    from sklearn.neural_network import MLPClassifier

    def fit(member: int, target: Array) -> Any:
        network = MLPClassifier(
            (recipe.hidden,),
            alpha=recipe.second_penalty,
            max_iter=recipe.second_epochs,
            batch_size=256,
            random_state=recipe.seed + member,
        )
        return network.fit(seen, target)

    with warnings.catch_warnings():  # it is stopped early on purpose
        warnings.simplefilter("ignore", ConvergenceWarning)
        return [fit(member, target) for member, target in enumerate(targets)]


def train_clause_model(
    annotations: Sequence[Annotation], recipe: Recipe, progress: Callable[[str], None] = lambda _: None
) -> ClauseModel:
    """Return the classifier trained on the annotations (with text); thresholds are still to be tuned."""
    from scipy.sparse import csr_matrix, hstack

    corpus = Corpus(annotations)
    idfs = {field.name: inverse_frequencies(corpus, field) for field, _ in FIELDS}
    parts = [corpus.matrix(field, idfs[field.name]) * weight for field, weight in FIELDS]
    rows = hstack([*parts, csr_matrix(corpus.places * recipe.place_weight)], format="csr")
    progress(f"{rows.shape[0]:,} clauses, {rows.nnz:,} features on")
    seen = _contexts(_held_out(rows, corpus, recipe, progress), corpus)
    weights, bias = fit_linear(rows, _columns(corpus), recipe)
    progress("first stage on all documents")
    mean, scale = seen.mean(0), seen.std(0) + 1e-3
    standard = (seen - mean) / scale
    committee = _fit_members(standard, [(corpus.categories >= 0.5).astype(int)] * recipe.members, recipe)
    measured = corpus.attributes[:, 0] >= 0
    attributes = _fit_members(standard[measured], list(corpus.attributes[measured].T), recipe)
    progress("second stage")
    named: dict[str, Array] = {"bias": bias, "mean": mean.astype(np.float32), "scale": scale.astype(np.float32)}
    first = 0
    for field, weight in FIELDS:
        size = 1 << field.bits
        idf = idfs[field.name]
        named[f"{field.name}.idf"] = idf
        named[f"{field.name}.weight"] = weights[first : first + size] * (idf * weight)[:, None]
        first += size
    named["place.weight"] = weights[first:] * recipe.place_weight
    for name, layer in (("hidden", 0), ("out", 1)):
        named[f"{name}.weight"] = np.stack([member.coefs_[layer] for member in committee])
        named[f"{name}.bias"] = np.stack([member.intercepts_[layer] for member in committee])
        named[f"attribute.{name}.weight"] = np.stack([network.coefs_[layer] for network in attributes])
        named[f"attribute.{name}.bias"] = np.stack([network.intercepts_[layer] for network in attributes])
    config = {
        "id": recipe.id,
        "categories": list(load_taxonomy().category_ids),
        "fields": [asdict(f) for f, _ in FIELDS],
    }
    return ClauseModel(config | {"taxonomy": load_taxonomy().version, "thresholds": {}}, named)
