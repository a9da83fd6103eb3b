"""The spaCy pipeline: sections and clauses, entities, measures, attributes."""
