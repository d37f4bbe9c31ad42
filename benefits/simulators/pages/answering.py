"""Pages made of what somebody said of themselves: nobody on the way keeps them, nor the browser."""

from litestar.response import Template


def unkept(answer: Template) -> Template:
    answer.headers["cache-control"] = "no-store"
    return answer
