"""Board health: what an analyst would be asked about this board, found by rules; each can be silenced with a reason."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

from evidenceboard.model.ach import Matrix, weighing
from evidenceboard.model.circles import circles, citing_round
from evidenceboard.model.confirmed import CONFIRMED, is_confirmed
from evidenceboard.model.conflicts import DELETED
from evidenceboard.model.deception import first_of, links_bearing
from evidenceboard.model.doubles import doubles
from evidenceboard.model.edtf import readable
from evidenceboard.model.entity_type import Props, extra
from evidenceboard.model.giving_back import let_go
from evidenceboard.model.health_names import suspects
from evidenceboard.model.in_steps import in_order
from evidenceboard.model.linchpins import Ranks, change, telling_in_steps
from evidenceboard.model.link_types import link_type
from evidenceboard.model.numbers import natural
from evidenceboard.model.origins import standing_of
from evidenceboard.model.records import Assessment, Attachment, Entity, Link, Setting
from evidenceboard.model.reports import best_pair
from evidenceboard.model.seam import derived_id
from evidenceboard.model.types import entity_type
from evidenceboard.model.undecided import field_of, undecided
from evidenceboard.model.values import dataclass
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
UNDECIDED: Final = "undecided between two copies"
LOOKALIKE: Final = "name that may not be what it looks like"
DOUBLE: Final = "two that may be one"
T = TypeVar("T")
_STEP: Final = 16
"""Things that are looked at in one step."""


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


Found = Generator[Finding | None, None, None]
"""What a rule finds in a document; None ends a step."""


@dataclass(frozen=True, slots=True)
class Health:
    """What the rules found, by rule and number, and what of it somebody silenced, with the reason."""

    findings: list[Finding]
    silenced: list[tuple[Finding, str]]


def health(document: Document) -> Health:
    """Apply every rule to a document."""
    *_, made = examined(document)
    assert made is not None
    return made


def examined(document: Document) -> Iterator[Health | None]:
    """Apply every rule in small steps: yield None after each, and at the end what was found.

    The document must not change between two steps.
    """
    found: list[Finding] = []
    silenced: list[tuple[Finding, str]] = []
    here: list[Finding] = []
    try:
        for rule in RULES.values():
            here = []
            for one in rule(document):
                if one is None:
                    yield None
                else:
                    here.append(one)
            for place, finding in enumerate((yield from in_order(here, place_of)), 1):
                if place % _STEP == 0:
                    yield None
                setting = document.find("settings", finding.setting_id)
                if isinstance(setting, Setting):
                    silenced.append((finding, reason_of(setting)))
                else:
                    found.append(finding)
    except GeneratorExit:  # nobody waits for it any more
        let_go(here, found, silenced)
        raise
    yield Health(found, silenced)


def place_of(finding: Finding) -> tuple[tuple[str, int, str], str, str]:
    """Return what tells where a finding stands among those of its rule."""
    return natural(finding.number), finding.what, finding.subject_id


def silenced_id(rule: str, subject_id: str) -> str:
    """Return the id of the setting that silences a rule for one thing: the same in every copy of a file."""
    return f"silenced-{derived_id(rule, subject_id)}"


def verified_id(attachment_id: str) -> str:
    """Return the id of the setting that notes when an attachment was last compared with its digest."""
    return f"verified-{derived_id(attachment_id)}"


def reason_of(setting: Setting) -> str:
    """Return the reason that a silenced finding was given."""
    return str(setting.value.get("reason") or "") if isinstance(setting.value, dict) else ""


def _each(
    things: Callable[[Document], Iterable[T]], look: Callable[[Document, T], Iterable[Finding]]
) -> Callable[[Document], Found]:
    """Return the rule that looks at one thing after the other."""

    def rule(document: Document) -> Found:
        for place, thing in enumerate(things(document), 1):
            yield from look(document, thing)
            if place % _STEP == 0:
                yield None

    return rule


def _of_type(type_id: str) -> Callable[[Document], Iterator[Entity]]:
    return lambda document: cast("Iterator[Entity]", document.where("entities", "type", type_id))


def _about(rule: str, entity: Entity, what: str, subject_id: str = "") -> Finding:
    return Finding(rule, entity.number, what, subject_id or entity.id, entity.id)


def unsourced(document: Document, claim: Entity) -> Iterator[Finding]:
    """Find a claim that no source states."""
    stated = any(link.type == "states" for link in document.links_into(claim.id))
    if not stated and first_of(document, claim) is None:  # nobody states how a claim would read as deception
        yield _about(UNSOURCED, claim, "No source states this claim.")


def one_origin(document: Document, scenario: Entity) -> Iterator[Finding]:
    """Find claims of one origin or none that speak for a scenario judged with high confidence."""
    if document.judged(scenario.id, "confidence") != "high":
        return
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


def untried(document: Document, scenario: Entity) -> Iterator[Finding]:
    """Find a scenario without a single cell of I or II."""
    cells = links_bearing(document, scenario.id)
    if not any(document.judged(link.id, "consistency") in ("I", "II") for link in cells):
        yield _about(UNTRIED, scenario, "Nothing is rated inconsistent with this scenario.")


def circular(document: Document) -> Found:
    """Find sources that cite each other in a circle, each circle once."""
    cites = yield from citing_round(document)
    numbered = sorted(cites, key=lambda one: natural(document.get(Entity, one).number))
    for circle in circles({source_id: cites[source_id] for source_id in numbered}):
        numbers = document.numbers_of(circle)
        first = document.get(Entity, circle[0])
        yield _about(CIRCULAR, first, f"{' cites '.join([*numbers, numbers[0]])}.")


def unjudged(document: Document) -> Found:
    """Find claims that the order of scenarios hangs on, though F6 says that nobody can judge them."""
    unknown: set[str] = set()
    for place, claim in enumerate(_of_type("claim")(document), 1):
        if _weighs_unknown(document, claim):
            unknown.add(claim.id)
        if place % _STEP == 0:
            yield None
    if not unknown:
        return
    for found in weighing(document):
        if found is None:
            yield None
            continue
        try:
            yield from _telling(found, unknown)
        finally:
            let_go(list(found.rows), list(found.scores))


def _telling(found: Matrix, unknown: set[str]) -> Found:
    ranks = Ranks(found)
    yield None
    rows = [row for row in found.rows if not row.twin_of]
    telling = yield from telling_in_steps(rows)
    for place, row in enumerate((row for row in rows if row.entity.id in unknown), 1):
        after = ranks.without([row])
        if after is not None:
            said = change(ranks.before, after, weighed=len(telling) > (row.entity.id in telling))
            if said:
                yield _about(UNJUDGED, row.entity, f"Its best grade is F6. If {row.entity.number} is wrong, {said}")
        if after is not None or place % _STEP == 0:
            yield None


def _weighs_unknown(document: Document, claim: Entity) -> bool:
    bears = any(link.type == "bears on" for link in document.links_from(claim.id))
    return bears and best_pair(document, claim.id) == "F6"


def bare_relation(document: Document, link: Link) -> Iterator[Finding]:
    """Find a relation between actors that rests on no claim (decisions: relations may rest on claims)."""
    if link.type != "related":
        return
    one, other = (document.find("entities", end) for end in (link.from_id, link.to_id))
    if not (isinstance(one, Entity) and isinstance(other, Entity) and one.type == other.type == "actor"):
        return
    if not document.numbers_of(link.props.get("rests_on")):
        yield _about(BARE, one, f"{one.number} to {other.number}: this relation rests on no claim.", link.id)


def unverified(document: Document, kept: Attachment) -> Iterator[Finding]:
    """Find an attachment whose bytes were never compared with the digest that was taken when they came in."""
    holder = document.find("entities", kept.entity_id)
    if isinstance(holder, Entity) and document.find("settings", verified_id(kept.id)) is None:
        yield _about(UNVERIFIED, holder, "A file kept with it was never compared with its digest.", kept.id)


def unconfirmed(document: Document, one: Assessment) -> Iterator[Finding]:
    """Find credibility 1 without two established origins and without a reason, as only another file can bring it."""
    if one.field != "credibility" or one.value != CONFIRMED or one.reason.strip():
        return
    link = document.find("links", one.subject_id)
    if not isinstance(link, Link):
        return
    start, end = (document.find("entities", end) for end in (link.from_id, link.to_id))
    if isinstance(start, Entity) and isinstance(end, Entity) and not is_confirmed(document, link):
        what = f"{start.number} {link_type(link.type).word} it with credibility 1, and no two independent origins"
        yield _about(UNCONFIRMED, end, f"{what} are established.", link.id)


def foreign(document: Document) -> Found:
    """Find likelihoods in words that the yardstick of this file does not have."""
    own = yardstick_of(document)
    seen: set[str] = set()
    for place, one in enumerate(_records("assessments")(document), 1):
        if place % _STEP == 0:
            yield None
        if not isinstance(one, Assessment) or one.field != "likelihood" or not one.value or one.subject_id in seen:
            continue
        seen.add(one.subject_id)
        entity, word = document.find("entities", one.subject_id), document.judged(one.subject_id, "likelihood")
        if isinstance(entity, Entity) and word not in own.words:
            read = reading(document, word)
            means = f" ({read.range} by the {read.source})" if read else ""
            yield _about(FOREIGN, entity, f"“{word}”{means} is no word of the yardstick of this file, {own.source}.")


def unreadable(document: Document, one: Entity | Link) -> Iterator[Finding]:
    """Find dates that are no EDTF; they are shown as they were typed, and stand on no timeline."""
    if isinstance(one, Entity):
        for label in _unread(entity_type(one.type).props, one.props):
            yield _about(UNREADABLE, one, f"“{label}” is not understood as a date.")
        return
    kind = link_type(one.type)
    for label in _unread(kind.props, one.props):
        start, end = (document.find("entities", end) for end in (one.from_id, one.to_id))
        if isinstance(start, Entity) and isinstance(end, Entity):
            said = f"“{label}” of {start.number} {kind.word} {end.number} is not understood as a date."
            yield _about(UNREADABLE, start, said, one.id)


def lookalike(document: Document) -> Found:
    """Find names that a reader can take for another."""
    for found in suspects(document):
        yield None if found is None else _about(LOOKALIKE, *found)


def double(document: Document) -> Found:
    """Find entities that may be the same as another; each is told once, with the one that it is likest to."""
    told: set[str] = set()
    pairs = yield from doubles(document)
    try:
        for place, pair in enumerate(pairs, 1):
            if pair.other_id not in told:
                told.add(pair.other_id)
                one, other = document.get(Entity, pair.one_id), document.get(Entity, pair.other_id)
                yield _about(DOUBLE, other, f"It may be the same as {one.number}. {pair.why}")
            if place % _STEP == 0:
                yield None
    finally:
        let_go(pairs)


def open_conflicts(document: Document) -> Found:
    """Find fields of which several values stand since a merge, because nobody has decided yet."""
    for entity_id, conflicts in undecided(document).items():
        entity = document.find("entities", entity_id)
        if isinstance(entity, Entity):
            for one in conflicts:
                said = f"Two copies differ in {field_of(document, one)}; both values are kept until somebody decides."
                if one.field == DELETED:
                    said = "One copy deleted this, another went on working on it; it is kept until somebody decides."
                yield _about(UNDECIDED, entity, said, one.id)
        yield None


def _records(*tables: str) -> Callable[[Document], Iterator[Any]]:
    return lambda document: (record for table in tables for record in document.table(table).values())


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


RULES: Final[dict[str, Callable[[Document], Found]]] = {
    UNSOURCED: _each(_of_type("claim"), unsourced),
    ONE_ORIGIN: _each(_of_type("scenario"), one_origin),
    UNTRIED: _each(_of_type("scenario"), untried),
    CIRCULAR: circular,
    UNJUDGED: unjudged,
    BARE: _each(_records("links"), bare_relation),
    UNVERIFIED: _each(_records("attachments"), unverified),
    UNREADABLE: _each(_records("entities", "links"), unreadable),
    UNCONFIRMED: _each(_records("assessments"), unconfirmed),
    FOREIGN: foreign,
    LOOKALIKE: lookalike,
    UNDECIDED: open_conflicts,
    DOUBLE: double,
}
"""Every rule under its name, in the order in which they are told."""
