"""The tables of a file, as text: for the steps that make them, and for the gate, which takes nothing else."""

from __future__ import annotations

import re
from typing import Final

FIRST_FORMAT: Final = """
create table boards (id text primary key, title text not null, position integer not null, marking text not null,
  marking_reason text not null, digest integer not null default 0);
create table entities (id text primary key, type text not null, number text not null, title text not null,
  notes text not null, marking text not null, marking_reason text not null, tags text not null, props text not null,
  digest integer not null default 0);
create index entities_number on entities (number);
create index entities_marking on entities (marking);
create table frames (id text primary key,
  board_id text not null references boards (id) deferrable initially deferred, title text not null,
  x real not null, y real not null, w real not null, h real not null, z integer not null,
  collapsed integer not null, colour text not null, digest integer not null default 0);
create index frames_board on frames (board_id);
create table cards (id text primary key,
  board_id text not null references boards (id) deferrable initially deferred,
  entity_id text not null references entities (id) deferrable initially deferred,
  x real not null, y real not null, w real not null, h real not null, z integer not null,
  frame_id text references frames (id) deferrable initially deferred, fitted integer not null, colour text not null,
  pinned integer not null, digest integer not null default 0);
create index cards_place on cards (board_id, x, y);
create index cards_entity on cards (entity_id);
create index cards_frame on cards (frame_id);
create table links (id text primary key, type text not null,
  from_id text not null references entities (id) deferrable initially deferred,
  to_id text not null references entities (id) deferrable initially deferred,
  notes text not null, marking text not null, marking_reason text not null, tags text not null, props text not null,
  digest integer not null default 0);
create index links_from on links (from_id);
create index links_to on links (to_id);
create index links_marking on links (marking);
create table assessments (id text primary key, subject_id text not null, field text not null,
  author_id text not null references authors (id) deferrable initially deferred,
  value text not null, reason text not null, at text not null, digest integer not null default 0);
create index assessments_subject on assessments (subject_id);
create index assessments_author on assessments (author_id);
create table attachments (id text primary key,
  entity_id text not null references entities (id) deferrable initially deferred,
  name text not null, media_type text not null, size integer not null, sha256 text not null, url text not null,
  captured_at text not null, tool text not null, notes text not null, marking text not null,
  marking_reason text not null, digest integer not null default 0);
create index attachments_entity on attachments (entity_id);
create index attachments_sha256 on attachments (sha256);
create table chunks (sha256 text not null, part integer not null, bytes blob not null, primary key (sha256, part));
create table snapshots (id text primary key, name text not null, operation_id text not null, at text not null,
  digest integer not null default 0);
create table settings (id text primary key, value text not null, digest integer not null default 0);
create table conflicts (id text primary key, record_table text not null, record_id text not null, field text not null,
  candidates text not null, decision text not null, value text not null, decided_by text not null,
  decided_at text not null, digest integer not null default 0);
create index conflicts_record on conflicts (record_id);
create table comments (id text primary key, subject_id text not null, field text not null,
  author_id text not null references authors (id) deferrable initially deferred, text text not null, at text not null,
  reply_to text not null, resolved_by text not null, resolved_at text not null, digest integer not null default 0);
create index comments_subject on comments (subject_id);
create index comments_author on comments (author_id);
create table custody (id text primary key, what text not null, subject_id text not null,
  author_id text not null references authors (id) deferrable initially deferred, at text not null,
  hash text not null, details text not null, digest integer not null default 0);
create index custody_author on custody (author_id);
create table redactions (id text primary key, record_table text not null, record_id text not null, field text not null,
  operations text not null, author_id text not null references authors (id) deferrable initially deferred,
  at text not null, reason text not null, digest integer not null default 0);
create index redactions_author on redactions (author_id);
create table authors (id text primary key, name text not null);
create table operations (id text primary key, label_key text not null, label_values text not null, kind text not null,
  target text, author_id text not null references authors (id) deferrable initially deferred,
  session_id text not null, counter integer not null, at text not null, "group" text, parents text not null,
  prev text, hash text not null, brought_by text);
create index operations_author on operations (author_id);
create table changes (op text not null references operations (id) deferrable initially deferred,
  "index" integer not null, "table" text not null, record_id text, records integer not null, before text, after text,
  salt text not null, commitment text not null, primary key (op, "index"));
create index changes_record on changes (record_id);
create table meta (key text primary key, value text not null);
"""
_STEPS_TABLE: Final = """
create table _sqlite_migrations (id integer primary key, migration_set text, name text, applied_at text);
create unique index idx__sqlite_migrations_migration_set_name on _sqlite_migrations (migration_set, name);
"""
"""What the library of the steps makes for itself."""
_NAMED: Final = re.compile(r"create (?:unique )?(table|index) (\w+)(?: on (\w+))?")


def plain(statement: str) -> str:
    """Return a statement without what makes no difference: quotes round names, spaces, capital letters."""
    bare = " ".join(re.sub(r'["`\[\]]', "", statement).lower().split())
    return re.sub(r" ?([(),]) ?", r"\1", bare)


def everything() -> dict[tuple[str, str, str], str]:
    """Return what a file of this version holds, SQLite's own indexes aside: (kind, name, table) and how it is made."""
    found: dict[tuple[str, str, str], str] = {}
    for statement in (FIRST_FORMAT + _STEPS_TABLE).split(";"):
        bare = " ".join(statement.split())
        if named := _NAMED.match(bare):
            kind, name, table = named.groups()
            found[kind, name, table or name] = plain(bare)
    return found
