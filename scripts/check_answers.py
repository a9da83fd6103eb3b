"""Check a file of answers against its portion; every finding with its line, then a line of counts."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from policytext.corpus.answers import read_answers
from policytext.corpus.decisions import open_clauses, parse_ruling
from policytext.corpus.notation import PARSERS
from policytext.corpus.portions import read_portion
from policytext.errors import PolicytextError


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=list(PARSERS))
    parser.add_argument("portion", type=Path)
    parser.add_argument("answers", type=Path)
    parser.add_argument("--decisions", action="store_true", help="the answers are an adjudicator's")
    given = parser.parse_args()
    text = given.portion.read_text("utf-8")
    documents = read_portion(text)
    parse = parse_ruling(given.kind) if given.decisions else PARSERS[given.kind]
    answers = read_answers(given.answers, documents, parse, whole=not given.decisions)
    findings = list(answers.findings)
    for key, numbers in open_clauses(text).items() if given.decisions else ():
        undecided = [str(number) for number in numbers if number not in answers.by_document.get(key, {})]
        findings += [f"{given.answers}: {key}: undecided: {', '.join(undecided)}"] if undecided else []
    answered = sum(map(len, answers.by_document.values()))
    clauses = sum(map(len, documents.values()))
    counts = f"{len(findings)} findings; {len(documents)} documents, {clauses} clauses, {answered} answered"
    print("\n".join([*findings, counts]))
    return 1 if findings else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except PolicytextError as error:
        sys.exit(str(error))
