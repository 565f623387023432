#!/bin/sh
# Guess:    the text of a paragraph in python-docx is what Word shows: with tracked changes the new wording, or
#           at least the old.
# Happens:  runs inside another element are passed over. Of 推进[甲→乙]开工 under tracked changes neither 甲 nor 乙 is read:
#           deleted words are left out as in the new wording, inserted ones as in the old. Content controls, smart tags
#           (older Word put them round places) and simple fields lose their words too, and a chapter's number
#           that Word counts by itself (第一章) is in no text at all.
# Source:   python-docx, Paragraph.text: the text of the paragraph's runs and hyperlinks, which says nothing of
#           revisions; ECMA-376-1, 17.13.5 and 17.5: insertions, content controls and smart tags are content.
# We:       a rule for reading plans in Word: walk all runs of a paragraph (descendants, deleted ones left out).
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 2' INT TERM
cd "$folder"
python3 -m venv env
env/bin/pip install -q python-docx==1.2.0 || exit 2

env/bin/python - <<'PY'
import sys
import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

OLD, NEW = "攀枝花至宁南高速公路", "攀枝花至盐源高速公路"
WHO = 'w:id="1" w:author="甲" w:date="2021-06-09T00:00:00Z"'


def run(text, tag="t"):
    return f"<w:r><w:{tag}>{text}</w:{tag}></w:r>"


CASES = {
    "tracked change": f"<w:del {WHO}>{run(OLD, 'delText')}</w:del><w:ins {WHO}>{run(NEW)}</w:ins>",
    "content control": f"<w:sdt><w:sdtContent>{run(NEW)}</w:sdtContent></w:sdt>",
    "smart tag": f'<w:smartTag w:uri="urn:schemas-microsoft-com:office:smarttags" w:element="place">{run(NEW)}</w:smartTag>',
    "simple field": f'<w:fldSimple w:instr=" DOCPROPERTY road ">{run(NEW)}</w:fldSimple>',
    "hyperlink": f'<w:hyperlink w:anchor="road">{run(NEW)}</w:hyperlink>',
}
plan = docx.Document()
for inside in CASES.values():
    made = f"<w:p {nsdecls('w')}>{run('推进')}{inside}{run('开工。')}</w:p>"
    plan.element.body.insert_element_before(parse_xml(made), "w:sectPr")
plan.add_paragraph("总体要求", style="List Number")
plan.save("plan.docx")

*read, numbered = [one.text for one in docx.Document("plan.docx").paragraphs]
print("version:  python-docx", docx.__version__)
print(f"expected: 推进{NEW}开工。 in all cases; 1. 总体要求")
for case, text in zip(CASES, read):
    print(f"seen:     {case}: {text}")
print(f"seen:     numbered: {numbered}")
sys.exit(read != ["推进开工。"] * 4 + [f"推进{NEW}开工。"] or numbered != "总体要求")
PY
