"""A field for files whose words are in the language of the session; Streamlit's own are English."""

from __future__ import annotations

from html import escape

import streamlit as st

from ui.messages import say

MOST_MB = 30  # as much as the server takes in one request
_STYLE = """<style>
[data-testid=stFileUploaderDropzoneInstructions]{display:none}
[data-testid=stFileUploaderDropzone]{flex-direction:column;align-items:stretch;gap:.3rem;padding:.6rem}
[data-testid=stFileUploaderDropzone] [data-testid=stBaseButton-secondary] p{font-size:0}
[data-testid=stFileUploaderDropzone] [data-testid=stBaseButton-secondary] p::after{content:"{browse}";font-size:.9rem}
[data-testid=stFileUploaderDropzone]::after{content:"{drop}";font-size:.8rem;opacity:.7}
</style>"""


# Streamlit gives its drop zone a role that says it is nothing, beside a name and a place in the order of keys.
_GROUP = st.components.v2.component(
    "plan_atlas_file_field",
    js="""export default () => {
  const mend = () => document.querySelectorAll("[data-testid=stFileUploaderDropzone][role=presentation]").forEach((one) => one.setAttribute("role", "group"));
  const seen = new MutationObserver(mend);
  seen.observe(document.body, { childList: true, subtree: true });
  mend();
  return () => seen.disconnect();
}""",
)


def file_words(most_mb: int = MOST_MB) -> None:
    """Give the file fields of the page their words, and say how large a file may be."""
    drop = escape(say("或拖到这里，每个不超过 {n} MB", n=most_mb))
    _GROUP(key="file-field")
    st.html(_STYLE.replace("{browse}", escape(say("选择文件"))).replace("{drop}", drop))
