"""Given files made of bytes, and what is read in them."""

from collections.abc import Callable, Iterator
from io import BytesIO

from casefile.records import Post
from crawlers.importing.model import Given, Note, Options, Read, SetAside

OPTIONS = Options(source="file_test")


def given(content: bytes | str, name: str = "given.txt", folder: str = "") -> Given:
    data = content.encode() if isinstance(content, str) else content
    return Given(name, lambda: BytesIO(data), len(data), folder)


class Result:
    """Everything that a reader gave, by kind."""

    def __init__(self, reads: Iterator[Read]) -> None:
        everything = list(reads)
        self.posts = [read for read in everything if isinstance(read, Post)]
        self.set_aside = [read for read in everything if isinstance(read, SetAside)]
        self.notes = " ".join(read.text for read in everything if isinstance(read, Note))

    @property
    def texts(self) -> list[str]:
        return [post.text for post in self.posts]


def read(
    reader: Callable[[Given, Options], Iterator[Read]],
    content: bytes | str,
    name: str = "given.txt",
    options: Options = OPTIONS,
) -> Result:
    return Result(reader(given(content, name), options))
