"""The named checks; importing this package registers all of them."""

from policytext.corpus.checks import across, files, labels, records, spans
from policytext.corpus.checks.registry import CHECKS, Check, DataFile, Finding, Row

__all__ = ["CHECKS", "Check", "DataFile", "Finding", "Row", "across", "files", "labels", "records", "spans"]
