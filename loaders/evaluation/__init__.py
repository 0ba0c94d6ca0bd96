"""Claims held against annotated texts: what is right, what is missing, what is made up."""

from loaders.evaluation.records import RecordError
from loaders.evaluation.report import evaluate
from loaders.evaluation.scores import Counts, Error, Scores

__all__ = ["Counts", "Error", "RecordError", "Scores", "evaluate"]
