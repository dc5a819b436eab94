"""Taking in what a colleague did in another copy of a file, and comparing two copies."""

from evidenceboard.merge.comparing import Difference, compare
from evidenceboard.merge.sides import Question, question, questions
from evidenceboard.merge.taking_in import Merged, Plan, begin, merge, merge_file, plan

__all__ = [
    "Difference", "Merged", "Plan", "Question", "begin", "compare", "merge", "merge_file", "plan", "question",
    "questions",
]  # fmt: skip
