"""Adding plans to the desk: files or pasted text, read in the background, with progress and a way to stop."""

from __future__ import annotations

import streamlit as st

from plans.sources.forms import TEXTS
from store.jobs import Job, begin, go_on
from store.workspace import Workspace
from ui.components.file_field import MOST_MB, file_words
from ui.messages import plain, say, told
from ui.state import address, desk

LEAST_PASTED = 10  # characters
TICK_S = 2.0  # after each look the server collects its garbage, and the reading stands still meanwhile


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
    if desk.JOBS.get():
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
    author = desk.author()
    desk.JOBS.set((*desk.JOBS.get(), *(begin(held, name, content, author) for name, content in waiting)))
    desk.ROUND.set(round_ + 1)  # a new key empties the field


def _unfinished(held: Workspace) -> None:
    """Offer to go on with what was stopped, here or when the program ended."""
    busy = {job.slug for job in desk.JOBS.get() if not job.done}
    for slug, kept in held.documents().items():
        if not kept.read and slug not in busy:
            st.button(
                say("继续读取：{title}", title=plain(kept.document.short, 20)),
                key=f"desk-go-on-{slug}",
                icon=":material/play_arrow:",
                on_click=lambda slug=slug, name=kept.document.short: desk.JOBS.set(
                    (*desk.JOBS.get(), go_on(held, slug, name))
                ),
            )


@st.fragment(run_every=TICK_S)
def _running() -> None:
    """Tell how far each reading is; when all are done, open the last."""
    jobs = desk.JOBS.get()
    for number, job in enumerate(jobs):
        left, right = st.columns([5, 1], vertical_alignment="center")
        left.progress(*_told(job))
        right.button(
            "✕", key=f"desk-stop-{number}", help=say("停止读取；已读的部分保留"), type="tertiary", on_click=job.stop.set
        )
    if jobs and all(job.done for job in jobs):
        problems = [f"“{job.name}”：{job.problem}" for job in jobs if job.problem]
        desk.PROBLEM.set("；".join(problems))
        desk.JOBS.set(())
        read = [job.slug for job in jobs if job.slug and not job.problem]
        if read:
            address.ask(plan=read[-1])
        st.rerun()


def _told(job: Job) -> tuple[float, str]:
    name = plain(job.name, 24)
    if job.problem:
        return 0.0, plain(told(job.problem))
    progress = job.progress
    if progress is None:
        return 0.0, say("{name}：正在打开", name=name)
    words = say(
        "{name}：{done}/{of} 条款，{found} 处", name=name, done=progress.done, of=progress.of, found=progress.found
    )
    if progress.left_s is not None and progress.left_s >= 1:
        words += say("，约剩 {s} 秒", s=round(progress.left_s))
    return progress.done / max(1, progress.of), words
