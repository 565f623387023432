"""川规图 Plan Atlas: the Streamlit front end over the atlas of the nine documents."""

from layers.atlas import bundled
from ui.navigation import run

run(bundled())
