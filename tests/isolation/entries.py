"""Each route of the application, and the ways to call it with ids and names of somebody else.

A route without an entry here fails the suites of isolation and of access.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from tests.isolation.furnishing import RELEASED
from tests.isolation.tables_of_forms import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.isolation.web_world import World

ID, WORD = "{id}", "{word}"
NEVER = "00000000-0000-4000-8000-000000000000"
# what is known of a row for a form's fields: of one out of reach nothing, as of one that never was
KNOWN = "GET /api/v1/forms/{owner}/{name}/known"
CASE_OF_IT = "{case of it}"
DETECTION = "/records/orphan-care/detection"


@dataclass(frozen=True, slots=True)
class Try:
    """One way to call a route. ``of`` names the form whose ids belong in place of ``{id}``."""

    path: str
    of: str | None = None
    body: dict[str, Any] | None = field(default=None, hash=False)


def address_of(code: str) -> str:
    return code.replace(".", "/").replace("_", "-")


def _of_each_form(path: str, *, of_rows: bool = True) -> tuple[Try, ...]:
    return tuple(
        Try(path.replace("{form}", address_of(code)), code if of_rows else None) for code in TABLES
    )


def _links(path: str, key: str) -> tuple[Try, ...]:
    """Answers that name a child or household of somebody else."""
    return (
        Try(path.replace("{form}", "core/child"), "core.household", {key: ID}),
        Try(
            path.replace("{form}", "drowning-prevention/injury-notice"),
            "core.child",
            {"child_id": ID},
        ),
        Try(path.replace("{form}", "child-labour/screening"), "core.child", {"child_id": ID}),
        Try(path.replace("{form}", "orphan-care/detection"), "core.child", {"child_id": ID}),
    )


# Pages and answers without rows are called and searched for what belongs to others; {word} is
# somebody else's name, {id} somebody else's row.
ENTRIES: dict[str, tuple[Try, ...]] = {
    "GET /": (Try("/"),),
    "GET /sign-in": (Try("/sign-in"),),
    "POST /sign-in": (Try("/sign-in", body={"tenant": "lao_cai", "login": "x", "password": "x"}),),
    # half a sign-in's own pages; tests/core/web/test_second_factor.py
    "GET /sign-in/code": (Try("/sign-in/code"),),
    "POST /sign-in/code": (Try("/sign-in/code", body={"code": "000000"}),),
    "GET /sign-in/enrol": (Try("/sign-in/enrol"),),
    "POST /sign-in/enrol": (Try("/sign-in/enrol", body={"code": "000000"}),),
    # made-up links; those of another tenant: tests/core/identity/test_links.py
    "GET /links/{purpose}/{token}": (Try("/links/reset/1.x"), Try("/links/reset/2.x")),
    "POST /links/{purpose}/{token}": (Try("/links/invitation/2.x", body={"password": "x"}),),
    "GET /account": (Try("/account"),),
    "GET /account/sign-ins": (Try("/account/sign-ins"),),
    "POST /account/sign-ins/end-others": (),  # ends the asker's own; test_own_account.py
    "POST /account/sign-ins/{sign_in_id}/end": (Try(f"/account/sign-ins/{ID}/end", "sign_in", {}),),
    "GET /account/password": (Try("/account/password"),),
    "POST /account/password": (Try("/account/password", body={"current": "x"}),),
    "GET /account/second-factor": (Try("/account/second-factor"),),
    "POST /account/second-factor/recovery-codes": (
        Try("/account/second-factor/recovery-codes", body={"code": "000000"}),
    ),
    "POST /account/second-factor/replace": (
        Try("/account/second-factor/replace", body={"code": "000000"}),
    ),
    "GET /accounts": (Try("/accounts"), Try(f"/accounts?after={ID}", "account")),
    "GET /accounts/new": (Try("/accounts/new"),),
    "POST /accounts/new": (Try("/accounts/new", body={"login": "x"}),),
    "GET /accounts/{account_id}": (Try(f"/accounts/{ID}", "account"),),
    "POST /accounts/{account_id}/roles": (
        Try(f"/accounts/{ID}/roles", "account", {"role": "auditor"}),
    ),
    "POST /accounts/{account_id}/roles/{grant_id}/revoke": (
        Try(f"/accounts/{ID}/roles/{ID}/revoke", "account", {}),
    ),
    "POST /accounts/{account_id}/link": (Try(f"/accounts/{ID}/link", "account", {}),),
    "POST /accounts/{account_id}/disable": (
        Try(f"/accounts/{ID}/disable", "account", {"reason": "x"}),
    ),
    "POST /accounts/{account_id}/enable": (Try(f"/accounts/{ID}/enable", "account", {}),),
    "GET /sign-in/ways": (Try("/sign-in/ways?tenant=lao_cai"),),
    "GET /sign-in/with/{tenant}/{provider}": (Try("/sign-in/with/lao-cai/no-such"),),
    "GET /sign-in/with/{tenant}/{provider}/answer": (
        Try("/sign-in/with/lao-cai/no-such/answer?code=x&state=x"),
    ),
    "GET /account/providers": (Try("/account/providers"),),
    "POST /account/providers/{provider}": (Try("/account/providers/no-such"),),
    "POST /account/providers/{provider}/remove": (Try("/account/providers/no-such/remove"),),
    "POST /sign-out": (),  # ends the asker's own sign-in; tests/core/web/test_signing_in.py
    "GET /programmes": (Try("/programmes"),),
    "GET /programmes/{programme}/exports/{name}": (
        Try("/programmes/child-labour/exports/no-such-file"),
        Try(f"/programmes/{WORD}/exports/log-frame?year=2018"),
    ),
    "POST /programmes/{programme}": (Try("/programmes/no-such-programme", body={"on": "yes"}),),
    "GET /children": (
        Try("/children"),
        Try(f"/children?q={WORD}"),
        Try(f"/children?after={ID}", "core.child"),
    ),
    "GET /children/{child_id}": (Try(f"/children/{ID}", "core.child"),),
    "POST /children/{child_id}/move": (
        Try(f"/children/{ID}/move", "core.child", {}),
        Try(f"/children/{ID}/move?asked=1", "core.child", {"to_commune_id": "1"}),
    ),
    "POST /children/{child_id}/circumstances/{record_id}/end": (
        Try(f"/children/{ID}/circumstances/{ID}/end", "core.child", {}),
        Try(f"/children/{ID}/circumstances/{ID}/end", "core.special_circumstance", {}),
    ),
    "POST /children/{child_id}/risks/{record_id}/end": (
        Try(f"/children/{ID}/risks/{ID}/end", "core.at_risk", {}),
    ),
    "POST /children/{child_id}/circumstances/{record_id}/assign": (
        Try(f"/children/{ID}/circumstances/{ID}/assign", "core.special_circumstance", {}),
    ),
    "GET /attention": (Try("/attention"),),
    "GET /alerts": (
        Try("/alerts"),
        Try("/alerts?view=overdue"),
        Try("/alerts?view=mine&programme=orphan_care"),
        Try(f"/alerts?after={ID}", "alert"),
    ),
    "GET /api/v1/alerts": (Try("/api/v1/alerts"), Try(f"/api/v1/alerts?after={ID}", "alert")),
    "GET /money": (Try("/money"), Try("/money?year=2018")),
    "GET /incidents": (Try("/incidents"), Try(f"/incidents?after={ID}", "core.urgent_incident")),
    "GET /incidents/{incident_id}": (Try(f"/incidents/{ID}", "core.urgent_incident"),),
    "POST /incidents/{incident_id}/notes/{level}": (
        Try(f"/incidents/{ID}/notes/province", "core.urgent_incident", {}),
    ),
    "POST /incidents/{incident_id}/updates": (
        Try(f"/incidents/{ID}/updates", "core.urgent_incident", {"content": "x"}),
    ),
    "GET /children/import": (Try("/children/import"),),
    "GET /children/import/template": (Try("/children/import/template"),),
    "POST /children/import": (Try("/children/import", body={"updates": "yes"}),),
    "GET /children/imports/{import_id}": (Try(f"/children/imports/{ID}", "child_list"),),
    "GET /children/imports/{import_id}/rows": (Try(f"/children/imports/{ID}/rows", "child_list"),),
    "POST /children/imports/{import_id}/stop": (
        Try(f"/children/imports/{ID}/stop", "child_list", {}),
    ),
    "POST /children/imports/{import_id}/resume": (
        Try(f"/children/imports/{ID}/resume", "child_list", {}),
    ),
    "POST /children/imports/{import_id}/others": (
        Try(f"/children/imports/{ID}/others", "child_list", {"all": "yes"}),
        Try(f"/children/imports/{ID}/others", "child_list", {"rows": "2"}),
    ),
    "GET /children/new": (Try("/children/new"),),
    "POST /children/new": (
        Try("/children/new", "core.household", {"household_id": ID}),
        Try("/children/new", None, {"full_name": "x"}),
    ),
    "GET /children/duplicates": (Try("/children/duplicates"),),
    "GET /children/{child_id}/duplicates/{other_id}": (
        Try(f"/children/{ID}/duplicates/{ID}", "core.child"),
    ),
    "POST /children/{child_id}/merge": (
        Try(f"/children/{ID}/merge", "core.child", {"loser": str(uuid4())}),
    ),
    "POST /children/{child_id}/merges/{merge_id}/undo": (
        Try(f"/children/{ID}/merges/{ID}/undo", "core.child", {}),
    ),
    "GET /review": (Try("/review"), Try("/review?year=2017")),
    "POST /review": (Try("/review", None, {"step": "verify", "commune": "1", "year": "2018"}),),
    "GET /lookup/children": (Try(f"/lookup/children?q={WORD}"),),
    "GET /lookup/households": (Try(f"/lookup/households?q={WORD}"),),
    "GET /lookup/hamlets": (Try(f"/lookup/hamlets?q={WORD}"), Try("/lookup/hamlets?q=a")),
    "GET /lookup/records/{owner}/{name}": (
        *_of_each_form("/lookup/records/{form}?q=2018", of_rows=False),
        *_of_each_form(f"/lookup/records/{{form}}?q={WORD}", of_rows=False),
    ),
    "GET /forms": (Try("/forms"),),
    "GET /forms/{owner}/{name}": _of_each_form("/forms/{form}", of_rows=False),
    "POST /forms/{owner}/{name}": _links("/forms/{form}", "household_id"),
    "GET /forms/{owner}/{name}/after/{source}/{record_id}": (
        Try(
            f"/forms/core/status-change/after/drowning_prevention.injury_notice/{ID}",
            "drowning_prevention.injury_notice",
        ),
        Try(
            f"/forms/orphan-care/dossier/after/orphan_care.detection/{ID}", "orphan_care.detection"
        ),
        Try(f"/forms/core/urgent-incident/after/core.case_intake/{ID}", "intake"),
    ),
    # a draft of somebody else stays: tests/core/registry/test_sample_corrections.py
    "POST /drafts/{draft_id}/delete": (Try(f"/drafts/{NEVER}/delete", body={}),),
    "GET /records/{owner}/{name}/{record_id}/correct": _of_each_form(
        f"/records/{{form}}/{ID}/correct"
    ),
    "POST /records/{owner}/{name}/{record_id}/correct": tuple(
        Try(f"/records/{address_of(code)}/{ID}/correct", code, {"_version": "0"}) for code in TABLES
    ),
    "GET /records/{owner}/{name}/{record_id}/history": _of_each_form(
        f"/records/{{form}}/{ID}/history"
    ),
    "PUT /api/v1/records/{owner}/{name}/{record_id}": tuple(
        Try(f"/api/v1/records/{address_of(code)}/{ID}", code, {}) for code in TABLES
    ),
    "PATCH /api/v1/records/{owner}/{name}/{record_id}": tuple(
        Try(f"/api/v1/records/{address_of(code)}/{ID}", code, {}) for code in TABLES
    ),
    "GET /api/v1/records/{owner}/{name}/{record_id}/history": _of_each_form(
        f"/api/v1/records/{{form}}/{ID}/history"
    ),
    "GET /records/{owner}/{name}": (
        *_of_each_form("/records/{form}", of_rows=False),
        *_of_each_form(f"/records/{{form}}?after={ID}"),
    ),
    "GET /records/{owner}/{name}/export": _of_each_form("/records/{form}/export", of_rows=False),
    "GET /records/{owner}/{name}/{record_id}": _of_each_form(f"/records/{{form}}/{ID}"),
    "POST /records/{owner}/{name}/{record_id}/attachments": (
        Try(f"{DETECTION}/{ID}/attachments", "orphan_care.detection", {"title": "x"}),
        Try(f"/records/core/child/{ID}/attachments", "core.child", {"title": "x"}),
    ),
    # attachments of others: tests/core/attachments/test_pages.py
    "GET /records/{owner}/{name}/{record_id}/attachments/{attachment_id}": (),
    "GET /records/{owner}/{name}/{record_id}/attachments/{attachment_id}/file": (),
    "POST /records/{owner}/{name}/{record_id}/attachments/{attachment_id}/remove": (),
    "GET /cases": (Try("/cases"), Try(f"/cases?after={ID}", "case")),
    "GET /cases/new": (Try("/cases/new"),),
    "POST /cases/new": (Try("/cases/new", "core.child", {"child_ref": ID}),),
    "GET /cases/new/after/{source}/{record_id}": (
        Try(f"/cases/new/after/child_labour.screening/{ID}", "child_labour.screening"),
        Try(f"/cases/new/after/child_labour.case/{ID}", "child_labour.case"),
    ),
    "GET /cases/{case_id}": (Try(f"/cases/{ID}", "case"),),
    "GET /cases/{case_id}/steps/{step}": (
        Try(f"/cases/{ID}/steps/assess-initially", "case"),
        Try(f"/cases/{ID}/steps/approve-plan", "case"),
    ),
    "POST /cases/{case_id}/steps/{step}": (
        Try(f"/cases/{ID}/steps/assess-initially", "case", {}),
        Try(f"/cases/{ID}/steps/reopen", "case", {"reason": "x"}),
    ),
    "GET /cases/{case_id}/refer": (Try(f"/cases/{ID}/refer", "case"),),
    "POST /cases/{case_id}/refer": (
        Try(f"/cases/{ID}/refer", "case", {}),
        Try(f"/cases/{NEVER}/refer", "account", {"to_account": ID}),
    ),
    "GET /cases/{case_id}/team": (Try(f"/cases/{ID}/team", "case"),),
    "POST /cases/{case_id}/team": (
        Try(f"/cases/{ID}/team", "case", {"account": NEVER}),
        Try(f"/cases/{NEVER}/team", "account", {"account": ID}),
    ),
    "POST /cases/{case_id}/team/{account_id}/end": (
        Try(f"/cases/{ID}/team/{NEVER}/end", "case", {}),
        Try(f"/cases/{NEVER}/team/{ID}/end", "account", {}),
    ),
    "GET /cases/{case_id}/referrals/{referral_id}": (
        Try(f"/cases/{CASE_OF_IT}/referrals/{ID}", "referral"),
    ),
    "POST /cases/{case_id}/referrals/{referral_id}/end": (
        Try(f"/cases/{CASE_OF_IT}/referrals/{ID}/end", "referral", {}),
    ),
    "GET /tasks": (Try("/tasks"), Try("/tasks?mine=1")),
    "GET /referrals": (Try("/referrals"),),
    "GET /referrals/{referral_id}": (Try(f"/referrals/{ID}", "referral"),),
    "POST /referrals/{referral_id}/answer": (
        Try(f"/referrals/{ID}/answer", "referral", {"answer": "accept"}),
    ),
    "GET /handover": (Try("/handover"),),
    "POST /handover/{account_id}": (Try(f"/handover/{ID}", "account", {"heir": NEVER}),),
    "GET /figures": (Try("/figures"), Try("/figures?since=2018-03-15&until=2018-04-14")),
    "GET /figures/table": (Try("/figures/table?format=csv"), Try("/figures/table")),
    "GET /figures/{code}": (Try("/figures/DRW-01?period=2018"), Try("/figures/COR-03?period=2018")),
    "GET /figures/{code}/table": (Try("/figures/COR-03/table?period=2018&format=csv"),),
    "GET /figures/{code}/records/{measure}": (
        Try("/figures/COR-03/records/core.children_under_6?period=2018"),
        Try(f"/figures/COR-03/records/core.children_under_6?period=2018&after={ID}", "core.child"),
        Try("/figures/ABU-01/records/sexual_abuse.detected?period=2018"),
        Try("/figures/DRW-01/records/drowning_prevention.drowning_deaths?period=2018"),
    ),
    "GET /reports": (Try("/reports"),),
    "POST /reports": (Try("/reports", body={"period": "2017"}),),
    "GET /reports/{period}": (Try(f"/reports/{RELEASED}"), Try("/reports/2018-Q4")),
    "GET /reports/{period}/document": (Try(f"/reports/{RELEASED}/document"),),
    "POST /reports/{period}/steps/{step}": (
        Try(f"/reports/{RELEASED}/steps/accept"),
        Try("/reports/2018-Q4/steps/draft"),
    ),
    "GET /reports/{period}/words": (Try("/reports/2018-Q4/words"),),
    "POST /reports/{period}/words": (
        Try("/reports/2018-Q4/words", body={"core-children_overview": "x"}),
    ),
    "GET /reports/{period}/changes": (Try(f"/reports/{RELEASED}/changes"),),
    "GET /reporting": (Try("/reporting"), Try("/reporting?year=2018")),
    "POST /reporting/requests": (Try("/reporting/requests", body={"name": "x"}),),
    "POST /reporting/events": (Try("/reporting/events", body={"obligation": "x"}),),
    "GET /reporting/{period}/units": (Try(f"/reporting/{RELEASED}/units"),),
    "POST /reporting/{period}/units/{area_id}/confirm": (
        Try("/reporting/2018-Q1/units/1/confirm"),
    ),
    "POST /reporting/{period}/exceptions": (
        Try("/reporting/2018-Q1/exceptions", body={"name": "x"}),
    ),
    "GET /audit": (Try("/audit"),),
    "GET /access/why": (
        Try("/access/why"),
        Try(f"/access/why?login={WORD}&form=core.child"),
    ),
    "POST /access/view-as/{account_id}": (Try(f"/access/view-as/{ID}", "account"),),
    "POST /access/own-eyes": (Try("/access/own-eyes"),),
    "GET /access/emergency": (Try("/access/emergency"),),
    "POST /access/emergency": (
        Try("/access/emergency", body={"form": "core.child", "code": "TE-X", "reason": "x"}),
    ),
    "GET /access/emergencies": (Try("/access/emergencies"),),
    "POST /access/emergencies/{emergency_id}": (
        Try(f"/access/emergencies/{ID}", "emergency", {"verdict": "justified"}),
    ),
    "GET /notices": (Try("/notices"),),
    "POST /notices/{notice_id}/seen": (Try(f"/notices/{ID}/seen", "notice"),),
    "GET /agreements": (Try("/agreements"),),
    "GET /agreements/new": (Try("/agreements/new"),),
    "POST /agreements/new": (Try("/agreements/new", body={"number": "x"}),),
    "GET /agreements/{agreement_id}": (Try(f"/agreements/{ID}", "agreement"),),
    "POST /agreements/{agreement_id}/end": (
        Try(f"/agreements/{ID}/end", "agreement", {"reason": "x"}),
    ),
    "POST /agreements/{agreement_id}/enrolments": (
        Try(f"/agreements/{ID}/enrolments", "agreement", {"child": "TE-X"}),
    ),
    "POST /agreements/{agreement_id}/enrolments/{enrolment_id}/leave": (
        Try(f"/agreements/{ID}/enrolments/{NEVER}/leave", "agreement", {"reason": "x"}),
    ),
    "GET /audit/records/{subject_id}": (Try(f"/audit/records/{ID}", "core.child"),),
    "GET /national": (Try("/national"), Try(f"/national?period={RELEASED}")),
    "GET /national/board": (Try("/national/board"), Try("/national/board?year=2018")),
    "GET /national/comparison": (Try(f"/national/comparison?indicator=DRW-01&period={RELEASED}"),),
    "GET /national/targets": (Try("/national/targets"),),
    "GET /national/document": (Try(f"/national/document?period={RELEASED}"),),
    "GET /healthz": (Try("/healthz"),),
    "GET /readyz": (Try("/readyz"),),
    "GET /metrics": (Try("/metrics"),),
    "POST /api/v1/sign-in": (),  # JSON alone; tests/core/web/test_signing_in.py
    "POST /api/v1/sign-in/code": (Try("/api/v1/sign-in/code", body={"code": "000000"}),),
    # forms alone, with a secret; tests/federation/test_machines.py crosses tenants
    "POST /api/v1/oauth/token": (),
    "POST /api/v1/oauth/revoke": (),
    "GET /.well-known/oauth-authorization-server": (
        Try("/.well-known/oauth-authorization-server"),
    ),
    "GET /api/v1/me": (Try("/api/v1/me"),),
    "GET /api/v1/programmes": (Try("/api/v1/programmes"),),
    "POST /api/v1/programmes/{key}": (Try("/api/v1/programmes/no-such", body={"on": True}),),
    "GET /api/v1/forms": (Try("/api/v1/forms"),),
    "GET /api/v1/forms/{owner}/{name}": _of_each_form("/api/v1/forms/{form}", of_rows=False),
    KNOWN: (Try(f"/api/v1/forms/core/at-risk/known?child_id={ID}", "core.child"),),
    "GET /api/v1/records/{owner}/{name}": (
        *_of_each_form("/api/v1/records/{form}", of_rows=False),
        *_of_each_form(f"/api/v1/records/{{form}}?after={ID}"),
    ),
    "POST /api/v1/records/{owner}/{name}": _links("/api/v1/records/{form}", "household_id"),
    "GET /api/v1/records/{owner}/{name}/{record_id}": _of_each_form(
        f"/api/v1/records/{{form}}/{ID}"
    ),
    "GET /api/v1/cases": (Try("/api/v1/cases"), Try(f"/api/v1/cases?after={ID}", "case")),
    "POST /api/v1/cases": (Try("/api/v1/cases", "core.child", {"child_ref": ID}),),
    "GET /api/v1/cases/{case_id}": (Try(f"/api/v1/cases/{ID}", "case"),),
    "GET /api/v1/cases/{case_id}/steps/{step}": (Try(f"/api/v1/cases/{ID}/steps/review", "case"),),
    "POST /api/v1/cases/{case_id}/steps/{step}": (
        Try(f"/api/v1/cases/{ID}/steps/review", "case", {}),
    ),
    "POST /api/v1/cases/{case_id}/referrals": (Try(f"/api/v1/cases/{ID}/referrals", "case", {}),),
    "GET /api/v1/cases/{case_id}/referrals/{referral_id}": (
        Try(f"/api/v1/cases/{CASE_OF_IT}/referrals/{ID}", "referral"),
    ),
    "GET /api/v1/tasks": (Try("/api/v1/tasks"),),
    "GET /api/v1/referrals": (Try("/api/v1/referrals"),),
    "GET /api/v1/referrals/{referral_id}": (Try(f"/api/v1/referrals/{ID}", "referral"),),
    "POST /api/v1/referrals/{referral_id}/answer": (
        Try(f"/api/v1/referrals/{ID}/answer", "referral", {"accept": True}),
    ),
    "GET /api/v1/children": (Try(f"/api/v1/children?q={WORD}"),),
    # no installed programme declares a route; tests/core/web/test_switching.py brings one
    "GET /api/v1/programmes/{programme}/{path}": (Try("/api/v1/programmes/child-labour/x"),),
    "GET /api/v1/figures/{code}": (Try(f"/api/v1/figures/DRW-01?period={RELEASED}"),),
    "GET /api/v1/figures/{code}/opened": (
        Try(f"/api/v1/figures/DRW-01/opened?period={RELEASED}"),
        Try(f"/api/v1/figures/COR-03/opened?period={RELEASED}"),
    ),
    "GET /api/v1/reports": (Try("/api/v1/reports"),),
    "GET /api/v1/reports/calendar/{year}": (Try("/api/v1/reports/calendar/2018"),),
    "GET /api/v1/reports/{period}": (Try(f"/api/v1/reports/{RELEASED}"),),
    "POST /api/v1/reports/{period}/steps/{step}": (
        Try(f"/api/v1/reports/{RELEASED}/steps/draft", body={}),
    ),
    "GET /api/v1/reports/{period}/units": (Try(f"/api/v1/reports/{RELEASED}/units"),),
    "POST /api/v1/reports/{period}/units/{area_id}/confirm": (
        Try("/api/v1/reports/2018-Q1/units/1/confirm", body={}),
    ),
    "GET /api/v1/reports/{period}/dhis2": (Try(f"/api/v1/reports/{RELEASED}/dhis2"),),
    "GET /api/v1/national/board/{year}": (Try("/api/v1/national/board/2018"),),
    "GET /api/v1/national/targets": (Try("/api/v1/national/targets"),),
    "GET /api/v1/national/{period}": (Try(f"/api/v1/national/{RELEASED}"),),
    "GET /static/{file_path}": (Try("/static/annhi.css"),),
    "GET /schema": (Try("/schema"),),
    "GET /schema/openapi.json": (Try("/schema/openapi.json"),),
    "GET /schema/{path}": (Try("/schema/x"),),
}


def in_turn(turn: int | None, *, with_ids: bool) -> Iterator[tuple[str, Try]]:
    """The ways to call each route with somebody's id, or those without: all, or one in its turn."""
    for number, (route, tries) in enumerate(ENTRIES.items()):
        ways = [one for one in tries if (one.of is not None) == with_ids]
        chosen = ways if turn is None or not ways else [ways[(turn + number) % len(ways)]]
        yield from ((route, one) for one in chosen)


def case_of(world: World, referral: str) -> str:
    """The case that a referral really belongs to; one that is unknown has no other."""
    found = world.scalar(
        "SELECT case_id FROM core.case_referral WHERE CAST(id AS text) = :id", id=referral
    )
    return str(found or referral)
