"""Measure classifiers behind one interface, from the majority class to a fine-tuned encoder; see `make_system`."""

from policytext.training.systems.base import System, annotate, clause_targets
from policytext.training.systems.classifier import Classifier, load_classifier
from policytext.training.systems.registry import SYSTEMS, make_system
from policytext.training.systems.thresholds import tune_thresholds

__all__ = [
    "SYSTEMS",
    "Classifier",
    "System",
    "annotate",
    "clause_targets",
    "load_classifier",
    "make_system",
    "tune_thresholds",
]
