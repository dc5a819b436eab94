"""What a board is: records, their changes, and what can be computed from them. No SQL, no Qt."""
