"""Taking in what a colleague did in another copy of a file, and comparing two copies."""

from evidenceboard.merge.taking_in import Merged, Plan, begin, merge, merge_file, plan

__all__ = ["Merged", "Plan", "begin", "merge", "merge_file", "plan"]
