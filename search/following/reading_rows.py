"""From rows of `search_document` back to documents."""

from typing import Any

from search.contract import Document, DocumentType, Period

_FIELDS = tuple(Document.__struct_fields__)
FIELDS = ", ".join(_FIELDS)


def document_of(row: Any) -> Document:
    return Document(
        **{name: row[name] for name in _FIELDS}
        | {
            "type": DocumentType(row["type"]),
            "days": tuple(row["days"]),
            "periods": tuple(map(Period, row["periods"])),
            "traits": tuple(row["traits"]),
            "author": str(row["author"] or ""),
            "covers": tuple(row["covers"]),
        }
    )
