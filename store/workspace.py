"""The workspace: plans kept byte for byte, what a reader proposes of them, and the log of decisions."""

from __future__ import annotations

import getpass
import logging
import threading
import uuid
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Engine, func, insert, select

from layers.atlas import Atlas
from layers.atlas.cache import VERSIONS
from plans.clauses import Clause, read
from store import published, tables
from store.database import opened, reading, writing
from store.decisions import UNDO, Decision, decision, read_row
from store.errors import StoreError
from store.kept import Kept, ground, kept_documents
from store.reading import Progress, add_plan, finish_reading
from store.roles import permit
from store.state import State, of
from store.verify import problems
from store.where import default_url

audit = logging.getLogger("store.audit")


class Workspace:
    """An open workspace. Threads may share one; processes open the same database."""

    def __init__(self, engine: Engine) -> None:
        """Work on a database that `store.database.opened` gave."""
        self.engine = engine
        self._lock = threading.RLock()
        self._known: tuple[int, State] | None = None  # number of proposals when read, state
        self._made: dict[tuple[str, ...], Atlas] = {}  # the last atlases, by what is published in them

    @classmethod
    def open(cls, url: str = "") -> Workspace:
        """Open the workspace at `url`, by default where PLAN_ATLAS_DB says or in the user's data folder; StoreError tells why not."""
        return cls(opened(url or default_url()))

    @property
    def url(self) -> str:
        """The address by which another process opens it."""
        return self.engine.url.render_as_string(hide_password=False)

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    # ---- plans ---------------------------------------------------------------------------------

    def add(self, name: str, content: bytes, *, by: str = "") -> str:
        """Keep a plan and its clauses, and return its slug; one that is there already is not added twice.

        PlanError tells why a file cannot be read, RoleError that `by` may not add one.
        """
        permit(by or who(), "add")
        return add_plan(self.engine, name, content, by or who())

    def read(self, slug: str, progress: Callable[[Progress], bool] = lambda _: True) -> int:
        """Let the reader go through a plan, from where it stopped, and return the number of its proposals.

        `progress` is told after each clause; where it answers False the reading stops, and what is read stays.
        """
        return finish_reading(self.engine, slug, progress)

    def documents(self) -> dict[str, Kept]:
        """Return the plans as they are kept, by slug, in the order in which they came."""
        with reading(self.engine) as connection:
            return kept_documents(connection)

    def content(self, slug: str) -> bytes:
        """Return the file of a plan, byte for byte."""
        with reading(self.engine) as connection:
            found = connection.execute(
                select(tables.document.c.content).where(tables.document.c.slug == slug)
            ).scalar_one_or_none()
        if found is None:
            raise StoreError(f"工作库中没有文件“{slug}” (no such document)。")
        return bytes(found)

    def clauses(self, slug: str) -> tuple[Clause, ...]:
        """Return the clauses of a plan in reading order."""
        kept = self.documents().get(slug)
        if kept is None:
            raise StoreError(f"工作库中没有文件“{slug}” (no such document)。")
        return tuple(read(kept.document, kept.text))

    # ---- decisions -----------------------------------------------------------------------------

    def state(self) -> State:
        """Return the state as the log has it now."""
        with reading(self.engine) as connection:
            return self.state_in(connection)

    def state_in(self, connection: Connection) -> State:
        """Return the state as `connection` sees it. What is known goes on with the decisions made since."""
        with self._lock:
            shape = _shape(connection)
            known = self._known
            fits = known is not None and known[0] == shape and _is_of(connection, known[1])
            start = known[1] if known and fits else of(ground(connection))
            since = start.last.number if start.last else 0
            log = tables.decision
            rows = connection.execute(select(log).where(log.c.number > since).order_by(log.c.number)).mappings()
            more = [read_row(row) for row in rows]
            state = start.after(more) if more else start
            self._known = shape, state
            return state

    def decide(
        self, verb: str, seen: Mapping[str, int], *, by: str = "", why: str = "", key: str = "", **content: Any
    ) -> Decision:
        """Write one decision about the subjects `seen`, each with the version it was seen in, and return it.

        `key` makes asking twice safe: the second time, the first answer comes back. Raises ConflictError, with
        what others did, where a subject has changed since; StoreError where the decision cannot be.
        """
        permit(by or who(), verb)
        told = {"key": key or uuid.uuid4().hex, "by": by or who(), "verb": verb, "seen": seen, "why": why}
        with writing(self.engine) as connection:
            before = _by_key(connection, str(told["key"]))
            if before:
                return before
            state = self.state_in(connection)
            state.check_seen(seen)
            made = decision(state.last, content=content, **told)  # type: ignore[arg-type]
            after = state.after([made])
            _write(connection, [made], state)
        self._keep(state, after)
        audit.info(made.line())
        return made

    def undo(self, number: int, *, by: str = "", why: str = "", key: str = "") -> Decision:
        """Undo the decision `number`, which is one more decision; StoreError where later ones build on it."""
        state = self.state()
        one = state.undoable(number)
        if one.verb == "publish" and (others := published.citing(state, next(iter(one.seen)))):
            raise StoreError(f"《{'》《'.join(others)}》引用了它的要素 (cited by others)；请先撤回那些规划。")
        seen = {subject: state.versions[subject] for subject in one.seen}
        permit(by or who(), one.verb)  # who may not publish may not take it back
        return self.decide(UNDO, seen, by=by, why=why, key=key, decision=number)

    def publish(self, slug: str, base: Atlas, *, by: str = "", why: str = "") -> Decision:
        """Publish a plan as it stands beside `base` (the nine documents); StoreError where it cannot stand there."""
        state = self.state()
        if slug not in state.documents:
            raise StoreError(f"工作库中没有文件“{slug}” (no such document)。")
        ids = published.new_ids(state, slug, base)
        if not ids and not any(one.into for one in state.of_document(slug)):
            raise StoreError("还没有接受任何条目 (nothing accepted)；请先审核。")
        seen = {slug: state.versions.get(slug, 0)}
        tried = decision(state.last, key="", by="", verb="publish", seen=seen, why="", content={"ids": ids})
        published.checked(self._atlas(state.after([tried]), base))
        return self.decide("publish", seen, by=by, why=why, ids=ids)

    def atlas(self, base: Atlas) -> Atlas:
        """Return the atlas of `base` and all that is published."""
        return self._atlas(self.state(), base)

    def _atlas(self, state: State, base: Atlas) -> Atlas:
        """The atlas of what is published, made once for each state of the publications."""
        if not state.published:
            return base
        key = (base.version, *(one.hash for one in state.published.values()))
        with self._lock:
            made = self._made.get(key)
        if made is None:
            texts = {slug: one.text for slug, one in self.documents().items()}
            made = base.beside(published.records(state.published, texts))
            with self._lock:
                self._made = dict([*self._made.items(), (key, made)][-VERSIONS:])
        return made

    def forget(self) -> None:
        """Read all anew the next time: the rows are others."""
        with self._lock:
            self._known = None

    def verify(self) -> list[str]:
        """Return what does not hold, a sentence each: quotes against sources, states against the log."""
        with reading(self.engine) as connection:
            self.forget()
            return problems(self, connection)

    def _keep(self, before: State, after: State) -> None:
        with self._lock:
            if self._known and self._known[1] is before:
                self._known = self._known[0], after


def who() -> str:
    """Return the name of who works here, as the system has it."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def _shape(connection: Connection) -> int:
    """How many documents and proposals there are: they come and never change."""
    counts = [select(func.count()).select_from(one).scalar_subquery() for one in (tables.document, tables.proposal)]
    return int(connection.execute(select(counts[0] + counts[1])).scalar_one())


def _is_of(connection: Connection, state: State) -> bool:
    """Tell whether a state known before is one of this log: a restored workspace has another."""
    last = state.last
    of_log = tables.decision.c
    held = connection.execute(select(of_log.hash).where(of_log.number == (last.number if last else 0)))
    return held.scalar_one_or_none() == (last.hash if last else None)


def _by_key(connection: Connection, key: str) -> Decision | None:
    row = connection.execute(select(tables.decision).where(tables.decision.c.key == key)).mappings().first()
    return read_row(row) if row else None


def _write(connection: Connection, made: Iterable[Decision], state: State) -> None:
    for one in made:
        connection.execute(insert(tables.decision).values(**one.row()))
        touched = [
            {"subject": subject, "version": state.versions.get(subject, 0) + 1, "decision": one.number}
            for subject in one.seen
        ]
        if touched:
            connection.execute(insert(tables.touch), touched)
