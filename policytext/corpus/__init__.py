"""The corpus: its register of sources, hydration, checks, statistics and card."""
