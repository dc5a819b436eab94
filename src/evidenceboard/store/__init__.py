"""The .db file: the only place that speaks SQL."""
