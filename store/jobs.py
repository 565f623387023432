"""Reading in the background: a plan is read while its planner goes on, and can be stopped."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from functools import partial

from plans.errors import PlanError
from store.errors import StoreError
from store.reading import Progress
from store.workspace import Workspace


@dataclass(slots=True)
class Job:
    """The reading of one file. What is read stays when it is stopped, and goes on from there."""

    name: str
    progress: Progress | None = None
    slug: str = ""
    problem: str = ""
    done: bool = False
    stop: threading.Event = field(default_factory=threading.Event)

    @property
    def stopped(self) -> bool:
        """Tell whether it was stopped before its end."""
        return self.done and self.stop.is_set() and not self.problem


def begin(workspace: Workspace, name: str, content: bytes, by: str) -> Job:
    """Keep a plan and read it, in a thread of its own."""
    job = Job(name)
    threading.Thread(target=_add_and_read, args=(job, workspace, content, by), daemon=True).start()
    return job


def go_on(workspace: Workspace, slug: str, name: str) -> Job:
    """Go on with the reading of a plan that was stopped."""
    job = Job(name, slug=slug)
    threading.Thread(target=_read, args=(job, workspace), daemon=True).start()
    return job


def _add_and_read(job: Job, workspace: Workspace, content: bytes, by: str) -> None:
    try:
        job.slug = workspace.add(job.name, content, by=by)
    except (PlanError, StoreError) as error:
        job.problem, job.done = str(error), True
        return
    _read(job, workspace)


def _read(job: Job, workspace: Workspace) -> None:
    try:
        workspace.read(job.slug, partial(_goes_on, job))
    except (PlanError, StoreError) as error:
        job.problem = str(error)
    finally:
        job.done = True


def _goes_on(job: Job, progress: Progress) -> bool:
    """Take down how far it is; False where it is to stop."""
    job.progress = progress
    return not job.stop.is_set()
