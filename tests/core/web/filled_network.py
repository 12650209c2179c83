"""Core's forms of the network, of events and of urgent incidents, filled in."""

from __future__ import annotations

from tests.core.web.filling import Family, Filled


def filled(family: Family) -> dict[str, Filled]:
    """By the form's code."""
    return _told(family) | _bodies(family) | _services(family)


def _told(family: Family) -> dict[str, Filled]:
    here = {"commune_id": family.commune}
    return {
        "core.communication_event": Filled(
            "core/communication-event",
            {
                **here,
                "title": "Tuyên truyền Luật Trẻ em",
                "topics": ["children_law"],
                "event_form": "school_talk",
                "audiences": ["child"],
                "held_on": "12/06/2018",
                "place": "Hội trường",
                "school": "Trường số 2",
                "n_events": "20",
                "n_sites": "4",
                "participants_total": "1000",
                "participants_female": "520",
            },
            {"n_sites": "21", "participants_female": "1001"},
            ("n_sites", "participants_female"),
        ),
        "core.communication_material": Filled(
            "core/communication-material",
            {
                **here,
                "material_type": "leaflet",
                "topics": ["drowning", "hotline_111"],
                "quantity": "500",
                "place": "Chợ xã",
                "installed_on": "12/06/2018",
                "status": "in_use",
            },
            {"quantity": "0", "installed_on": "12/06/2099"},
            ("quantity", "installed_on"),
        ),
        "core.training_class": Filled(
            "core/training-class",
            {
                **here,
                "topic": "management",
                "audience": "commune_cadre",
                "started_on": "12/06/2018",
                "place": "Huyện",
                "n_classes": "1",
                "days": "2",
                "participants_total": "40",
            },
            {"days": "61", "participants_total": "0"},
            ("days", "participants_total"),
        ),
        "core.urgent_incident": Filled(
            "core/urgent-incident",
            {
                **here,
                "kind": "drowning",
                "occurred_at": "12/06/2018 06:00",
                "learned_at": "12/06/2018 08:00",
                "children_count": "1",
                "first_report_text": "Một em bị đuối nước.",
            },
            {"learned_at": "12/06/2018 05:00", "children_count": "-1"},
            ("learned_at", "children_count"),
        ),
    }


def _bodies(family: Family) -> dict[str, Filled]:
    here = {"commune_id": family.commune}
    return {
        "core.committee": Filled(
            "core/committee",
            {
                **here,
                "committee_type": "management_board",
                "level": "commune",
                "decision_no": "12/QĐ-UBND",
                "decided_on": "12/06/2018",
                "chair_role": "Phó Chủ tịch UBND",
            },
            {"decision_no": "x" * 61, "decided_on": "12/06/2099"},
            ("decision_no", "decided_on"),
        ),
        "core.staff_post": Filled(
            "core/staff-post",
            {
                **here,
                "post_type": "protection_worker",
                "level": "commune",
                "incumbent": "Lê Văn Mẫu",
                "full_time": "no",
                "from_date": "12/06/2018",
            },
            {"incumbent": "", "from_date": "12-6"},
            ("incumbent", "from_date"),
        ),
        "core.collaborator": Filled(
            "core/collaborator",
            {
                **here,
                "full_name": "Trần Văn Mẫu",
                "phone": "0900 000 000",
                "hamlet": "Ấp Mẫu",
                "from_date": "12/06/2018",
            },
            {"from_date": "31/02/2018", "phone": "0" * 21},
            ("phone", "from_date"),
            again={"full_name": "Lê Thị Mẫu"},
        ),
        "core.network_group": Filled(
            "core/network-group",
            {
                **here,
                "group_type": "reporters_club",
                "name": "Câu lạc bộ phóng viên nhỏ",
                "members_total": "20",
                "members_female": "12",
                "opened_on": "12/06/2018",
            },
            {"members_female": "21", "opened_on": "12/06/2099"},
            ("members_female", "opened_on"),
        ),
    }


def _services(family: Family) -> dict[str, Filled]:
    here = {"commune_id": family.commune}
    return {
        "core.service_provider": Filled(
            "core/service-provider",
            {
                **here,
                "name": "Trung tâm công tác xã hội",
                "ownership": "public",
                "services": ["counselling", "shelter"],
                "capacity": "15",
                "reviewed_on": "12/06/2018",
            },
            {"capacity": "-1", "reviewed_on": "12/06/2099"},
            ("capacity", "reviewed_on"),
        ),
        "core.service_point": Filled(
            "core/service-point",
            {
                **here,
                "point_type": "school_sw_point",
                "host": "Trường THCS Mẫu",
                "status": "active",
                "opened_on": "12/06/2018",
            },
            {"opened_on": "12/06/2099", "host": "x" * 201},
            ("host", "opened_on"),
        ),
        "core.commune_recognition": Filled(
            "core/commune-recognition",
            {
                **here,
                "standard": "2014",
                "decision_no": "12/QĐ-UBND",
                "decided_on": "12/06/2018",
            },
            {"decided_on": "12/06/2099", "decision_no": "x" * 61},
            ("decision_no", "decided_on"),
        ),
        "core.intake_focal_point": Filled(
            "core/intake-focal-point",
            {
                **here,
                "level": "commune",
                "unit_name": "Ủy ban nhân dân xã",
                "phone": "0900 000 002",
                "hours": "Giờ hành chính",
                "from_date": "12/06/2018",
            },
            {"hours": "", "phone": "0" * 21},
            ("phone", "hours"),
        ),
    }
