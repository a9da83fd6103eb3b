"""What can be read off the text alone: the aligned view, sentences and clauses, structure, numbers, dates, words."""
