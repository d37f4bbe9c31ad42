"""What a form says of a value that does not fit."""

from typing import Annotated

import msgspec
from litestar.datastructures import FormMultiDict

from app.forms import Form


class Letter(Form):
    body: Annotated[str, msgspec.Meta(max_length=4_000)]


def test_a_large_limit_is_read_with_its_narrow_space():
    form, errors = Letter.read(FormMultiDict({"body": "a" * 4_001}))
    assert form is None
    assert errors == {"body": "Écrivez au plus 4\u202f000 caractères."}
