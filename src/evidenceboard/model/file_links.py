"""The links of a whole file as numbers of the entities that they join, without a record made for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray

from evidenceboard.model.kept import KeptRows
from evidenceboard.model.records import Link

if TYPE_CHECKING:
    from evidenceboard.model.document import Document


class FileLinks:
    """Entities of a file by number, and their links: `ends` holds the numbers at both ends, a column for each link."""

    def __init__(self, document: Document) -> None:
        entities, links = document.table("entities"), document.table("links")
        ids = [] if isinstance(entities, KeptRows) else list(entities)
        places = {one: at for at, one in enumerate(ids)}
        self.n = entities.most if isinstance(entities, KeptRows) else len(entities)
        """Above every number."""
        self._place: Callable[[str], int] = (
            entities.numbering() if isinstance(entities, KeptRows) else places.__getitem__
        )
        self._id: Callable[[int], str] = entities.numbered if isinstance(entities, KeptRows) else ids.__getitem__
        sides = ("from_id", "to_id")
        if isinstance(entities, KeptRows) and isinstance(links, KeptRows):
            found = [links.named(side, self._place) for side in sides]
        else:
            every = cast("list[Link]", list(links.values()))
            found = [np.array([self._place(getattr(link, side)) for link in every], np.int32) for side in sides]
        self.ends: NDArray[np.int32] = np.stack(found)

    def place(self, entity_id: str) -> int:
        """Return the number of an entity, which must be there."""
        return self._place(entity_id)

    def id(self, place: int) -> str:
        """Return the id of the entity with a number."""
        return self._id(place)
