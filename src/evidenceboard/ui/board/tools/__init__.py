"""One file per gesture."""
