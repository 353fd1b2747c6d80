"""What the pages of the desk share: who asks, the template of an answer, and the walls round both.

Every page but the two that let people in asks for a session; every form carries the token of its session; every answer carries the headers of
`security.HEADERS`. What goes wrong on purpose becomes one line on the page, with status 400, 403, 404 or 409.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, wraps
from importlib.resources import files
from typing import Any, Protocol
from urllib.parse import parse_qs, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from hedui.export.inspect import PagePicture
from hedui.review.laying import Laying
from hedui.review.routing import Routing
from hedui.review.searching import Searching
from hedui.review.security import COOKIE, HEADERS, digest_of, same
from hedui.review.words import pair
from hedui.store import Store
from hedui.store.people import Role, Session, session

__all__ = ["ROLES", "Desk", "Form", "allowed", "desk_of", "done_by", "form_of", "page", "partial", "redirect",
           "refused", "shown_to", "signed_in", "static"]

ROLES: Mapping[Role, int] = {"annotator": 0, "adjudicator": 1, "admin": 2}
ALONE: Mapping[Role, tuple[str, str]] = {
    "annotator": ("请先登录", "sign in first"), "adjudicator": ("这一页只给裁定员和管理员", "for adjudicators and admins"),
    "admin": ("这一页只给管理员", "for admins alone")}
MOST_FORM = 200_000
# the colours and letters that the desk shares with the report page
PALETTE = "palette.css"
Form = Mapping[str, str]
TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml"}


class Pictures(Protocol):
    """Who draws the pages of files: asked by the names and the digest of a file."""

    def at_hand(self, names: Sequence[str], sha256: str) -> bool:
        """Whether the file is at hand and has pages to draw."""
        ...

    def sizes(self, names: Sequence[str], sha256: str, numbers: Iterable[int]) -> Mapping[int, tuple[float, float]]:
        """Width and height in points of some of its pages, from 1; nothing of those that cannot be drawn."""
        ...

    def picture(self, names: Sequence[str], sha256: str, number: int) -> PagePicture | None:
        """A page, from 1; None where it cannot be drawn."""
        ...


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What the desk works on: the store, how findings are sent to people, who draws the pages of files, whether cookies go by https
    alone, the folder of results (OUT of `hedui run`) for those who look at all reports at once, what is searched, and who lays out tasks
    behind its back."""

    store: Store
    routing: Routing = field(default_factory=Routing)
    pictures: Pictures | None = None
    https: bool = False
    out: str | None = None
    searching: Searching | None = None
    laying: Laying = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "laying", Laying(self.store, self.routing))


