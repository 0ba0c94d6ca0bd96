"""Rules as data, and the short engine that applies them to parsed sentences."""
