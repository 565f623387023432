"""Adding plans to the desk: files or pasted text, read by a process of its own, with progress and a way to stop."""

from __future__ import annotations

import streamlit as st

from layers.errors import LayerError
from plans.errors import PlanError
from plans.sources.forms import TEXTS
from serve import tasks, work
from store.errors import StoreError
from store.roles import permit
from store.workspace import Workspace
from ui.components.file_field import MOST_MB, file_words
from ui.messages import plain, say
from ui.state import address, desk

LEAST_PASTED = 10  # characters
TICK_S = 1.0
MOST_SECONDS = 3600  # for the largest of plans


def add_plans(held: Workspace) -> None:
    """Draw the form, and what is being read."""
    with st.expander(say("添加规划"), icon=":material/note_add:", expanded=not held.documents()):
        file_words()
        round_ = desk.ROUND.get()
        st.file_uploader(
            say("规划文件（可多选）"),
            [ending.removeprefix(".") for ending in TEXTS],
            accept_multiple_files=True,
            key=f"desk-files-{round_}",
            max_upload_size=MOST_MB,
        )
        st.text_area(say("或粘贴文本"), key=f"{desk.PASTED.name}-{round_}", height=120)
        st.button(say("读取"), key="desk-add", type="primary", on_click=_begin, args=(held, round_))
    _unfinished(held)
    if desk.READS.get():
        _running()


def _begin(held: Workspace, round_: int) -> None:
    """Read what is in the form now: a file may have come with the click itself."""
    files = st.session_state.get(f"desk-files-{round_}") or []
    pasted = str(st.session_state.get(f"{desk.PASTED.name}-{round_}", "")).strip()
    waiting = [(one.name, one.getvalue()) for one in files]
    if len(pasted) >= LEAST_PASTED:
        waiting.append((f"{pasted.splitlines()[0][:30]}.txt".replace("/", "／"), pasted.encode()))
    if not waiting:
        desk.PROBLEM.set("请选择文件，或粘贴一段文字 (nothing to read)。")
        return
    for name, content in waiting:
        _read(held, name, content=content)
    desk.ROUND.set(round_ + 1)  # a new key empties the field


def _unfinished(held: Workspace) -> None:
    """Offer to go on with what was stopped, here or when the program ended."""
    busy = {read.slug for read in desk.READS.get() if not read.job.done}
    for slug, kept in held.documents().items():
        if not kept.read and slug not in busy:
            st.button(
                say("继续读取：{title}", title=plain(kept.document.short, 20)),
                key=f"desk-go-on-{slug}",
                icon=":material/play_arrow:",
                on_click=_read,
                args=(held, kept.document.short, slug),
            )


def _read(held: Workspace, name: str, slug: str = "", content: bytes = b"") -> None:
    """Let a process keep a plan and read it, or go on with one that is kept."""
    author = desk.author()
    try:
        permit(author, "add")
        job = work.desk("plans").ask(tasks.read_plan, held.url, slug, (name, content, author), seconds=MOST_SECONDS)
    except (StoreError, LayerError) as error:
        desk.PROBLEM.set(str(error))
    else:
        desk.READS.set((*desk.READS.get(), desk.Read(name, job, slug)))


@st.fragment(run_every=TICK_S)
def _running() -> None:
    """Tell how far each reading is; when all are done, open the last."""
    reads = desk.READS.get()
    for number, read in enumerate(reads):
        left, right = st.columns([5, 1], vertical_alignment="center")
        left.progress(*_told(read))
        right.button(
            "✕", key=f"desk-stop-{number}", help=say("停止读取；已读的部分保留"), type="tertiary", disabled=read.job.done,
            on_click=read.job.cancel,
        )  # fmt: skip
    if reads and all(read.job.done for read in reads):
        problems = {read: _problem(read.job) for read in reads}
        desk.PROBLEM.set("；".join(f"“{read.name}”：{why}" for read, why in problems.items() if why))
        desk.READS.set(())
        kept = [read.slug for read, why in problems.items() if read.slug and not why]
        if kept:
            address.ask(plan=kept[-1])
        st.rerun()


def _problem(job: work.Job) -> str:
    """Why a plan was not read; "" where it was, or was stopped."""
    try:
        job.result(0)
    except (PlanError, StoreError, LayerError) as error:
        return "" if job.stopped else str(error)
    return ""


def _told(read: desk.Read) -> tuple[float, str]:
    name = plain(read.name, 24)
    job = read.job
    if job.done:
        whole = not job.stopped and not _problem(job)
        return (1.0, say("{name}：已读完", name=name)) if whole else (0.0, say("{name}：未读完", name=name))
    if job.place:
        return 0.0, say("{name}：排队中，前面还有 {n} 份", name=name, n=job.place)
    progress = job.progress.progress if job.progress else None
    if progress is None:
        return 0.0, say("{name}：正在打开", name=name)
    words = say(
        "{name}：{done}/{of} 条款，{found} 处", name=name, done=progress.done, of=progress.of, found=progress.found
    )
    if progress.left_s is not None and progress.left_s >= 1:
        words += say("，约剩 {s} 秒", s=round(progress.left_s))
    return progress.done / max(1, progress.of), words
