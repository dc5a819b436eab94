"""Painting without widgets: the same painter for screen, PDF, PNG and SVG."""
