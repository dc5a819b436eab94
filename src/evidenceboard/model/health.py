"""Board health: what an analyst would be asked about this board, found by rules; each can be silenced with a reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from evidenceboard.model.ach import matrix
from evidenceboard.model.circles import circles
from evidenceboard.model.confirmed import CONFIRMED, is_confirmed
from evidenceboard.model.deception import first_of, links_bearing
from evidenceboard.model.edtf import readable
from evidenceboard.model.entity_type import Props, extra
from evidenceboard.model.linchpins import change
from evidenceboard.model.link_types import link_type
from evidenceboard.model.numbers import natural
from evidenceboard.model.origins import standing_of
from evidenceboard.model.records import Assessment, Attachment, Entity, Link, Setting
from evidenceboard.model.reports import best_pair
from evidenceboard.model.seam import derived_id
from evidenceboard.model.types import entity_type
from evidenceboard.model.yardsticks import reading, yardstick_of

if TYPE_CHECKING:
    from evidenceboard.model.document import Document

UNSOURCED: Final = "claim without a source"
ONE_ORIGIN: Final = "single origin under high confidence"
UNTRIED: Final = "scenario that nobody tried to refute"
CIRCULAR: Final = "circular citations"
UNJUDGED: Final = "graded F6 yet a linchpin"
BARE: Final = "relation that rests on no claim"
UNVERIFIED: Final = "attachment never verified"
UNREADABLE: Final = "date that cannot be read"
UNCONFIRMED: Final = "confirmed without saying by whom"
FOREIGN: Final = "likelihood from another yardstick"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at. `subject_id` is the entity, link or attachment it is about, `entity_id` where that is."""

    rule: str
    number: str
    what: str
    subject_id: str
    entity_id: str

    @property
    def setting_id(self) -> str:
        """Return the id of the setting that silences it."""
        return silenced_id(self.rule, self.subject_id)


@dataclass(frozen=True, slots=True)
class Health:
    """What the rules found, by rule and number, and what of it somebody silenced, with the reason."""

    findings: list[Finding]
    silenced: list[tuple[Finding, str]]


def health(document: Document) -> Health:
    """Apply every rule to a document."""
    found: list[Finding] = []
    silenced: list[tuple[Finding, str]] = []
    for rule in RULES.values():
        for finding in sorted(rule(document), key=lambda one: (natural(one.number), one.what, one.subject_id)):
            setting = document.find("settings", finding.setting_id)
            if isinstance(setting, Setting):
                silenced.append((finding, reason_of(setting)))
            else:
                found.append(finding)
    return Health(found, silenced)


def silenced_id(rule: str, subject_id: str) -> str:
    """Return the id of the setting that silences a rule for one thing: the same in every copy of a file."""
    return f"silenced-{derived_id(rule, subject_id)}"


def verified_id(attachment_id: str) -> str:
    """Return the id of the setting that notes when an attachment was last compared with its digest."""
    return f"verified-{derived_id(attachment_id)}"


def reason_of(setting: Setting) -> str:
    """Return the reason that a silenced finding was given."""
    return str(setting.value.get("reason") or "") if isinstance(setting.value, dict) else ""


def _of_type(document: Document, type_id: str) -> Iterator[Entity]:
    return (record for record in document.where("entities", "type", type_id) if isinstance(record, Entity))


def _about(rule: str, entity: Entity, what: str, subject_id: str = "") -> Finding:
    return Finding(rule, entity.number, what, subject_id or entity.id, entity.id)


def unsourced(document: Document) -> Iterator[Finding]:
    """Find claims that no source states."""
    for claim in _of_type(document, "claim"):
        stated = any(link.type == "states" for link in document.links_into(claim.id))
        if not stated and first_of(document, claim) is None:  # nobody states how a claim would read as deception
            yield _about(UNSOURCED, claim, "No source states this claim.")


def one_origin(document: Document) -> Iterator[Finding]:
    """Find claims of one origin or none that speak for a scenario judged with high confidence."""
    for scenario in _of_type(document, "scenario"):
        if document.judged(scenario.id, "confidence") != "high":
            continue
        for link in links_bearing(document, scenario.id):
            claim = document.find("entities", link.from_id)
            if not isinstance(claim, Entity) or claim.type != "claim":
                continue
            if document.judged(link.id, "consistency") not in ("C", "CC"):
                continue
            origins = standing_of(document, claim.id).origins
            if origins < 2:
                what = f"{scenario.number}, of high confidence, rests on it"
                yield _about(ONE_ORIGIN, claim, f"{what}, and it has {'one' if origins else 'no'} origin.", link.id)


def untried(document: Document) -> Iterator[Finding]:
    """Find scenarios without a single cell of I or II."""
    for scenario in _of_type(document, "scenario"):
        cells = links_bearing(document, scenario.id)
        if not any(document.judged(link.id, "consistency") in ("I", "II") for link in cells):
            yield _about(UNTRIED, scenario, "Nothing is rated inconsistent with this scenario.")


def circular(document: Document) -> Iterator[Finding]:
    """Find sources that cite each other in a circle, each circle once."""
    graph: dict[str, list[str]] = {}
    for source in sorted(_of_type(document, "source"), key=lambda one: natural(one.number)):
        cited = dict.fromkeys(link.to_id for link in document.links_from(source.id) if link.type == "cites")
        if cited:
            graph[source.id] = list(cited)
    for circle in circles(graph):
        numbers = document.numbers_of(circle)
        first = document.get(Entity, circle[0])
        yield _about(CIRCULAR, first, f"{' cites '.join([*numbers, numbers[0]])}.")


