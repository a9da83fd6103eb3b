"""`policytext validate`: every finding with its address, and what to do about each kind."""

from __future__ import annotations

from pathlib import Path

from policytext.corpus.checks import CHECKS
from policytext.corpus.validate import find_files, summarise, validate


def run_validate(path: Path = Path()) -> tuple[str, int]:
    """Check a file, a folder or a checkout; return the report and the exit code, 1 where there are errors."""
    findings = validate(path)
    errors, warnings = summarise(findings)
    lines = [str(finding) for finding in findings]
    kinds = dict.fromkeys(finding.check for finding in findings)
    lines += [f"{kind}: {CHECKS[kind].what} To mend it: {CHECKS[kind].cure}." for kind in kinds]
    lines += [f"{len(find_files(path))} files, {len(CHECKS)} checks: {errors} errors, {warnings} warnings"]
    return "\n".join(lines), 1 if errors else 0


def list_checks() -> str:
    """Return a line for each check: its id, level, severity and what it holds."""
    return "\n".join(f"{check.id} ({check.level}, {check.severity}): {check.what}" for check in CHECKS.values())
