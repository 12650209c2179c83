"""Files that a test makes: honest papers, and forty that are not what they seem."""

from __future__ import annotations

import gzip
import io
import struct
import tarfile
import zipfile
import zlib
from typing import TYPE_CHECKING

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject

from core.attachments.rules import FileRule

if TYPE_CHECKING:
    from collections.abc import Iterator

PLACE = "Kvxplace"


def picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40), **options: object) -> bytes:
    """A picture with red on its left and blue on its right."""
    image = Image.new("RGB", size, "red")
    image.paste("blue", (size[0] // 2, 0, size[0], size[1]))
    made = io.BytesIO()
    image.save(made, kind, **options)
    return made.getvalue()


def photograph() -> bytes:
    """As a telephone writes it: where it was taken, lying on its side, with a comment."""
    exif = Image.Exif()
    exif[0x010E] = PLACE
    exif[0x0112] = 6
    exif.get_ifd(0x8825).update({1: "N", 2: (10.0, 22.0, 33.0), 29: PLACE})
    return picture(exif=exif, comment=PLACE.encode(), quality=95)


def pdf(*objects: bytes, trailer: bytes = b"", pages: bytes = b"") -> bytes:
    """A PDF of one page, with more objects from number 4 on."""
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R " + pages + b">>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
        *objects,
    ]
    made, places = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%b\nendobj\n" % (number, part)
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    made += b"trailer\n<< /Size %d /Root 1 0 R %b>>\n" % (len(parts) + 1, trailer)
    return made + b"startxref\n%d\n%%%%EOF\n" % start


def stream(content: bytes, more: bytes = b"/Filter /FlateDecode ", *, pack: bool = True) -> bytes:
    """A stream object."""
    packed = zlib.compress(content) if pack else content
    return b"<< /Length %d %b>>\nstream\n%b\nendstream" % (len(packed), more, packed)


def object_stream(content: bytes, more: bytes = b"/Filter /FlateDecode ") -> bytes:
    """Objects packed into a stream."""
    return stream(b"9 0 " + content, b"/Type /ObjStm /N 1 /First 4 " + more)


def scan() -> bytes:
    """An honest scan as a library writes it, its objects packed."""
    writer = PdfWriter()
    page = writer.add_blank_page(595, 842)
    drawn = DecodedStreamObject()
    drawn.set_data(b"0 0 1 rg 10 10 200 200 re f " * 200)
    page[NameObject("/Contents")] = writer._add_object(drawn.flate_encode())
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def archive(*names: str) -> bytes:
    """A ZIP file."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for name in names:
            packed.writestr(name, "x")
    return made.getvalue()


def _png(*chunks: tuple[bytes, bytes]) -> bytes:
    made = b"\x89PNG\r\n\x1a\n"
    for kind, content in chunks:
        whole = kind + content
        made += struct.pack(">I", len(content)) + whole + struct.pack(">I", zlib.crc32(whole))
    return made


def _header(width: int, height: int) -> tuple[bytes, bytes]:
    return b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)


def _tape() -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as packed:
        packed.addfile(tarfile.TarInfo("paper.pdf"))
    return made.getvalue()


def _moving() -> bytes:
    made = io.BytesIO()
    first, second = Image.new("RGB", (8, 8), "red"), Image.new("RGB", (8, 8), "blue")
    first.save(made, "PNG", save_all=True, append_images=[second])
    return made.getvalue()


def _locked() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret", algorithm="RC4-128")
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def _gif() -> bytes:
    return picture("GIF")


def hostile() -> Iterator[tuple[str, bytes, FileRule]]:
    """Each with its name and the rule that stops it."""
    yield from _programs_and_pages()
    yield from _archives()
    yield from _pictures()
    yield from _papers()


def _programs_and_pages() -> Iterator[tuple[str, bytes, FileRule]]:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    yield "nothing", b"", FileRule.EMPTY
    yield "a text", b"just a text", FileRule.UNKNOWN_KIND
    yield "a GIF", _gif(), FileRule.UNKNOWN_KIND
    yield "a TIFF", picture("TIFF"), FileRule.UNKNOWN_KIND
    yield "an SVG", svg, FileRule.MARKUP
    yield "an SVG behind a declaration", b'\xef\xbb\xbf<?xml version="1.0"?>' + svg, FileRule.MARKUP
    yield "a page", b"  <!DOCTYPE html><script>alert(1)</script>", FileRule.MARKUP
    yield "a page in UTF-16", "\ufeff<html><script>".encode("utf-16-le"), FileRule.MARKUP
    yield "a page behind a text", b"hello <script>alert(1)</script>", FileRule.MARKUP
    yield "a page's program", b"<?php system('id'); ?>", FileRule.MARKUP
    yield "a Windows program", b"MZ\x90\x00" + bytes(200), FileRule.PROGRAM
    yield "a Linux program", b"\x7fELF\x02\x01\x01" + bytes(200), FileRule.PROGRAM
    yield "a shell script", b"#!/bin/sh\nrm -rf /", FileRule.PROGRAM
    yield "a batch file", b"@echo off\r\nformat c:", FileRule.PROGRAM
    yield "a shortcut", b"L\x00\x00\x00\x01\x14\x02\x00" + bytes(90), FileRule.PROGRAM
    yield "too many bytes", picture() + bytes(10_000_000), FileRule.TOO_LARGE


def _archives() -> Iterator[tuple[str, bytes, FileRule]]:
    yield "a ZIP", archive("a.pdf"), FileRule.ARCHIVE
    yield "an empty ZIP", archive(), FileRule.ARCHIVE
    yield "a RAR", b"Rar!\x1a\x07\x01\x00" + bytes(50), FileRule.ARCHIVE
    yield "a 7z", b"7z\xbc\xaf\x27\x1c" + bytes(50), FileRule.ARCHIVE
    yield "a gzip bomb", gzip.compress(bytes(50_000_000)), FileRule.ARCHIVE
    yield "a tape", _tape(), FileRule.ARCHIVE
    yield "a DOCX", archive("[Content_Types].xml", "word/document.xml"), FileRule.OFFICE
    yield "an XLSX with macros", archive("xl/workbook.xml", "xl/vbaProject.bin"), FileRule.OFFICE
    yield "an old DOC", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), FileRule.OFFICE


def _pictures() -> Iterator[tuple[str, bytes, FileRule]]:
    whole, page = picture("PNG"), b"<script>alert(1)</script>"
    line = zlib.compress(bytes(1000))
    yield "half a JPEG", picture(size=(400, 400))[:1500], FileRule.BROKEN_PICTURE
    yield "half a PNG", whole[: len(whole) // 2], FileRule.BROKEN_PICTURE
    yield "a head alone", b"\x89PNG\r\n\x1a\n", FileRule.BROKEN_PICTURE
    yield "a JPEG's head on a text", b"\xff\xd8\xff\xe0" + b"x" * 900, FileRule.BROKEN_PICTURE
    yield "a PNG that lies about a page", whole + page, FileRule.TWO_KINDS
    yield "a JPEG with a page in its comment", picture(comment=page), FileRule.TWO_KINDS
    yield "a JPEG and a ZIP", picture() + archive("a.exe"), FileRule.TWO_KINDS
    yield "a PNG and a ZIP", whole + archive("a.jar"), FileRule.TWO_KINDS
    yield "a JPEG and a PDF", picture(comment=b"%PDF-1.7 1 0 obj"), FileRule.TWO_KINDS
    yield "a moving PNG", _moving(), FileRule.MOVING_PICTURE
    huge = _png(_header(30_000, 30_000), (b"IDAT", line), (b"IEND", b""))
    yield "a bomb of pixels", huge, FileRule.TOO_MANY_PIXELS
    large = _png(_header(8000, 8000), (b"IDAT", line), (b"IEND", b""))
    yield "too many pixels", large, FileRule.TOO_MANY_PIXELS
    bomb = (b"zTXt", b"Comment\x00\x00" + zlib.compress(bytes(90_000_000)))
    text = _png(_header(1000, 1), bomb, (b"IDAT", line), (b"IEND", b""))
    yield "a bomb of text in a PNG", text, FileRule.BROKEN_PICTURE


def _papers() -> Iterator[tuple[str, bytes, FileRule]]:
    script = b"<< /S /JavaScript /JS (app.alert(1)) >>"
    yield "a PDF with a script", pdf(script), FileRule.PDF_SCRIPT
    spelt = b"<< /S /J#61va#53cript /JS (app.alert(1)) >>"
    yield "a script spelt in numbers", pdf(spelt), FileRule.PDF_SCRIPT
    yield "a packed script", pdf(object_stream(script)), FileRule.PDF_SCRIPT
    yield "a packed script spelt in numbers", pdf(object_stream(spelt)), FileRule.PDF_SCRIPT
    behind = bytes(3 << 20) + script
    yield "a script behind three megabytes", pdf(stream(behind)), FileRule.PDF_SCRIPT
    twice = stream(
        zlib.compress(script), b"/Type /ObjStm /First 4 /Filter [/FlateDecode/FlateDecode] "
    )
    yield "a script packed twice", pdf(twice), FileRule.BROKEN_PDF
    hexed = stream(
        script.hex().encode(), b"/Type /ObjStm /First 4 /Filter /ASCIIHexDecode ", pack=False
    )
    yield "a script in hexadecimal", pdf(hexed), FileRule.BROKEN_PDF
    shifted = object_stream(script, b"/Filter /FlateDecode /DecodeParms << /Predictor 12 >> ")
    yield "a script behind a predictor", pdf(shifted), FileRule.BROKEN_PDF
    led = object_stream(script[::-1], b"/Filter 8 0 R ")
    yield "objects packed who knows how", pdf(led), FileRule.BROKEN_PDF
    launch = b"<< /S /Launch /F (cmd.exe) >>"
    yield "a PDF that starts a program", pdf(launch), FileRule.PDF_ACTION
    yield (
        "a PDF that opens another",
        pdf(b"<< /S /GoToR /F (\\\\\\\\host\\\\a) >>"),
        FileRule.PDF_ACTION,
    )
    yield "a PDF that sends its form", pdf(b"<< /S /SubmitForm /F (x) >>"), FileRule.PDF_ACTION
    files = pdf(stream(b"MZ", b"/Type /EmbeddedFile /Filter /FlateDecode "))
    yield "a PDF with a file inside", files, FileRule.PDF_FILES
    yield "a PDF with an XFA form", pdf(b"<< /AcroForm << /XFA 5 0 R >> >>"), FileRule.PDF_FORM
    yield "a PDF with film", pdf(b"<< /Subtype /RichMedia >>"), FileRule.PDF_MEDIA
    yield "a locked PDF", _locked(), FileRule.LOCKED_PDF
    yield "a PDF cut off", scan()[:-30], FileRule.BROKEN_PDF
    yield "a PDF and a program behind it", scan() + b"MZ\x90" + bytes(300), FileRule.BROKEN_PDF
    yield "a PDF and a ZIP", scan() + archive("a.exe"), FileRule.TWO_KINDS
    page = scan().replace(b"%PDF-1.", b"%PDF-1.<script>alert(1)</script>\n", 1)
    yield "a PDF and a page", page, FileRule.TWO_KINDS
    bomb = zlib.compress(bytes(110_000_000))
    bombs = [b"<< /Length %d >>\nstream\n%b\nendstream" % (len(bomb), bomb)] * 3
    yield "a bomb in a PDF", pdf(*bombs), FileRule.TOO_LARGE_UNPACKED
