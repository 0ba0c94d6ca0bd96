"""The learned reader: which of an article's names stand in which relation, by a small encoder that reads it whole."""
