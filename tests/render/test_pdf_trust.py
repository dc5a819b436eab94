"""What a PDF, SVG or PNG may tell: only what is included, and every page says how it is marked."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from paper_reading import Make, reader_of, text_of

from evidenceboard import Session, commands
from evidenceboard.commands.generate import generate
from evidenceboard.errors import EvidenceBoardError
from evidenceboard.formats.format import Written
from evidenceboard.model.gradings import TLP
from evidenceboard.render import pdf_words
from evidenceboard.render.included import included
from evidenceboard.render.pages import planned
from evidenceboard.render.paper import laid_out
from evidenceboard.render.pdf_reading import PdfReading
from evidenceboard.render.pdf_texts import texts

pytestmark = pytest.mark.qt
LEVELS = ("TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED")


def everything_in(written: Written) -> bytes:
    """Return all bytes of an export, those that are packed unpacked, and its words."""
    assert isinstance(written.data, bytes)
    if not written.data.startswith(b"%PDF"):
        return written.data
    reader = reader_of(written)
    streams = [one.get_data() for number in range(1, reader.trailer["/Size"])
               if hasattr(one := reader.get_object(number), "get_data")]  # fmt: skip
    words = " ".join(texts(PdfReading(written.data))) + " ".join(str(one) for one in reader.outline)
    return b"".join([written.data, *streams, words.encode()])


def test_what_is_marked_above_stays_behind_with_its_cards_and_links_and_is_counted(
    board_path: Path, made: Make
) -> None:
    with Session.open(board_path) as session, session.transaction("Mark") as tx:
        claim, source = tx.document.entity("C1"), tx.document.entity("S1")
        commands.set_fields(tx, claim.id, marking="RED", notes="the informer")
        commands.set_fields(tx, source.id, marking="GREEN")
    for format_id in ("pdf", "svg"):
        written = made(board_path, format_id, at_most="TLP:AMBER")
        said = everything_in(written)
        for word in ("Lorries", "soldiers", "informer"):
            assert word.encode() not in said and word.encode("utf-16-be") not in said
        # The claim, its card, and the two links that end on it.
        assert written.withheld == 4
    said_again = text_of(made(board_path, at_most="TLP:AMBER"))
    assert "Weekly report" in said_again and "드론" in said_again
    assert "What is marked above TLP:AMBER is left out" in said_again
    whole = made(board_path)
    assert "Lorries" in text_of(whole) and whole.withheld == 0 and "left out" not in text_of(whole)
    assert made(board_path, "png", at_most="TLP:AMBER").data != made(board_path, "png").data


@pytest.mark.parametrize("product", ["poster", "atlas"])
def test_every_page_bears_the_highest_marking_that_is_on_it_twice(full: Path, made: Make, product: str) -> None:
    for level in LEVELS:
        with Session.open(full) as session, session.transaction("Mark") as tx:
            commands.set_fields(tx, tx.document.entity("A1").id, marking=level)
        for page in reader_of(made(full, product=product, paper="A5" if product == "atlas" else "")).pages:
            said = page.extract_text().split()
            assert said.count(level) >= 2, level
            stricter = TLP.caution[: TLP.caution.index(level)]
            assert not set(said) & set(stricter)


def test_the_files_own_marking_counts_and_a_word_on_no_scale_stands_before_it(board_path: Path, made: Make) -> None:
    with Session.open(board_path) as session, session.transaction("Mark") as tx:
        commands.set_file(tx, marking="TLP:AMBER")
    assert text_of(made(board_path)).split().count("TLP:AMBER") == 2
    with Session.open(board_path) as session, session.transaction("Mark") as tx:
        entity = tx.document.entity("S1")
        tx.change(entity, marking="NOFORN")
    said = text_of(made(board_path)).split()
    assert said.count("NOFORN") == 4 and said.count("TLP:AMBER") == 2, "on both edges, the card and its link"
    with pytest.raises(EvidenceBoardError, match="marked above TLP:GREEN; nothing was written"):
        made(board_path, at_most="TLP:GREEN")


def test_a_board_of_which_nothing_may_go_out_gives_no_blank_page(board_path: Path, made: Make) -> None:
    with Session.open(board_path) as session, session.transaction("Mark") as tx:
        for entity in tx.document.entities:
            commands.set_fields(tx, entity.id, marking="RED")
    for format_id in ("pdf", "png", "svg"):
        with pytest.raises(EvidenceBoardError, match="Everything on this board is marked above"):
            made(board_path, format_id, at_most="TLP:AMBER+STRICT")
    assert "Lorries" in text_of(made(board_path, at_most="TLP:RED"))


@pytest.mark.parametrize("seed", range(12))
def test_random_boards_say_no_word_that_was_not_included(tmp_path: Path, made: Make, seed: int) -> None:
    chance = random.Random(seed)
    path = tmp_path / "board.db"
    planted: dict[str, str] = {}
    with Session.create(path, title="Plantedtitle") as session:
        with session.transaction("Make up") as tx:
            generate(tx, tx.document.boards[0].id, cards=30, links=50, seed=seed)
        with session.transaction("Plant") as tx:
            for number, entity in enumerate(tx.document.entities):
                level = chance.choice(LEVELS)
                names = ("title", "notes", "tags")
                words = {name: f"{chance.choice(('planted', 'слово', '낱말'))}{number:03d}{name}" for name in names}
                planted |= dict.fromkeys(words.values(), level)
                commands.set_fields(tx, entity.id, marking=level, **words)
            for number, link in enumerate(tx.document.links):
                word, level = f"quoted{number:03d}", chance.choice(LEVELS)
                tx.change(link, marking=level, props={**link.props, "label": word, "quote": word})
                planted[word] = level
    limit = chance.choice(LEVELS[:-1])
    above = [word for word, level in planted.items() if LEVELS.index(level) > LEVELS.index(limit)]
    titles = [
        word for word, level in planted.items() if word.endswith("title") and level in LEVELS[: LEVELS.index(limit) + 1]
    ]
    for options in ({}, {"product": "atlas", "paper": "A3"}):
        written = made(path, at_most=limit, **options)
        said = everything_in(written)
        assert not [word for word in above if word.encode() in said or word.encode("utf-16-be") in said]
        assert not [word for word in titles if word.encode() not in said]
        assert written.withheld > 0


def test_a_pdf_with_a_word_too_many_is_refused(session: Session, board_path: Path, made: Make) -> None:
    """Check the pages of the whole board as if a card of it had been withheld, and against a card that changed."""
    written = made(board_path)

    def check(at_most: str) -> None:
        pages = planned(laid_out(included(session.document, None, at_most), lambda share: None))
        assert isinstance(written.data, bytes)
        pdf_words.check(written.data, pages, session.document, lambda share: None, pictures=False)

    check("")
    with session.transaction("Mark") as tx:
        commands.set_fields(tx, tx.document.entity("C1").id, marking="RED")
    with pytest.raises(EvidenceBoardError, match="words that were not to go out"):
        check("TLP:GREEN")
    session.undo()
    check("")
    with session.transaction("Change") as tx:
        commands.set_fields(tx, tx.document.entity("S1").id, title="Another report")
    with pytest.raises(EvidenceBoardError, match="words that were not to go out"):
        check("")


def test_a_pdf_that_is_cut_short_or_lost_its_words_is_refused(session: Session, board_path: Path, made: Make) -> None:
    pages = planned(laid_out(included(session.document, None), lambda share: None))
    whole, pictures = made(board_path).data, made(board_path, pixels=True).data
    assert isinstance(whole, bytes) and isinstance(pictures, bytes)
    for data, said in ((whole[:-20], "incomplete"), (pictures, "without text")):
        with pytest.raises(EvidenceBoardError, match=said):
            pdf_words.check(data, pages, session.document, lambda share: None, pictures=False)


def test_words_of_the_product_itself_do_not_make_a_false_alarm(session: Session, board_path: Path, made: Make) -> None:
    """Withhold a note that holds the very words which stand on the cards and links that go out."""
    with session.transaction("Add") as tx:
        said = "Untitled: states, denies, not assessed, contested, origin not recorded, unsourced, cards, Claim"
        note = commands.add_entity(tx, "note", title=said, marking="RED")
        bare = commands.add_entity(tx, "claim", title="")
        board = tx.document.boards[0].id
        cards = [commands.place(tx, board, entity.id, x=900, y=900).id for entity in (note, bare)]
        commands.link(tx, "bears on", bare.id, tx.document.entity("H1").id)
        folded = commands.add_frame(tx, board, title="", x=880, y=880, w=300, h=300, cards=cards[:1])
        commands.collapse_frame(tx, folded.id, True)
    written = made(board_path, at_most="TLP:CLEAR")
    assert "not assessed" in text_of(written) and written.withheld == 2


def test_odd_letters_do_not_make_a_false_alarm(session: Session, board_path: Path, made: Make) -> None:
    odd = (
        "Đurđević Ðorð, Đ",
        "ﬁnal oﬃce Ⅷ ㎞ ½ ŉ ŀ ĳ Ǆ ſt",
        "Ки́їв НАЗВА́ АВЕКМНОРСТХ ABEKMHOPCTX",
        "un\u00adsplit co\u200bop\u2060er א\u202eabc\u202cד",
        "한글 \u1112\u1161\u11ab\u1100\u1173\u11af e\u0301te\u0301 A\u030a \u212b \u2126 \u00b5",
        "漢字かな交じり文 豈更 العربية فارسی हिन्दी ไทย",
        "🚀 ok \U0001f469\u200d\U0001f467",
        "x" * 300,
        "tab\tline\nbreak\r\nend \u2028\u2029\x01\x7f",
        "a·b‐c‑d‒e–f—g",
    )
    with session.transaction("Add") as tx:
        for place, title in enumerate(odd):
            note = commands.add_entity(tx, "note", title=title)
            commands.place(tx, tx.document.boards[0].id, note.id, x=place % 4 * 300, y=700 + place // 4 * 300)
    for options in ({}, {"at_most": "TLP:CLEAR"}, {"product": "atlas"}):
        assert made(board_path, **options).data


def test_a_label_that_goes_on_for_ever_and_breaks_its_own_lines_does_not_keep_a_pdf_back(
    board_path: Path, made: Make
) -> None:
    label = "two\nlines\u2029three " + "W" * 2100 + " and more"
    with Session.open(board_path) as session, session.transaction("Link") as tx:
        ends = [commands.add_entity(tx, "actor", title=name).id for name in ("Here", "There")]
        for place, end in enumerate(ends):
            commands.place(tx, session.document.boards[0].id, end, x=600 * place, y=4000)
        commands.link(tx, "related", *ends, props={"label": label})
    assert "more characters" in text_of(made(board_path))
