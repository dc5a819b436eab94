"""The types of links: which ends they join, how they read, and what they carry. One row a type."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from evidenceboard.model.entity_type import (
    Consistency,
    Credibility,
    Independent,
    Names,
    Props,
    PropText,
    field,
)
from evidenceboard.model.seam import derived_id
from evidenceboard.model.takes import Takes
from evidenceboard.model.values import dataclass

Basis = Annotated[Literal["", "own", "as cited", "none given"], Takes(before=lambda v: str(v).strip().lower())]


class NoProps(Props):
    """Nothing beside the note."""


class StatesProps(Props):
    """What a source says, where, how surely, and on what basis."""

    quote: PropText = field("Quote", "The words of the source", long=True, search=True)
    locator: PropText = field("Locator", "Page, paragraph, minute", search=True)
    date: PropText = field("Reported", "When the source said it, such as 18 Oct 2024", date=True)
    credibility: Credibility = field("Credibility", "AJP-2.1, 1 to 6")
    hedge: PropText = field("Hedge", "The word with which the source itself hedges", search=True)
    basis: Basis = field("Basis", "own: speaks for itself; as cited: hands on another's words; none given")


class BearsOnProps(Props):
    """How a claim or event sits with a scenario."""

    consistency: Consistency = field("Consistency", "CC, C, N, NA, I, II")
    reason: PropText = field("Reason", "Why", long=True, search=True)


class IndependentProps(Props):
    """Whether two sources have what they say apart from each other."""

    independent: Independent = field("Independent", "yes or no, with the reason; not judged until somebody says so")
    reason: PropText = field("Reason", "Why", long=True, search=True)


class RelatedProps(Props):
    """A relation in free words."""

    label: PropText = field("Label", "Such as “commands”", search=True)
    rests_on: Names = field("Rests on", "Claims that this relation stands on", refers_to="claim", default=[])


@dataclass(frozen=True, slots=True)
class LinkType:
    """One type of link. `reverse` is how it reads from its end; `tone` is plain, for or against.

    `single`: two entities have one such link at most, its id derived from theirs, in every copy alike. `mutual`: it
    means the same from both ends, which must differ. `reasoned`: the judgement that is not taken without a reason.
    """

    id: str
    word: str
    reverse: str
    ends: tuple[tuple[str, str], ...]
    props: type[Props]
    tone: str = "plain"
    key: str = ""
    single: bool = False
    mutual: bool = False
    reasoned: str = ""

    def pair_id(self, from_id: str, to_id: str) -> str:
        """Return the id of the one link that two entities have, or "" where they may have several."""
        if not self.single:
            return ""
        return derived_id(self.id, *(sorted((from_id, to_id)) if self.mutual else (from_id, to_id)))


LINK_TYPES: Final[tuple[LinkType, ...]] = (
    LinkType("states", "states", "stated by", (("source", "claim"),), StatesProps, key="s"),
    LinkType("denies", "denies", "denied by", (("source", "claim"),), StatesProps, "against", "d"),
    LinkType("cites", "cites", "cited by", (("source", "source"),), NoProps, key="c"),
    LinkType("author of", "author of", "author", (("actor", "source"),), NoProps, key="a"),
    LinkType("asserts", "asserts", "asserted by", (("actor", "claim"),), NoProps, key="t"),
    LinkType(
        "about",
        "about",
        "what is said of it",
        (("claim", "actor"), ("claim", "place"), ("claim", "event")),
        NoProps,
        key="b",
    ),
    LinkType("supports", "supports", "supported by", (("claim", "claim"),), NoProps, "for", "u"),
    LinkType("contradicts", "contradicts", "contradicted by", (("claim", "claim"),), NoProps, "against", "x"),
    LinkType("depends on", "depends on", "carries", (("claim", "claim"),), NoProps, key="p"),
    LinkType(
        "bears on",
        "bears on",
        "what bears on it",
        (("claim", "scenario"), ("event", "scenario")),
        BearsOnProps,
        key="o",
        single=True,
    ),
    LinkType(
        "independent of",
        "independent of",
        "independent of",
        (("source", "source"),),
        IndependentProps,
        key="i",
        single=True,
        mutual=True,
        reasoned="independent",
    ),
    LinkType("related", "related", "related", (("*", "*"),), RelatedProps, key="r"),
)
BY_ID: Final = {kind.id: kind for kind in LINK_TYPES}


def link_type(type_id: str) -> LinkType:
    """Return a link type; one that this version does not know is shown plainly under its own name."""
    return BY_ID.get(type_id) or LinkType(type_id, type_id, type_id, (("*", "*"),), NoProps)


def fits(kind: LinkType, from_type: str, to_type: str) -> bool:
    """Tell whether a link type joins these types of entities in this direction."""
    return any(start in ("*", from_type) and end in ("*", to_type) for start, end in kind.ends)


def fitting(from_type: str, to_type: str) -> list[tuple[LinkType, bool]]:
    """Return the types that fit between two entities, likeliest first, each with True where it must be turned round.

    Types that fit as drawn come first, then those that fit the other way, then “related”, which always fits.
    """
    related = BY_ID["related"]
    straight = [(kind, False) for kind in LINK_TYPES if kind is not related and fits(kind, from_type, to_type)]
    turned = [
        (kind, True)
        for kind in LINK_TYPES
        if kind is not related and fits(kind, to_type, from_type) and not fits(kind, from_type, to_type)
    ]
    return [*straight, *turned, (related, False)]
