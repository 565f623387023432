"""A popover that is filled when it is opened: most filters are not followed by a file, and pages are lighter without."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st
from streamlit.elements.lib.mutable_popover_container import PopoverContainer


@contextmanager
def opened(popover: PopoverContainer, width_px: int, height_px: int) -> Iterator[bool]:
    """Stand in the popover, and tell whether it is open.

    A closed one is as tall as what will come: the browser decides where it opens before it is filled.
    """
    with popover, st.container(width=width_px, height="content" if popover.open else height_px, border=False):
        yield bool(popover.open)
