"""A router that looks at few routes: those whose literal pieces are those of the path."""

from collections.abc import Iterator, Sequence
from typing import Any

from starlette.routing import BaseRoute, Match, Route, Router
from starlette.types import Receive, Scope, Send

ANY = "{}"


class TableRouter(Router):
    """Routes stand in a tree of their path's pieces; a hundred and sixty regular expressions a request took longer than
    most answers. What a route matches, and which of several comes first, is the same as in Starlette's own.
    """

    def __init__(self, routes: Sequence[Route]) -> None:
        super().__init__(routes=routes, redirect_slashes=False)
        self._tree: dict[Any, Any] = {}
        for place, route in enumerate(routes):
            node: dict[Any, Any] = self._tree
            for piece in route.path.split("/"):
                node = node.setdefault(ANY if "{" in piece else piece, {})
            node.setdefault(None, []).append((place, route))

    async def app(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.lifespan(scope, receive, send)
            return
        partial: tuple[BaseRoute, Any] | None = None
        for route in self._near(scope["path"]):
            match, more = route.matches(scope)
            if match is Match.FULL:
                scope.update(more, route=route)
                await route.handle(scope, receive, send)
                return
            if match is Match.PARTIAL and partial is None:
                partial = (route, more)
        if partial is not None:  # the path is right, the method is not
            scope.update(partial[1], route=partial[0])
            await partial[0].handle(scope, receive, send)
            return
        await self.default(scope, receive, send)

    def _near(self, path: str) -> list[Route]:
        """In the order of the table."""
        found = sorted(self._found(self._tree, path.split("/"), 0), key=lambda one: one[0])
        return [route for _, route in found]

    def _found(
        self, node: dict[Any, Any], pieces: Sequence[str], depth: int
    ) -> Iterator[tuple[int, Route]]:
        if depth == len(pieces):
            yield from node.get(None, ())
            return
        for key in (pieces[depth], ANY):
            if key in node:
                yield from self._found(node[key], pieces, depth + 1)
