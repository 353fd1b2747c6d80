"""A store -> the desk as a web application."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from hedui.errors import HeduiError
from hedui.review import (
    pages_adjudicate,
    pages_agreement,
    pages_desk,
    pages_door,
    pages_learn,
    pages_log,
    pages_offer,
    pages_people,
    pages_picture,
    pages_queue,
    pages_research,
    pages_search,
    pages_tasks,
)
from hedui.review.web import Desk, Walls, refused, static

__all__ = ["ROUTES", "application"]

ROUTES = (
    Route("/", pages_door.sign_in_form), Route("/sign-in", pages_door.sign_in, methods=["POST"]),
    Route("/sign-out", pages_door.sign_out, methods=["POST"]), Route("/language", pages_door.language, methods=["POST"]),
    Route("/welcome/{token}", pages_door.welcome), Route("/welcome/{token}", pages_door.welcome_form, methods=["POST"]),
    Route("/desk/{sha256}/{report}/offer/{what}/{target}", pages_offer.offer), Route("/skip", pages_tasks.pass_over, methods=["POST"]),
    Route("/assign", pages_tasks.hand_over, methods=["POST"]),
    Route("/queue", pages_queue.queue), Route("/next", pages_desk.next_task),
    Route("/desk/{sha256}/{report}", pages_desk.desk), Route("/desk/{sha256}/{report}/item/{target}", pages_desk.item),
    Route("/desk/{sha256}/{report}/act", pages_desk.act, methods=["POST"]),
    Route("/desk/{sha256}/{report}/pages", pages_picture.pages), Route("/page/{sha256}/{number:int}.jpg", pages_picture.picture),
    Route("/desk/{sha256}/{report}/at/{until}/item/{target}", pages_desk.item), Route("/desk/{sha256}/{report}/at/{until}", pages_desk.desk),
    Route("/desk/{sha256}/{report}/at/{until}/pages", pages_picture.pages),
    Route("/desk/{sha256}/{report}/at/{until}/act", pages_desk.past_act, methods=["POST"]),
    Route("/adjudicate", pages_adjudicate.index), Route("/adjudicate", pages_adjudicate.hand_out, methods=["POST"]),
    Route("/adjudicate/{sha256}/{report}", pages_adjudicate.adjudicate), Route("/adjudicate/{sha256}/{report}/item/{target}", pages_adjudicate.item),
    Route("/adjudicate/{sha256}/{report}/act", pages_adjudicate.act, methods=["POST"]),
    Route("/adjudicate/{sha256}/{report}/double", pages_adjudicate.double_one, methods=["POST"]),
    Route("/agreement", pages_agreement.agreement), Route("/log", pages_log.log), Route("/log.csv", pages_log.log_file),
    Route("/learn", pages_learn.learn), Route("/learn", pages_learn.say, methods=["POST"]),
    Route("/people", pages_people.people), Route("/people", pages_people.change, methods=["POST"]),
    Route("/research", pages_research.view), Route("/research/{view}", pages_research.view),
    Route("/research/numbers/{picture}.csv", pages_research.numbers), Route("/research/behind/{picture}.csv", pages_research.mark_file),
    Route("/research/behind/{picture}", pages_research.mark), Route("/research/report/{sha256}/{report}", pages_research.report),
    Route("/search", pages_search.search), Route("/search/far", pages_search.far), Route("/search/at/{id}", pages_search.around_it),
    Route("/search/near/{id}", pages_search.near), Route("/static/{name}", static),
)


def told(request: Request, error: Exception) -> Response:
    zh, _, en = str(error).partition(" · ")
    return refused(request, 400, zh, en)


def missing(request: Request, error: Exception) -> Response:
    return refused(request, 404, "没有这个页面", "no such page")


def application(desk: Desk) -> Starlette:
    """The desk over a store; every page and rule of it, with no server behind it yet."""
    app = Starlette(routes=list(ROUTES), middleware=[Middleware(Walls)], exception_handlers={HeduiError: told, ValueError: told, 404: missing})
    app.state.desk = desk
    return app
