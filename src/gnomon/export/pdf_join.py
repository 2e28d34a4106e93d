"""Pieces of a PDF as one: pages, tags and a foot on every page.

A PDF that is read aloud has a tree of tags beside its pages. Each piece brings its own: the roots are put under one,
and the numbers by which pages point into the tree are moved on, so that no two pieces use the same (ISO 32000-1, 14.7).
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf

FOOT_NAME = Name("/GnomonFoot")


def join_pieces(pieces: list[Path], footers: Callable[[int], list[Path]], path: Path) -> None:
    """`footers(n)` makes PDFs of n pages together that have nothing but their foot."""
    with Pdf.open(pieces[0]) as whole:
        tags = _Tags(whole) if "/StructTreeRoot" in whole.Root else None
        for piece in pieces[1:]:
            with Pdf.open(piece) as more:
                if tags is None:
                    whole.pages.extend(more.pages)
                else:
                    tags.add(more)
        if tags is not None:
            tags.close()
        pages = iter(whole.pages)
        for feet_path in footers(len(whole.pages)):
            with Pdf.open(feet_path) as feet:
                for foot in feet.pages:
                    _lay_over(whole, next(pages), foot)
        whole.save(path, object_stream_mode=pikepdf.ObjectStreamMode.generate)


class _Tags:
    """The tree of tags of the first piece, which takes in those of the others.

    Ids of headers are different in each piece already: the template sees to it.
    """

    def __init__(self, whole: Pdf) -> None:
        self._whole = whole
        self._root = whole.Root.StructTreeRoot
        (self._document,) = _as_list(self._root.K)
        self._children = _as_list(self._document.K)
        self._numbers = _numbered(self._root.ParentTree)
        self._names = _named(self._root.get("/IDTree"))
        self._next = 1 + max(self._numbers, default=-1)

    def add(self, more: Pdf) -> None:
        """The pages first: what points to them is copied behind them and then points to the copies."""
        shift = self._next
        for page in more.pages:
            if "/StructParents" in page.obj:
                page.obj.StructParents = int(page.obj.StructParents) + shift
            for note in page.obj.get("/Annots", []):
                if "/StructParent" in note:
                    note.StructParent = int(note.StructParent) + shift
        self._whole.pages.extend(more.pages)
        root = self._whole.copy_foreign(more.make_indirect(more.Root.StructTreeRoot))
        for document in _as_list(root.K):
            for child in _as_list(document.K):
                child.P = self._document
                self._children.append(child)
        for number, value in _numbered(root.ParentTree).items():
            self._numbers[number + shift] = value
        self._names |= _named(root.get("/IDTree"))
        self._next = 1 + max(self._numbers, default=-1)

    def close(self) -> None:
        root, whole = self._root, self._whole
        self._document.K = Array(self._children)
        numbers = [part for pair in sorted(self._numbers.items()) for part in pair]
        root.ParentTree = whole.make_indirect(Dictionary(Nums=Array(numbers)))
        root.ParentTreeNextKey = self._next
        names = [
            part
            for name, value in sorted(self._names.items())
            for part in (pikepdf.String(name), value)
        ]
        root.IDTree = whole.make_indirect(Dictionary(Names=Array(names)))


def _as_list(children: Object | None) -> list[Object]:
    if children is None:
        return []
    return list(children) if isinstance(children, Array) else [children]


def _numbered(tree: Object) -> dict[int, Object]:
    """A number tree, flat."""
    return {int(key): value for key, value in _leaves(tree, "/Nums")}


def _named(tree: Object | None) -> dict[bytes, Object]:
    """A name tree, flat."""
    return {} if tree is None else {bytes(key): value for key, value in _leaves(tree, "/Names")}


def _leaves(tree: Object, kind: str) -> Iterator[tuple[Object, Object]]:
    """Keys and values stand in turns, in the tree or in its kids."""
    pairs = list(tree.get(kind, []))
    yield from zip(pairs[::2], pairs[1::2], strict=True)
    for kid in tree.get("/Kids", []):
        yield from _leaves(kid, kind)


def _lay_over(whole: Pdf, page: pikepdf.Page, foot: pikepdf.Page) -> None:
    """The foot is drawn on the page as an artifact: seen, but not read aloud between two rows."""
    form = whole.copy_foreign(foot.as_form_xobject())
    page.add_resource(form, Name.XObject, FOOT_NAME)
    page.contents_add(b"q", prepend=True)
    page.contents_add(
        b"Q /Artifact <</Type /Pagination /Subtype /Footer>> BDC q /GnomonFoot Do Q EMC",
    )
