"""What was joined into one entity and can be split again, and under which name which source speaks of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final, cast

from evidenceboard.model.in_steps import Steps
from evidenceboard.model.numbers import natural
from evidenceboard.model.records import Entity, Link, Setting
from evidenceboard.model.seam import derived_id
from evidenceboard.model.values import dataclass

if TYPE_CHECKING:
    from evidenceboard.model.document import Document

PREFIX: Final = "joined-"
"""How the names of the settings begin that remember a join."""
UNLIKE: Final = "unlike-"
_STEP: Final = 64


@dataclass(frozen=True, slots=True)
class Join:
    """One entity that was joined into another. `changes`: table, id, what was and what came of it, as in the log."""

    setting_id: str
    kept_id: str
    gone_id: str
    gone: dict[str, Any]
    changes: tuple[tuple[str, str, dict[str, Any] | None, dict[str, Any] | None], ...]
    by: str
    at: str

    @property
    def number(self) -> str:
        return str(self.gone.get("number") or "")

    @property
    def title(self) -> str:
        return str(self.gone.get("title") or "")

    def links(self) -> set[str]:
        """Return the ids that links which came with it have now."""
        return {record_id for table, record_id, _, after in self.changes if table == "links" and after is not None}


@dataclass(frozen=True, slots=True)
class Named:
    """Another name of an entity: sources that `came` by links with its bearer, or have it in their `words`."""

    name: str
    came: tuple[str, ...]
    words: tuple[str, ...]
    join: Join | None


def joined_id(gone_id: str) -> str:
    """Return the id of the setting that remembers what an entity was before it was joined into another."""
    return f"{PREFIX}{derived_id(gone_id)}"


def unlike_id(one_id: str, other_id: str) -> str:
    """Return the id of the setting that says that two are not the same, in whatever order."""
    return f"{UNLIKE}{derived_id(*sorted((one_id, other_id)))}"


def read_join(setting: object) -> Join | None:
    """Return what a setting remembers of a join; None where it is none, or not one that can be read."""
    if not isinstance(setting, Setting) or not setting.id.startswith(PREFIX) or not isinstance(setting.value, dict):
        return None
    value = setting.value
    changes = value.get("changes")
    if not isinstance(changes, list) or not all(map(_is_change, changes)):
        return None
    gone_id = str(value.get("gone"))
    gone = next(
        (before for table, record_id, before, _ in changes if (table, record_id) == ("entities", gone_id)), None
    )
    if not gone:
        return None
    found = tuple((str(table), str(record_id), before, after) for table, record_id, before, after in changes)
    by, at = str(value.get("by") or ""), str(value.get("at") or "")
    return Join(setting.id, str(value.get("subject")), gone_id, gone, found, by, at)


def _is_change(one: object) -> bool:
    return (
        isinstance(one, list)
        and len(one) == 4
        and all(isinstance(name, str) for name in one[:2])
        and all(side is None or isinstance(side, dict) for side in one[2:])
    )


def joins(document: Document) -> dict[str, list[Join]]:
    """Return what was joined into which entity, under its id, the latest first."""
    key = ("joins", "")
    if key not in document.worked_out:
        found: dict[str, list[Join]] = {}
        for record_id, setting in document.table("settings").items():
            if record_id.startswith(PREFIX) and (one := read_join(setting)) is not None:
                found.setdefault(one.kept_id, []).append(one)
        for several in found.values():
            several.sort(key=lambda one: (one.at, natural(one.number)), reverse=True)
        document.worked_out[key] = found
    return cast("dict[str, list[Join]]", document.worked_out[key])


def names_used(document: Document, entity: Entity) -> Steps[list[Named]]:
    """Tell for each other name of an entity which sources use it, in small steps.

    A source uses a name where it speaks through a link that came with the entity of that name, and where its own
    title, its quote or the claim that it states has the name in it.
    """
    here = joins(document).get(entity.id, [])
    aliases = entity.props.get("aliases")
    joined = {one.title for one in here}
    others = dict.fromkeys(one for one in (aliases if isinstance(aliases, list) else []) if isinstance(one, str))
    found: list[tuple[str, Join | None]] = [(one.title, one) for one in here]
    found += [(name, None) for name in others if name not in joined]
    came: list[dict[str, None]] = [{} for _ in found]
    words: list[dict[str, None]] = [{} for _ in found]
    links = [join.links() if join is not None else set() for _, join in found]
    for place, link in enumerate(document.each_link_of(entity.id) if found else (), 1):
        for source, text in _speaking(document, entity, link):
            for at, (name, _) in enumerate(found):
                if link.id in links[at]:
                    came[at][source.id] = None
                if name and name.casefold() in text:
                    words[at][source.id] = None
        if place % _STEP == 0:
            yield
    return [Named(name, tuple(came[at]), tuple(words[at]), join) for at, (name, join) in enumerate(found)]


def _speaking(document: Document, entity: Entity, link: Link) -> Iterator[tuple[Entity, str]]:
    """Yield the sources that speak of an entity by way of a link, with what they say there in small letters."""
    other = document.find("entities", link.from_id if link.to_id == entity.id else link.to_id)
    if not isinstance(other, Entity):
        return
    if other.type == "source":
        yield other, f"{other.title}\n{link.props.get('quote') or ''}\n{link.notes}".casefold()
    elif other.type == "claim":
        for said in document.each_link_into(other.id):
            source = document.find("entities", said.from_id)
            if said.type in ("states", "denies") and isinstance(source, Entity) and source.id != entity.id:
                yield source, f"{other.title}\n{said.props.get('quote') or ''}".casefold()
