"""The registers beside the tenants' files: legal documents, sources, what is announced."""

from __future__ import annotations

from datetime import date  # noqa: TC003  msgspec evaluates the annotations

from msgspec import field

from core.profiles.declaration import Row


class LegalDocumentRow(Row, frozen=True, kw_only=True):
    """A legal document that declarations may cite by its code."""

    code: str
    number: str | None
    issued_on: date | None = field(name="date")
    issuer: str | None
    title_vi: str
    programme: str | None
    source: str
    note: str | None = None


class SourceDocument(Row, frozen=True, kw_only=True):
    """A document that was read; ``source`` fields begin with its code."""

    code: str
    file: str
    what: str
    issuer: str
    number: str | None
    issued_on: date | None = field(name="date")
    period: str


class SourcePage(Row, frozen=True, kw_only=True):
    """A secondary public page, of which an excerpt was read."""

    key: str
    used_for: str
    address: str


class LegalDocumentsFile(Row, frozen=True, kw_only=True):
    """``legal_documents.toml``."""

    documents: tuple[LegalDocumentRow, ...]


class SourcesFile(Row, frozen=True, kw_only=True):
    """``sources.toml``."""

    documents: tuple[SourceDocument, ...]
    pages: tuple[SourcePage, ...]


class AnnouncedProgramme(Row, frozen=True, kw_only=True):
    """A programme that documents name and that no installed plugin brings."""

    key: str
    name_vi: str
    name_en: str
    may_be_declared_on: bool = False


class AnnouncedFile(Row, frozen=True, kw_only=True):
    """Programmes and indicators that may be named before a plugin brings them."""

    programmes: tuple[AnnouncedProgramme, ...]
    indicators: tuple[str, ...]
