"""The tables. Rows are added and never changed; only how far a plan is read is: `clause.found`, `document.read`."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Integer, LargeBinary, MetaData, String, Table, Text

METADATA = MetaData()

document = Table(
    "document",
    METADATA,
    Column("slug", String, primary_key=True),
    Column("about", Text, nullable=False),  # JSON: title, issuer, date … as first read
    Column("content", LargeBinary, nullable=False),  # the file, byte for byte
    Column("text", Text, nullable=False),  # what was read from it; quotes stand in this
    Column("by", String, nullable=False),
    Column("at", String, nullable=False),  # UTC, ISO 8601
    Column("read", Boolean, nullable=False),
)

clause = Table(
    "clause",
    METADATA,
    Column("id", String, primary_key=True),  # "plan-0001/c7/s1/p2"
    Column("document", String, ForeignKey("document.slug"), nullable=False, index=True),
    Column("position", Integer, nullable=False),  # in reading order, from 0
    Column("kind", String, nullable=False),
    Column("label", String, nullable=False),
    Column("heading", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("found", Text),  # JSON: what the reader found in it, until the plan is read to its end; NULL: not read
)

proposal = Table(
    "proposal",
    METADATA,
    Column("id", String, primary_key=True),  # "plan-0001/n12"
    Column("document", String, ForeignKey("document.slug"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("content", Text, nullable=False),  # JSON, see store.findings.Finding
)

decision = Table(
    "decision",
    METADATA,
    Column("number", BigInteger, primary_key=True, autoincrement=False),  # 1, 2, 3 … without a gap
    Column("key", String, nullable=False, unique=True),  # given by who decides: asked twice, decided once
    Column("at", String, nullable=False),
    Column("by", String, nullable=False),
    Column("verb", String, nullable=False),
    Column("seen", Text, nullable=False),  # JSON: the version that was seen of each subject
    Column("why", Text, nullable=False),
    Column("content", Text, nullable=False),  # JSON
    Column("hash", String, nullable=False),  # over this row and the hash before it
)

# What a decision is about. Two decisions that saw one version of one subject cannot both stand.
touch = Table(
    "touch",
    METADATA,
    Column("subject", String, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("decision", BigInteger, ForeignKey("decision.number"), nullable=False),
)
