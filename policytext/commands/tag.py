"""`policytext tag`: articles in, annotations out, one after the other."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from policytext.commands.output import Key, Writer, resume_key
from policytext.errors import PolicytextError
from policytext.records import Annotation, Article

# Articles that are tagged and freed together; bounds memory, see scripts/benchmark.py.
BATCH = 32
# Batches under way per worker process: one at work and one waiting.
_AHEAD = 2


@dataclass(frozen=True)
class Tagging:
    """How to tag: the model, and whether each measure tells its evidence."""

    model: str = "default"
    explain: bool = False


@dataclass
class Outcome:
    """What a run did: articles written, articles skipped because an earlier run wrote them, inputs that failed."""

    written: int = 0
    skipped: int = 0
    failed: int = 0


@lru_cache(maxsize=1)
def _pipeline(tagging: Tagging) -> Any:
    from policytext.tagging.pipeline import load

    return load(tagging.model)


def tag_batch(articles: Sequence[Article], tagging: Tagging) -> list[Annotation | PolicytextError]:
    """Return for each article its annotation, or the error that it met; spaCy's memory is freed behind it."""
    from policytext.tagging.pipeline import tag_each

    nlp = _pipeline(tagging)
    with nlp.memory_zone():
        return list(tag_each(nlp, articles, explain=tagging.explain))


def batches(articles: Iterable[Article], size: int = BATCH) -> Iterator[list[Article]]:
    """Yield the articles in lists of `size`; the first list holds one, so that the first result comes at once."""
    batch: list[Article] = []
    limit = 1
    for article in articles:
        batch.append(article)
        if len(batch) == limit:
            yield batch
            batch, limit = [], size
    if batch:
        yield batch


def tag_all(articles: Iterable[Article], tagging: Tagging, jobs: int) -> Iterator[Annotation | PolicytextError]:
    """Yield results in the order of the input, from this process or from `jobs` others."""
    if jobs <= 1:
        for batch in batches(articles):
            yield from tag_batch(batch, tagging)
        return
    waiting: deque[Future[list[Annotation | PolicytextError]]] = deque()
    with ProcessPoolExecutor(jobs) as pool:
        try:
            for batch in batches(articles):
                waiting.append(pool.submit(tag_batch, batch, tagging))
                if len(waiting) >= jobs * _AHEAD:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        finally:
            for future in waiting:  # where the run was stopped: nothing more is begun
                future.cancel()


def run_tag(
    articles: Iterable[Article],
    writer: Writer,
    *,
    tagging: Tagging,
    jobs: int = 1,
    done: set[Key] | None = None,
    report: Callable[[PolicytextError], None],
    advance: Callable[[Annotation | None], None] = lambda _: None,
) -> Outcome:
    """Tag and write every article that is not in `done`; what fails is reported and the rest goes on."""
    outcome = Outcome()

    def pending() -> Iterator[Article]:
        for article in articles:
            if done and resume_key(article.id, article.source) in done:
                outcome.skipped += 1
                advance(None)
            else:
                yield article

    try:
        for result in tag_all(pending(), tagging, jobs):
            if isinstance(result, PolicytextError):
                report(result)
                outcome.failed += 1
                continue
            writer.write(result)
            outcome.written += 1
            advance(result)
    finally:
        writer.close()
    return outcome
