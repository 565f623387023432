"""A Word draft gets its comments where its projects stand, and is otherwise as it was."""

from __future__ import annotations

import io
import re

import docx
import pytest
from docx.oxml.ns import qn

from layers.atlas import bundled
from layers.match.__main__ import main
from layers.match.draft import checked
from layers.match.draft_notes import draft_commented
from layers.match.draft_word import draft_text

ATLAS = bundled()


def draft():
    written = docx.Document()
    written.add_heading("工作报告", 1)
    written.add_paragraph("")
    line = written.add_paragraph("一年来，攀枝花至")
    line.add_run("盐源高速公路").bold = True
    line.add_run("已建成通车，\t泸州市开工建设西昌至宁南高速公路。\n启动泸州至西藏高速铁路前期工作。")
    held = io.BytesIO()
    written.save(held)
    return held.getvalue()


def commented(data):
    return draft_commented(data, checked(ATLAS, draft_text("稿.docx", data)))


def words_of(written, number):
    """The words between the marks of a comment, as Word shows them."""
    body = "".join(
        f"<{child.tag.rsplit('}')[-1]}:{child.get(qn('w:id'))}>" if "Range" in child.tag else child.text or ""
        for child in written.element.body.iter(qn("w:commentRangeStart"), qn("w:commentRangeEnd"), qn("w:t"))
    )
    return re.search(f"<commentRangeStart:{number}>(.*)<commentRangeEnd:{number}>", body)[1]


def test_comments_stand_at_the_words_they_are_about():
    before = docx.Document(io.BytesIO(draft()))
    after = docx.Document(io.BytesIO(commented(draft())))
    assert [one.text for one in after.paragraphs] == [one.text for one in before.paragraphs]
    assert [run.text for run in after.paragraphs[2].runs if run.bold] == ["盐源高速公路"]
    notes = list(after.comments)
    assert [words_of(after, one.comment_id) for one in notes] == [
        "攀枝花至盐源高速公路",
        "西昌至宁南高速公路",
        "泸州至西藏高速铁路",
    ]
    assert [one.author for one in notes] == ["川规图 Plan Atlas"] * 3
    first, _, last = (one.text.split("\n") for one in notes)
    assert first[0] == "攀枝花至盐源高速公路（f-01736）"
    assert first[1].startswith("草稿写“建成通车”，《四类地区意见》")
    assert last[0].startswith("各规划中")


def test_comments_of_others_stay():
    once = commented(draft())
    assert len(list(docx.Document(io.BytesIO(commented(once))).comments)) == 6


@pytest.mark.parametrize("name", ["稿.docx", "稿.txt"])
def test_the_command_writes_comments_into_a_word_file_alone(tmp_path, capsys, name):
    (tmp_path / name).write_bytes(draft())
    code = main(["draft", str(tmp_path / name), "-o", str(tmp_path / "out.docx"), "--comments"])
    if name == "稿.txt":
        assert code == 2
        assert "comments need a .docx" in capsys.readouterr().err
    else:
        assert code == 0
        assert len(list(docx.Document(tmp_path / "out.docx").comments)) == 3
