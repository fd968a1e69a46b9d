"""Which evidence a person may open with the desktop's own programs, and which is only saved."""

from pathlib import Path

#: Endings of files that only show something. Anything else, and anything that may run, is saved instead.
_SHOWN = frozenset(
    {
        "png", "jpg", "jpeg", "gif", "webp", "bmp", "tif", "tiff", "avif", "heic",
        "txt", "log", "csv", "tsv", "md", "json", "yaml", "yml", "pdf", "eml",
        "mp3", "ogg", "wav", "flac", "mp4", "webm", "mkv", "mov",
        "docx", "xlsx", "pptx", "odt", "ods", "odp",
    }
)  # fmt: skip

#: How files begin that a system would run, whatever they are called.
_RUN = (b"MZ", b"\x7fELF", b"#!", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"[Desktop Entry]")


def why_not_open(name: str, data: bytes = b"") -> str:
    """A sentence that says why a file is only saved; empty when it may be opened."""
    ending = Path(name).suffix.removeprefix(".").lower()
    if data.startswith(_RUN):
        return "This file can run: it is only saved, never opened."
    if ending not in _SHOWN:
        kind = f"“.{ending}” files" if ending else "files without an ending"
        return f"{kind[0].upper()}{kind[1:]} are only saved, never opened."
    return ""
