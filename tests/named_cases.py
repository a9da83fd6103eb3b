"""Read the named JSON cases; a known failure is a strict xfail that says why."""

import json
from pathlib import Path

import pytest

CASES = Path(__file__).parent / "cases"


def read_cases(name):
    cases = json.loads((CASES / f"{name}.json").read_text("utf-8"))
    assert cases, name
    return [
        pytest.param(
            case,
            id=case["comment"],
            marks=[pytest.mark.xfail(strict=True, reason=case["xfail"])] if "xfail" in case else [],
        )
        for case in cases
    ]


def to_traditional(text):
    """Return `text` in Traditional script, character by character, so that offsets stay."""
    from opencc import OpenCC

    converter = OpenCC("s2t")
    return "".join(converted if len(converted := converter.convert(char)) == 1 else char for char in text)
