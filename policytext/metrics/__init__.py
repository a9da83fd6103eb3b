"""Agreement of two annotations of the same articles: a model's with gold, one pass with another."""
