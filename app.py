"""川规图 Plan Atlas: the Streamlit front end over the atlas of the nine documents."""

import streamlit as st

from layers.atlas import bundled
from ui.navigation import run

st.set_page_config(page_title="川规图 Plan Atlas", page_icon="🗺️", layout="wide")
run(bundled())
