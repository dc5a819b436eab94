"""CSV of other people: which column says what, which rows are links, what a row that is wrong is told."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evidenceboard import Session, commands
from evidenceboard.errors import FormatError
from evidenceboard.formats.csv_text import guarded, unguarded
from evidenceboard.formats.format import Written
from evidenceboard.formats.importing import Taken, import_file
from evidenceboard.model.records import Entity

Export = Callable[..., Written]


def taken(path: Path, name: str, content: str | bytes, **more: Any) -> Taken:
    source = path.parent / name
    source.write_bytes(content if isinstance(content, bytes) else content.encode())
    return import_file(path, source, **more)


def problems(done: Taken) -> list[tuple[str, str]]:
    return [(one.where, one.what) for one in done.report.problems]


def rows_of(data: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


def titled(path: Path, title: str) -> tuple[Entity, dict[str, Any]]:
    with Session.open(path, read_only=True) as session:
        found = next(one for one in session.document.entities if one.title == title)
        return found, session.document.values(found)


def test_a_table_is_read_by_the_names_of_its_columns_and_of_itself(board_path: Path) -> None:
    content = (
        "Name,Also known as,Kind,note,gender,TLP,tags\r\n"
        'Ada,"Countess; A. L.",person,"two\r\nlines",female,green,maths;poetry\r\n'
        ",,,,,,\r\n"
        "Булава,,unit,,,,\r\n"
    )
    done = taken(board_path, "Actors.csv", content)
    assert (problems(done), dict(done.report.created), done.report.cards) == ([], {"actor": 2}, 2)
    found, values = titled(board_path, "Ada")
    assert values == {"aliases": ["Countess", "A. L."], "kind": "person", "gender": "female"}
    assert (found.notes, found.marking, found.tags) == ("two\r\nlines", "TLP:GREEN", ("maths", "poetry"))
    with Session.open(board_path, read_only=True) as session:
        cards = session.document.cards
        below = max(card.y + card.h for card in cards[:5])
        assert all(card.y > below for card in cards[5:])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_every_usual_sign_between_cells_and_every_usual_encoding_is_read(
    board_path: Path, encoding: str, sign: str
) -> None:
    content = f"title{sign}type{sign}reliability\n병사{sign}source{sign}b\n"
    assert problems(taken(board_path, "table.csv", content.encode(encoding))) == []
    assert titled(board_path, "병사")[1]["reliability"] == "B"


def test_a_mapping_says_what_the_header_does_not(board_path: Path) -> None:
    mapping = {"type": "actor", "columns": {"Full name": "title", "Row": None, "Job": "role"}}
    assert problems(taken(board_path, "x.csv", "Row,Full name,Job\n1,Ada,clerk\n", mapping=mapping)) == []
    assert titled(board_path, "Ada")[1] == {"role": "clerk"}
    done = taken(board_path, "x.csv", "Row,Name\n1,Ada\n", mapping={"columns": {"Full name": "title"}})
    assert problems(done)[0] == ("line 1", "the mapping names a column “Full name” that is not there")


@pytest.mark.parametrize(
    "mapping", [{"kind": "actor"}, {"type": "ship"}, {"ends": 5}, {"columns": []}, {"columns": {"a": 5}}]
)
def test_a_mapping_that_says_nothing_is_refused_with_one_that_does(board_path: Path, mapping: dict[str, Any]) -> None:
    with pytest.raises(FormatError, match="The mapping cannot be used") as caught:
        taken(board_path, "actors.csv", "Name\nAda\n", mapping=mapping)
    example = caught.value.hint.partition("such as ")[2].partition("; for links")[0]
    assert set(json.loads(example)) == {"type", "columns"}
    assert "actor, claim" in caught.value.hint


def test_every_row_that_is_wrong_is_told_by_its_line(board_path: Path) -> None:
    before = board_path.read_bytes()
    content = (
        "title,reliability,marking,known_through\n"
        "sound,B,,\n"
        '"two\nlines",Z,,\n'
        "short,B\n"
        "marked,B,PINK,\n"
        "through,B,,S99\n"
        f"{'x' * 100_001},B,,\n"
    )
    done = taken(board_path, "sources.csv", content)
    assert done.operation is None
    assert [where for where, _ in problems(done)] == ["line 5"]
    done = taken(board_path, "sources.csv", content.replace("short,B\n", "short,B,,\n"))
    assert [where for where, _ in problems(done)] == ["line 3", "line 6", "line 7", "line 8"]
    said = " ".join(what for _, what in problems(done))
    for words in ("A, B, C, D, E, F", "TLP:RED", "neither in the file nor in the input", "100,000 characters"):
        assert words in said
    assert board_path.read_bytes() == before


def test_a_table_of_links_finds_its_ends_by_number_key_or_title(board_path: Path) -> None:
    assert problems(taken(board_path, "claims.csv", "id,statement\nK7,They came by rail\n")) == []
    content = (
        "from,type,to,credibility,note,rests_on\n"
        "S01,states,K7,3,seen,\n"
        "They came by rail,bears on,H1,,,\n"
        "A1,commands,Weekly report,,,C1;K7\n"
    )
    done = taken(board_path, "links.csv", content)
    assert (problems(done), done.report.links) == ([], 3)
    with Session.open(board_path, read_only=True) as session:
        document = session.document
        links = document.links[-3:]
        assert [(link.type, link.notes) for link in links] == [("states", "seen"), ("bears on", ""), ("related", "")]
        assert document.values(links[0]) == {"credibility": "3"}
        assert document.numbers_of(links[2].props["rests_on"]) == ["C1", "C3"]
        assert links[2].props["label"] == "commands"
    again = taken(board_path, "links.csv", content)
    assert (problems(again), again.report.links, len(again.report.notes)) == ([], 0, 3)


def test_a_link_to_nothing_or_one_that_does_not_fit_stops_all_of_it(board_path: Path) -> None:
    before = board_path.read_bytes()
    content = "source,target,type\nS1,C1,cites\nS1,C99,states\n,C1,states\nC1,C2,supports\nC1,C1,supports\n"
    told = problems(taken(board_path, "edges.csv", content))
    assert [where for where, _ in told] == ["line 2", "line 3", "line 4"]
    assert told[0][1].endswith("from the one to the other go states, denies, related")
    assert "“to” leads to nothing: nothing is called so" in told[1][1]
    assert board_path.read_bytes() == before


def test_ends_that_are_new_are_made_where_the_mapping_says_what_they_are(board_path: Path) -> None:
    content = "Source,Target,Type,Weight\nGeorge,William,Undirected,1\nWilliam,George,directed,2\n"
    assert len(problems(taken(board_path, "edges.csv", content))) == 4
    done = taken(board_path, "edges.csv", content, mapping={"ends": "actor"})
    assert (problems(done), dict(done.report.created), done.report.links) == ([], {"actor": 2}, 2)


def test_a_title_that_two_things_bear_leads_to_neither(board_path: Path) -> None:
    taken(board_path, "actors.csv", "name\nKim\nKim\n")
    told = problems(taken(board_path, "links.csv", "from,to\nKim,C1\n"))
    assert told == [("line 2", "“from” leads to nothing: several things are called so")]


def test_a_number_that_is_given_already_stays_where_it_is(board_path: Path) -> None:
    done = taken(board_path, "claims.csv", "number,title\nC1,Another\nC7,Seventh\n")
    assert [one.where for one in done.report.notes] == ["line 2"]
    assert titled(board_path, "Another")[0].number == "C3"
    assert titled(board_path, "Seventh")[0].number == "C7"


def test_the_links_of_one_board_join_another_one_where_its_numbers_are_others(
    rich: Path, export: Export, tmp_path: Path
) -> None:
    data = export(rich, "csv").data
    assert isinstance(data, bytes)
    with Session.create(tmp_path / "other.db") as session, session.transaction("Add") as tx:
        commands.add_entity(tx, "claim", title="mine")
        commands.add_entity(tx, "source", title="Weekly report")
    done = taken(tmp_path / "other.db", "links.csv", data)
    assert problems(done) == []
    assert done.report.links == len(rows_of(data))
    assert titled(tmp_path / "other.db", "Lorries carried 3,000 soldiers")[0].number != "C1"
    with Session.open(tmp_path / "other.db", read_only=True) as session:
        assert sum(one.title == "Weekly report" for one in session.document.entities) == 1
    assert problems(taken(rich, "links.csv", data)) == []
    assert export(rich, "csv").data == data


def test_no_cell_of_text_begins_as_a_formula(rich: Path, export: Export) -> None:
    tables = export(rich, "csv", folder=True).data
    assert isinstance(tables, dict)
    for name, data in {**tables, "links": export(rich, "csv").data}.items():
        for row in rows_of(data):
            for column, cell in row.items():
                assert not cell.startswith(("=", "+", "@", "\t", "\r")), f"{name} {column}"
                assert not cell.startswith("-") or float(cell), f"{name} {column}"
    for text in ("=1+1", "+1", "-1", "@sum", "\tx", "'=x", "''@", "＝1", "plain", "'quoted'", ""):
        assert unguarded(guarded(text)) == text


def test_a_folder_of_plain_tables_comes_in_as_one_step(board_path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    folder.mkdir()
    (folder / "actors.csv").write_text("id,name\nA01,Ada\n", "utf-8")
    (folder / "claims.csv").write_text("id,statement\nC01,Numbers can be worked on\n", "utf-8")
    (folder / "links.csv").write_text("from,type,to\nA01,asserts,C01\n", "utf-8")
    (folder / "read me.txt").write_text("not a table", "utf-8")
    done = import_file(tmp_path / "made.db", folder)
    assert (problems(done), dict(done.report.created), done.report.links) == ([], {"actor": 1, "claim": 1}, 1)
    (folder / "claims.csv").write_text("id,statement,weight\nC01,Numbers,heavy\n", "utf-8")
    told = problems(import_file(tmp_path / "again.db", folder))
    assert told[0][0] == "claims.csv line 2"
    assert not (tmp_path / "again.db").exists()
