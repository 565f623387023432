"""Work at the desk of the server (serve/work.py), as a planner waits for it."""

from __future__ import annotations

from typing import Any

import streamlit as st

from serve.work import Job
from ui.messages import say

LOOK_SECONDS = 0.2


def standing(job: Job) -> str:
    """Return where the work stands, in words."""
    words = {
        "": say("正在开始……"),
        "reading": say("正在读取……"),
        "lettering": say("正在安排注记……"),
        "drawing": say("正在绘制……"),
        "writing": say("正在撰写……"),
    }
    return say("排队中，前面还有 {n} 项", n=job.place) if job.place else words[job.progress]


def waited(job: Job, key: str) -> Any:
    """Show where the work stands until it is done, with a button that ends it, and return what came of it.

    Whatever else the planner does meanwhile ends it as well. Raises what the work raised.
    """
    told = st.empty()
    try:
        with told.container(horizontal=True, vertical_alignment="center"):
            line = st.empty()
            st.button(
                say("取消"), key=f"{key}-stop", icon=":material/close:"
            )  # a click begins a new run, which ends this one
        while not job.wait(LOOK_SECONDS):
            line.markdown(standing(job))
        return job.result()
    finally:
        job.cancel()
        told.empty()
