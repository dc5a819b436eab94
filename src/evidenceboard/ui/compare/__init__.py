"""Two copies of a board over each other: what each has and what differs."""
