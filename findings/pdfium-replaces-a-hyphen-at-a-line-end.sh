#!/bin/sh
# Guess:    a line that ends in a hyphen is read as that hyphen and a line end.
# Happens:  between letters, Chinese ones too, PDFium takes it for a word divided at the line end: the line end is
#           dropped and the hyphen becomes U+FFFE, which is no character. 成都-|重庆 comes out as 成都\ufffe重庆, and the
#           two ends of a corridor are no longer apart. Dashes (— –) and hyphens between digits stay.
# Source:   pypdfium2, PdfTextPage.get_text_range: returns the text of a range; Unicode, 23.7: U+FFFE is a
#           noncharacter, not for the interchange of text.
# We:       a rule for reading PDF: U+FFFE is put back as a hyphen.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 2' INT TERM
cd "$folder"
python3 -m venv env
env/bin/pip install -q pypdfium2==5.15.2 fpdf2==2.8.9 || exit 2
npm install --silent --no-fund --no-audit @expo-google-fonts/noto-sans-sc@0.4.3 || exit 2

env/bin/python - <<'PY'
import logging, sys
import fpdf, pypdfium2

logging.disable(logging.WARNING)
FONT = "node_modules/@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf"


def read(*lines):
    page = fpdf.FPDF()
    page.add_page()
    page.add_font("noto", fname=FONT)
    page.set_font("noto", size=14)
    for line in lines:
        page.cell(text=line, new_x="LMARGIN", new_y="NEXT")
    return pypdfium2.PdfDocument(bytes(page.output()))[0].get_textpage().get_text_range()


corridor, dash, digits = read("推进成都-", "重庆中线高铁"), read("宜宾—", "西昌铁路"), read("长120-", "150公里")
print(f"version:  pypdfium2 {pypdfium2.version.PYPDFIUM_INFO}, fpdf2 {fpdf.__version__}")
print(f"expected: {'推进成都-' + chr(13) + chr(10) + '重庆中线高铁'!r}")
print(f"seen:     {corridor!r}; but {dash!r} and {digits!r}")
whole = ["宜宾—\r\n西昌铁路", "长120-\r\n150公里"]
sys.exit(not (corridor == "推进成都\ufffe重庆中线高铁" and [dash, digits] == whole))
PY