@cache
def environment() -> Environment:
    made = Environment(loader=PackageLoader("hedui.review"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.globals["pair"] = pair
    made.filters["query"] = lambda held: urlencode({k: v for k, v in held.items() if v not in (None, "")})
    return made


def desk_of(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


def signed_in(request: Request) -> Session | None:
    told = request.cookies.get(COOKIE)
    return session(desk_of(request).store, digest_of(told)) if told else None


def allowed(one: Session, least: Role) -> bool:
    return ROLES[one.person.role] >= ROLES[least]


async def form_of(request: Request) -> Form:
    """The fields of a form, each once, without the characters that no text holds."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > MOST_FORM:
            raise ValueError("表单过大 · the form is too large")
    held = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=500)
    return {name: values[-1].replace("\0", "") for name, values in held.items()}


def rendered(template: str, request: Request, **held: Any) -> str:
    return environment().get_template(template).render(**held, language=request.cookies.get("language", "both"), path=request.url.path)


def page(template: str, request: Request, *, status: int = 200, **held: Any) -> Response:
    held.setdefault("session", None)
    return HTMLResponse(rendered(template, request, **held), status_code=status)


def partial(template: str, request: Request, *, status: int = 200, headers: Mapping[str, str] | None = None, **held: Any) -> Response:
    return HTMLResponse(rendered(template, request, **held), status_code=status, headers=dict(headers or {}))


def refused(request: Request, status: int, zh: str, en: str, one: Session | None = None) -> Response:
    """An answer of one line: into the page where htmx asks, else a page of its own."""
    if request.headers.get("hx-request"):
        return partial("_said.html", request, status=status, zh=zh, en=en, bad=True, headers={"HX-Retarget": "#said", "HX-Reswap": "innerHTML"})
    return page("refused.html", request, status=status, zh=zh, en=en, session=one)


def redirect(request: Request, where: str) -> Response:
    if request.headers.get("hx-request"):
        return Response(status_code=204, headers={"HX-Redirect": where})
    return RedirectResponse(where, status_code=303)


def carried(request: Request, one: Session, form: Form) -> bool:
    """Whether a form came from a page of this session."""
    return same(request.headers.get("x-csrf") or form.get("csrf", ""), one.csrf)


def admitted(request: Request, least: Role, form: Form | None = None) -> Session | Response:
    """Who asks, where they are signed in, of that role at least, and, for a form, sent it from a page of their session; else what to answer."""
    one = signed_in(request)
    if one is None:
        return redirect(request, "/")
    if not allowed(one, least):
        return refused(request, 403, *ALONE[least], one)
    if form is not None and not carried(request, one, form):
        return refused(request, 403, "这一页已过期，请刷新", "this page has run out, load it anew", one)
    return one


def shown_to(least: Role = "annotator") -> Callable[[Callable[[Request, Session], Response]], Callable[[Request], Response]]:
    """Makes a page of a function of the request and of who asks, whom it admits."""
    def of(made: Callable[[Request, Session], Response]) -> Callable[[Request], Response]:
        @wraps(made)
        def asked(request: Request) -> Response:
            one = admitted(request, least)
            return one if isinstance(one, Response) else made(request, one)
        return asked
    return of


def done_by(least: Role = "annotator") -> Callable[[Callable[[Request, Session, Form], Response]], Callable[[Request], Awaitable[Response]]]:
    """Makes the answer to a form of a function of the request, of who sent it, whom it admits, and of the fields; it runs in a thread."""
    def of(made: Callable[[Request, Session, Form], Response]) -> Callable[[Request], Awaitable[Response]]:
        def answer(request: Request, form: Form) -> Response:
            one = admitted(request, least, form)
            return one if isinstance(one, Response) else made(request, one, form)

        @wraps(made)
        async def asked(request: Request) -> Response:
            return await run_in_threadpool(answer, request, await form_of(request))
        return asked
    return of


@cache
def asset(name: str) -> bytes | None:
    folder = files("hedui.export").joinpath("page_web") if name == PALETTE else files("hedui.review").joinpath("static")
    found = folder.joinpath(name)
    return found.read_bytes() if found.is_file() else None


def static(request: Request) -> Response:
    """A style, script or picture of the desk."""
    name = request.path_params["name"]
    content = asset(name) if "/" not in name else None
    if content is None:
        return refused(request, 404, "没有这个文件", "no such file")
    kind = TYPES.get(name.rpartition(".")[2], "application/octet-stream")
    return Response(content, media_type=kind, headers={"Cache-Control": "public, max-age=600"})


class Walls:
    """Puts HEADERS on every answer; refuses forms that come from another site."""

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Callable[..., Any], send: Callable[..., Any]) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        held = dict(scope["headers"])
        if scope["method"] not in ("GET", "HEAD") and held.get(b"sec-fetch-site", b"same-origin") not in (b"same-origin", b"none"):
            await HTMLResponse("另一个网站发来的请求 · refused: from another site", status_code=403, headers=HEADERS)(scope, receive, send)
            return

        async def with_headers(message: Any) -> None:
            if message["type"] == "http.response.start":
                there = {name.lower() for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *((k.lower().encode(), v.encode()) for k, v in HEADERS.items()
                                                             if k.lower().encode() not in there)]
            await send(message)

        await self.app(scope, receive, with_headers)
