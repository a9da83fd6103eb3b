"""Data files of the package; who wrote them, and from what, stands at their heads."""
