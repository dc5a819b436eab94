"""The board widget: what is painted, and the tools that a hand works with."""
