"""The open file: reading it, changing it, taking changes back, and who is told."""

from evidenceboard.session.past import Past
from evidenceboard.session.session import Listener, Session

__all__ = ["Listener", "Past", "Session"]
