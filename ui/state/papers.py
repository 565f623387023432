"""What is taken away: the form of exports, the wishes for sheets and briefs, the last one made."""

from __future__ import annotations

from typing import Any

from ui.state.key import Key

FORMAT = Key("export_format", "")
CRS = Key("export_crs", "")
TITLE = Key("report_title", "")
PAPER = Key("report_paper", "")
LONG = Key("report_long", False)  # whether a brief has every feature and clause
FILE: Key[tuple[Any, str, bytes, str]] = Key("report_file", (None, "", b"", ""))  # made of what, form, content, name
JOB: Key[Any] = Key("report_job", None)  # what is being made: of what, form, name, the work (serve.work.Job)
PROBLEM = Key("report_problem", "")  # why the last one could not be made
