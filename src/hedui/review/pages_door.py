"""The pages that let people in and out: sign in, sign out, and the one-time link that makes an account."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from hedui.errors import UsageError
from hedui.review.security import COOKIE, LASTS, MOST_FAILURES, WITHIN, digest_of, hashed, token, verified
from hedui.review.web import Form, carried, desk_of, form_of, page, redirect, refused, signed_in
from hedui.store.people import (
    add_person,
    change_person,
    close_session,
    failures,
    invitation,
    note_failure,
    open_session,
    person_named,
    redeem,
)

__all__ = ["language", "sign_in", "sign_in_form", "sign_out", "welcome", "welcome_form"]

LANGUAGES = ("both", "zh", "en")


def address_of(request: Request) -> str:
    return request.client.host if request.client else "?"


def sign_in_form(request: Request) -> Response:
    if signed_in(request) is not None:
        return redirect(request, "/queue")
    return page("sign_in.html", request, name="", said=None)


async def sign_in(request: Request) -> Response:
    form = await form_of(request)
    return await run_in_threadpool(let_in, request, form)


def let_in(request: Request, form: Form) -> Response:
    """Signs in by name and password; after eight failures of a name or an address within ten minutes nobody is tried."""
    store, name = desk_of(request).store, form.get("name", "").strip()
    keys = (f"name {name}", f"from {address_of(request)}")
    if any(failures(store, key, within=WITHIN) >= MOST_FAILURES for key in keys):
        said = ("失败次数过多，请十分钟后再试", "too many failures, try again in ten minutes")
        return page("sign_in.html", request, status=429, name=name, said=said)
    found = person_named(store, name)
    secret = found.secret if found is not None and found.active else None
    if not verified(secret, form.get("password", "")) or found is None:
        note_failure(store, *keys)
        return page("sign_in.html", request, status=403, name=name, said=("用户名或密码不对", "wrong name or password"))
    return entered(request, found.id)


def entered(request: Request, person: str) -> Response:
    desk, told = desk_of(request), token()
    open_session(desk.store, digest_of(told), person, csrf=token(), lasts=LASTS)
    answer = redirect(request, "/queue")
    answer.set_cookie(COOKIE, told, max_age=int(LASTS.total_seconds()), httponly=True, samesite="strict", secure=desk.https, path="/")
    return answer


async def sign_out(request: Request) -> Response:
    form = await form_of(request)
    one = await run_in_threadpool(signed_in, request)
    if one is not None and carried(request, one, form):
        await run_in_threadpool(close_session, desk_of(request).store, digest_of(request.cookies[COOKIE]))
    answer = redirect(request, "/")
    answer.delete_cookie(COOKIE, path="/")
    return answer


def welcome(request: Request) -> Response:
    """The page behind a one-time link."""
    found = invitation(desk_of(request).store, digest_of(request.path_params["token"]))
    if found is None:
        return refused(request, 404, "这个链接已用过或已过期，请管理员再发一个", "this link was used or has run out; ask for a new one")
    return page("welcome.html", request, invitation=found, name="", said=None)


async def welcome_form(request: Request) -> Response:
    form = await form_of(request)
    return await run_in_threadpool(make_account, request, form)


def make_account(request: Request, form: Form) -> Response:
    """Makes the account, or sets the new password, that a one-time link is for."""
    store, digest, name = desk_of(request).store, digest_of(request.path_params["token"]), " ".join(form.get("name", "").split())
    found = invitation(store, digest)
    if found is None:
        return welcome(request)
    try:
        if form.get("password", "") != form.get("again", ""):
            raise UsageError("两次输入的密码不同 · the two passwords differ")
        secret = hashed(form.get("password", ""))
        if found.person is None and not 1 <= len(name) <= 40:
            raise UsageError("请填姓名，至多 40 个字符 · a name of at most 40 characters is needed")
        if found.person is None and person_named(store, name) is not None:
            raise UsageError(f"{name}: 这个名字已有人用 · this name is taken")
        if not redeem(store, digest):
            return welcome(request)
        if found.person is not None:
            change_person(store, found.person, secret=secret)
            return entered(request, found.person)
        return entered(request, add_person(store, name=name, role=found.role, secret=secret).id)
    except UsageError as error:
        zh, _, en = str(error).partition(" · ")
        return page("welcome.html", request, status=400, invitation=found, name=name, said=(zh, en))


async def language(request: Request) -> Response:
    form = await form_of(request)
    told = form.get("language", "both")
    answer = redirect(request, form.get("back", "/") if form.get("back", "/").startswith("/") and not form.get("back", "/").startswith("//") else "/")
    answer.set_cookie("language", told if told in LANGUAGES else "both", max_age=31_536_000, samesite="lax", httponly=True, path="/")
    return answer
