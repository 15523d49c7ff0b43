"""The screens of staff: path, audience, permission."""

from __future__ import annotations

from milieu.rules.permissions import May
from milieu.web.shared.screens import screen
from milieu.web.staff import (
    attendance,
    describe,
    duty,
    find,
    log,
    needs,
    orders,
    pages,
    rail,
    residents,
    rounds,
    stays,
    today,
    undo,
    where,
)

STAFF = "staff"
FORM = ["GET", "POST"]

urlpatterns = [
    screen("", pages.home, "home", audience="everyone", may=None),
    screen("today", today.board, "today", audience=STAFF, may=May.SEE_BOARD),
    screen("today/seen", today.seen, "seen", audience=STAFF, may=May.RECORD_CHECK, methods=["POST"]),
    screen("today/needs/<str:need>", today.need, "need", audience=STAFF, may=May.TAKE_NEED, methods=["POST"]),
    screen("rounds", rounds.page, "rounds", audience=STAFF, may=May.RECORD_CHECK, methods=["GET", "POST"]),
    screen("log", log.page, "log", audience=STAFF, may=May.RECORD_INTERACTION, methods=["GET", "POST"]),
    screen("undo/<str:entry>", undo.take_back, "undo", audience=STAFF, may=May.TAKE_BACK, methods=["POST"]),
    screen("residents", residents.listed, "residents", audience=STAFF, may=May.OPEN_RESIDENT),
    screen("residents/<str:stay>", residents.one, "resident", audience=STAFF, may=May.OPEN_RESIDENT, opens=True),
    screen(
        "residents/<str:stay>/one-to-one",
        residents.one_to_one,
        "one_to_one",
        audience=STAFF,
        may=May.RECORD_CHECK,
        methods=["POST"],
    ),
    screen("find/index.json", find.index, "find_index", audience=STAFF, may=May.SEE_PROGRAMME),
    screen("community", pages.community, "community", audience=STAFF, may=None),
    screen("handover", pages.handover, "handover", audience=STAFF, may=May.SEE_BOARD),
    screen("programme", pages.programme, "programme", audience=STAFF, may=May.SEE_PROGRAMME),
    screen("rail", rail.rail, "rail", audience=STAFF, may=None),
    screen("more", pages.more, "more", audience=STAFF, may=None),
    screen("where", where.page, "where", audience=STAFF, may=May.MOVE_PEOPLE, methods=FORM),
    screen(
        "residents/<str:stay>/move", where.one, "move", audience=STAFF, may=May.MOVE_PEOPLE, methods=FORM, opens=True
    ),
    screen(
        "today/groups/<str:slot>",
        attendance.page,
        "group",
        audience=STAFF,
        may=May.RECORD_ATTENDANCE,
        methods=FORM,
    ),
    screen(
        "residents/<str:stay>/order",
        orders.page,
        "order",
        audience=STAFF,
        may=May.ORDER_WATCH,
        methods=FORM,
        opens=True,
    ),
    screen("duty", duty.page, "duty", audience=STAFF, may=May.SEE_BOARD),
    screen("duty/<str:staff>", duty.one, "duty_of", audience=STAFF, may=May.RUN_DUTY, methods=FORM),
    screen(
        "residents/<str:stay>/describe",
        describe.page,
        "describe",
        audience=STAFF,
        may=May.DESCRIBE_STAY,
        methods=FORM,
        opens=True,
    ),
    screen("needs/new", needs.new, "need_new", audience=STAFF, may=May.TAKE_NEED, methods=FORM),
    screen("needs/<str:need>", needs.one, "need_page", audience=STAFF, may=May.TAKE_NEED, methods=FORM),
    screen("admit", stays.admit, "admit", audience=STAFF, may=May.BEGIN_STAY, methods=FORM),
    screen(
        "residents/<str:stay>/level", stays.level, "level", audience=STAFF, may=May.SET_LEVEL, methods=FORM, opens=True
    ),
    screen(
        "residents/<str:stay>/leave", stays.leave, "leave", audience=STAFF, may=May.BEGIN_STAY, methods=FORM, opens=True
    ),
]