def unjudged(document: Document) -> Iterator[Finding]:
    """Find claims that the order of scenarios hangs on, though F6 says that nobody can judge them."""
    unknown = {claim.id for claim in _of_type(document, "claim") if _weighs_unknown(document, claim)}
    if not unknown:
        return
    found = matrix(document)
    scores = sorted(found.scores, key=lambda one: natural(one.entity.number))
    before = {one.entity.number: one.marks for one in scores}
    rows = [row for row in found.rows if not row.twin_of]
    telling = {row.entity.id for row in rows if any(cell.value for cell in row.cells.values())}
    for row in rows:
        if row.entity.id in unknown:
            after = dict(before)
            for one in scores:
                points = row.cells[one.entity.id].points if one.entity.id in row.cells else 0
                after[one.entity.number] = (one.weighted - points * row.factor, one.inconsistency - points)
            said = change(before, after, weighed=bool(telling - {row.entity.id}))
            if said:
                yield _about(UNJUDGED, row.entity, f"Its best grade is F6. If {row.entity.number} is wrong, {said}")


def _weighs_unknown(document: Document, claim: Entity) -> bool:
    bears = any(link.type == "bears on" for link in document.links_from(claim.id))
    return bears and best_pair(document, claim.id) == "F6"


def bare_relations(document: Document) -> Iterator[Finding]:
    """Find relations between actors that rest on no claim (decisions: relations may rest on claims)."""
    for link in document.links:
        if link.type != "related":
            continue
        ends = [document.find("entities", end) for end in (link.from_id, link.to_id)]
        one, other = ends
        if not (isinstance(one, Entity) and isinstance(other, Entity) and one.type == other.type == "actor"):
            continue
        if not document.numbers_of(link.props.get("rests_on")):
            yield _about(BARE, one, f"{one.number} to {other.number}: this relation rests on no claim.", link.id)


def unverified(document: Document) -> Iterator[Finding]:
    """Find attachments whose bytes were never compared with the digest that was taken when they came in."""
    for record in document.table("attachments").values():
        if not isinstance(record, Attachment):
            continue
        kept = document.find("entities", record.entity_id)
        if isinstance(kept, Entity) and document.find("settings", verified_id(record.id)) is None:
            yield _about(UNVERIFIED, kept, "A file kept with it was never compared with its digest.", record.id)


def _assessments(document: Document, field: str) -> Iterator[Assessment]:
    found = document.table("assessments").values()
    return (one for one in found if isinstance(one, Assessment) and one.field == field and one.value)


def unconfirmed(document: Document) -> Iterator[Finding]:
    """Find credibility 1 without two established origins and without a reason, as only another file can bring it."""
    for one in _assessments(document, "credibility"):
        link = document.find("links", one.subject_id)
        if one.value != CONFIRMED or one.reason.strip() or not isinstance(link, Link):
            continue
        start, end = (document.find("entities", end) for end in (link.from_id, link.to_id))
        if isinstance(start, Entity) and isinstance(end, Entity) and not is_confirmed(document, link):
            what = f"{start.number} {link_type(link.type).word} it with credibility 1, and no two independent origins"
            yield _about(UNCONFIRMED, end, f"{what} are established.", link.id)


def foreign(document: Document) -> Iterator[Finding]:
    """Find likelihoods in words that the yardstick of this file does not have."""
    own = yardstick_of(document)
    found = dict.fromkeys(one.subject_id for one in _assessments(document, "likelihood"))
    for subject_id in found:
        entity, word = document.find("entities", subject_id), document.judged(subject_id, "likelihood")
        if isinstance(entity, Entity) and word not in own.words:
            read = reading(document, word)
            means = f" ({read.range} by the {read.source})" if read else ""
            yield _about(FOREIGN, entity, f"“{word}”{means} is no word of the yardstick of this file, {own.source}.")


def unreadable(document: Document) -> Iterator[Finding]:
    """Find dates that are no EDTF; they are shown as they were typed, and stand on no timeline."""
    for entity in document.entities:
        for label in _unread(entity_type(entity.type).props, entity.props):
            yield _about(UNREADABLE, entity, f"“{label}” is not understood as a date.")
    for link in document.links:
        kind = link_type(link.type)
        for label in _unread(kind.props, link.props):
            start, end = (document.find("entities", one) for one in (link.from_id, link.to_id))
            if isinstance(start, Entity) and isinstance(end, Entity):
                said = f"“{label}” of {start.number} {kind.word} {end.number} is not understood as a date."
                yield _about(UNREADABLE, start, said, link.id)


def _unread(model: type[Props], props: Mapping[str, Any]) -> Iterator[str]:
    for key, label in _dates(model):
        value = props.get(key)
        if value and str(value).strip() and readable(str(value)) is None:
            yield label


@cache
def _dates(model: type[Props]) -> tuple[tuple[str, str], ...]:
    """Return the date fields of a type with their labels."""
    fields = model.model_fields.items()
    return tuple((key, info.title or key) for key, info in fields if extra(model, key).get("date"))


RULES: Final[dict[str, Callable[[Document], Iterator[Finding]]]] = {
    UNSOURCED: unsourced,
    ONE_ORIGIN: one_origin,
    UNTRIED: untried,
    CIRCULAR: circular,
    UNJUDGED: unjudged,
    BARE: bare_relations,
    UNVERIFIED: unverified,
    UNREADABLE: unreadable,
    UNCONFIRMED: unconfirmed,
    FOREIGN: foreign,
}
"""Every rule under its name, in the order in which they are told."""
