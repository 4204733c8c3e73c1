"""Turns every page of a PDF into a PNG: python tools/pdf_to_png.py FILE.pdf OUTDIR [--width 1240]."""

import argparse
from pathlib import Path

import pypdfium2


def main() -> None:
    """Write `<file>-<page>.png` for each page and print the paths."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("outdir", type=Path)
    parser.add_argument("--width", type=int, default=1240, help="pixels; 1240 is A4 at 150 dpi")
    options = parser.parse_args()
    options.outdir.mkdir(parents=True, exist_ok=True)
    with pypdfium2.PdfDocument(options.file) as document:
        for position, page in enumerate(document, start=1):
            target = options.outdir / f"{options.file.stem}-{position}.png"
            page.render(scale=options.width / page.get_width()).to_pil().quantize(colors=256).save(target, optimize=True)
            print(target)


if __name__ == "__main__":
    main()
