"""What the lists of ads and of homes have in common: filters that stand in the page's address, and a place to count
distances from."""

from enum import StrEnum
from functools import cache
from typing import Any, ClassVar, Self, cast
from urllib.parse import urlencode

import msgspec
from litestar.datastructures import MultiDict

from places.communes import Place, commune
from search.contract import Sort

_replace: Any = msgspec.structs.replace


class Around(StrEnum):
    there = "la-bas"


class Narrowing:
    """Mixed into a frozen Struct, which names its fields, these among them, in the order of its address.

    `rayon` is in km around `commune` (an INSEE code, its label in the address), or with `autour` around the commune the
    member is moving to, or around their own.
    """

    __slots__ = ()

    PATH: ClassVar[str]
    __struct_fields__: ClassVar[tuple[str, ...]]

    q: str
    region: str | None
    departement: str | None
    commune: str | None
    rayon: int | None
    tri: Sort | None
    autour: Around | None

    @classmethod
    def together(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Those of these filters that hold together."""
        return values

    @classmethod
    def of(cls, asked: MultiDict[Any]) -> Self:
        """What in the address can be understood; the rest is left aside: people edit addresses and follow old links."""
        if not asked:
            return cls()  # the list as everybody opens it
        read = {field.name: _read(field, asked.getall(field.name, [])) for field in _fields(cast(Any, cls))}
        return cls(**cls.together({name: value for name, value in read.items() if value}))

    @property
    def order(self) -> Sort:
        """Around a commune without a bound the nearest first, else what answers best, or the newest."""
        if self.tri and not (self.tri is Sort.relevance and not self.q):
            return self.tri
        if self.commune and not self.rayon:
            return Sort.nearest
        return Sort.relevance if self.q else Sort.newest

    @property
    def place(self) -> Place | None:
        """The commune that was named."""
        return commune(self.commune) if self.commune else None

    def around(self, place: Around | None) -> Self:
        """The same, with distances counted from home, or from where one is moving to."""
        return self.changed(autour=place, commune=None)

    def changed(self, **values: Any) -> Self:
        changed: Self = _replace(self, **values)
        return changed

    def without(self, *names: str) -> Self:
        return self.changed(**{name: getattr(type(self)(), name) for name in names})

    def only(self, *names: str) -> Self:
        """These filters alone."""
        return type(self)(**{name: getattr(self, name) for name in names})

    def query(self, **more: str | int | None) -> str:
        """What follows the question mark in an address with these filters."""
        asked = msgspec.to_builtins(self) | {name: value for name, value in more.items() if value}
        if self.place:
            asked["commune"] = self.place.label
        return urlencode(asked, doseq=True)

    def address(self, **more: str | int | None) -> str:
        """The address of the list with these filters, shareable as it is."""
        return at(self.PATH, self.query(**more))

    def bare(self) -> str:
        """The address of the list with nothing chosen but the place."""
        return self.only("autour").address()


def at(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path


@cache
def _fields(cls: Any) -> tuple[msgspec.structs.FieldInfo, ...]:
    return msgspec.structs.fields(cls)


def _read(field: msgspec.structs.FieldInfo, typed: list[Any]) -> Any:
    """The value of a field, each of several on its own; nothing for what does not fit."""
    if not isinstance(field.default, tuple):
        return _one(field.type, typed[0]) if typed else None
    kind = field.type.__args__[0]
    return tuple(value for one in typed if (value := _one(kind, one)) is not None)


def _one(kind: Any, typed: object) -> Any:
    try:
        return msgspec.convert(str(typed).strip(), kind, strict=False)
    except msgspec.ValidationError:
        return None
