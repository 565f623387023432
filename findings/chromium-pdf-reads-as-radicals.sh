#!/bin/sh
# Guess:    text comes out of a PDF as it went in; at worst NFKC brings look-alike characters together again.
# Happens:  a PDF tells each glyph's character, and in Noto and Source Han fonts 文 and the radical ⽂ are one glyph.
#           Skia, with which Chromium prints pages to PDF, names the lower code point: 文化 comes out as ⽂化, and
#           a search for it finds nothing. NFKC mends the Kangxi radicals (⽂, ⽔), but of the other block only two
#           of 115: 长江, 人民 and 青川 stay ⻓江, ⼈⺠ (人⺠) and ⻘川.
# Source:   ISO 32000-1, 9.10.2: ToUnicode gives the characters that text extraction is to return; Unicode,
#           EquivalentUnifiedIdeograph.txt maps both blocks to their ideographs.
# We:       plans/radicals.py maps both blocks, the second by Unicode's property Equivalent_Unified_Ideograph.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 2' INT TERM
cd "$folder"
python3 -m venv env
env/bin/pip install -q skia-python==144.1 pypdfium2==5.15.2 || exit 2
npm install --silent --no-fund --no-audit @expo-google-fonts/noto-sans-sc@0.4.3 || exit 2

env/bin/python - <<'PY'
import sys, unicodedata
import pypdfium2, skia

TEXT = "文化 水利 长江 人民 青川 攀枝花"
FONT = "node_modules/@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf"
stream = skia.DynamicMemoryWStream()
with skia.PDF.MakeDocument(stream) as document, document.page(595, 842) as page:
    page.drawString(TEXT, 50, 100, skia.Font(skia.Typeface.MakeFromFile(FONT), 16), skia.Paint())
read = pypdfium2.PdfDocument(bytes(stream.detachAsData()))[0].get_textpage().get_text_range()
mended = unicodedata.normalize("NFKC", read)
left = [one for one in mended if one not in TEXT]
print(f"version:  skia-python {skia.__version__}, pypdfium2 {pypdfium2.version.PYPDFIUM_INFO}")
print(f"expected: {TEXT}")
print(f"seen:     {read} (文化 in it: {'文化' in read}); after NFKC {mended}, still wrong: {' '.join(left)}")
sys.exit(not ("文化" not in read and "⽂化 ⽔利 ⻓江" in read and left == ["⻓", "⺠", "⻘"]))
PY
